package io.perennial.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was due and what became of it, cohorts, and who was won back. Today is the 24th of November 2026. */
@PerennialTest
class RenewalFiguresTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String YEAR = "from=2026-01-01&to=2026-12-01";

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    Visitor program;
    Book book;

    @BeforeEach
    void aProgramReads() {
        book = new Book(database);
        program = people.program("read");
    }

    private Book.Line year(AccountId account, String from, String until) {
        return book.line(account, "100", from).until(until);
    }

    /** Five terms due early in the year, one lapsed since September, one monthly, one to come. */
    private void terms() {
        AccountId prompt = book.account("prompt", "Prompt Parcels");
        year(prompt, "2025-02-01", "2026-02-01").add();
        year(prompt, "2026-02-01", "2027-02-01").add();
        AccountId late = book.account("late", "Late Logistics");
        year(late, "2025-02-01", "2026-02-01").add();
        year(late, "2026-03-01", "2027-03-01").add();
        AccountId larger = book.account("larger", "Larger Lines");
        year(larger, "2025-02-01", "2026-02-01").add();
        book.line(larger, "400", "2025-12-01")
                .until("2026-12-15")
                .product("Planner Pro")
                .add();
        AccountId lost = book.account("lost", "Lost Lumber");
        year(lost, "2025-02-01", "2026-02-01").add();
        AccountId cut = book.account("cut", "Cut Short Cutlery");
        year(cut, "2025-04-01", "2025-12-01").agreedUntil("2026-04-01").add();
        AccountId lapsed = book.account("lapsed", "Lapsed Lifts");
        year(lapsed, "2025-09-15", "2026-09-15").add();
        AccountId monthly = book.account("monthly", "Monthly Mills");
        year(monthly, "2026-05-01", "2026-06-01").add();
    }

    @Test
    void aTermIsRenewedByWhateverFollowsItWithinTheGrace() {
        terms();

        JsonNode rate = total("contract_renewal_rate", "");
        assertThat(rate.path("numerator").asInt()).isEqualTo(3);
        assertThat(rate.path("denominator").asInt()).isEqualTo(5);
        assertThat(rate.path("value").asInt()).isEqualTo(60);
        assertThat(rate.path("excluded").path("lapsed and not decided").asInt()).isEqualTo(1);
        assertThat(rate.path("excluded").path("monthly terms").asInt()).isEqualTo(1);
        assertThat(rate.path("figures").path("median_days_late").asInt()).isEqualTo(28);
        assertThat(total("contract_renewal_rate", "&definition=same_product")
                        .path("value")
                        .asInt())
                .isEqualTo(40);
        assertThat(total("on_time_renewal_rate", "").path("value").asInt()).isEqualTo(40);
        assertThat(total("on_time_renewal_rate", "&definition=of_renewed")
                        .path("numerator")
                        .asInt())
                .isEqualTo(2);
        assertThat(total("renewal_late_policy", "&definition=restated")
                        .path("numerator")
                        .asInt())
                .isEqualTo(3_600);
        JsonNode byMonth = read("contract_renewal_rate", "&by=month").path("groups");
        assertThat(byMonth.path(0).path("key").asString()).isEqualTo("2026-02");
        assertThat(byMonth.path(0).path("result").path("denominator").asInt()).isEqualTo(4);
        assertThat(read("contract_renewal_rate", "&by=product")
                        .path("groups")
                        .path(0)
                        .path("key")
                        .asString())
                .isEqualTo("Planner");
    }

    @Test
    void whatWasDueLeadsToItsCustomers() {
        terms();

        assertThat(people.leader()
                        .get("/metrics/contract_renewal_rate?" + YEAR + "&part=not_counted")
                        .body())
                .contains("Lost Lumber", "Cut Short Cutlery", "1,200 EUR: lost")
                .doesNotContain("Late Logistics");
        assertThat(people.leader()
                        .get("/metrics/on_time_renewal_rate?" + YEAR + "&part=counted")
                        .body())
                .contains("Prompt Parcels", "Larger Lines")
                .doesNotContain("Late Logistics");
    }

    @Test
    void upsellMasksNoLossOfValue() {
        AccountId grown = book.account("grown", "Grown Gears");
        year(grown, "2025-02-01", "2026-02-01").add();
        book.line(grown, "500", "2026-02-01").until("2027-02-01").add();
        AccountId halved = book.account("halved", "Halved Hauliers");
        year(halved, "2025-02-01", "2026-02-01").add();
        book.line(halved, "49", "2026-02-01").until("2027-02-01").add();
        AccountId elsewhere = book.account("elsewhere", "Not Due");
        year(elsewhere, "2025-02-01", "2027-02-01").add();

        JsonNode rate = total("renewal_rate_acv", "");
        assertThat(rate.path("denominator").asInt()).isEqualTo(2_400);
        assertThat(rate.path("value").asInt()).isEqualTo(50);
        assertThat(total("renewal_rate_acv", "&definition=lost_customers")
                        .path("value")
                        .asInt())
                .isEqualTo(100);
        assertThat(total("contraction_rate", "&definition=due_basis")
                        .path("numerator")
                        .asInt())
                .isEqualTo(612);
        assertThat(total("nrr", "").path("numerator").asInt()).isEqualTo(6_000 + 588 + 1_200);
    }

    @Test
    void withoutAnythingDueThereIsAReason() {
        assertThat(total("contract_renewal_rate", "")
                        .path("reason")
                        .path("code")
                        .asString())
                .isEqualTo("NO_DUE_CONTRACTS");
        assertThat(total("renewal_rate_acv", "").path("reason").path("code").asString())
                .isEqualTo("NO_DUE_CONTRACTS");
        assertThat(total("win_back_rate", "").path("reason").path("code").asString())
                .isEqualTo("NO_LOST_CUSTOMERS");
        assertThat(total("cohort_retention", "").path("reason").path("code").asString())
                .isEqualTo("NO_COHORT");
        assertThat(people.leader().get("/revenue/cohorts").body()).contains("No customer began in this period");
    }

    @Test
    void whoCameBackIsMeasuredByWhoLeftBefore() {
        AccountId back = book.account("back", "Back Bakery");
        book.line(back, "100", "2024-01-01").until("2025-06-01").add();
        book.line(back, "100", "2026-03-01").add();
        year(book.account("gone", "Gone Goods"), "2024-01-01", "2025-06-01").add();

        JsonNode rate = total("win_back_rate", "");
        assertThat(rate.path("value").asInt()).isEqualTo(50);
        assertThat(rate.path("figures").path("arr_won_back").asInt()).isEqualTo(1_200);
    }

    /** Two began in January 2025: one left after six months, the other doubled after nine. */
    @Test
    void aCohortIsCountedFromEachCustomersOwnFirstDay() {
        book.line(book.account("six", "Six Months"), "100", "2025-01-20")
                .until("2025-07-20")
                .add();
        AccountId grown = book.account("grown", "Grown Gears");
        book.line(grown, "100", "2025-01-05").add();
        book.line(grown, "100", "2025-10-05").add();
        book.line(book.account("young", "Young Yachts"), "100", "2026-09-05").add();

        JsonNode customers =
                JSON.readTree(program.get("/api/v1/metrics/cohort_retention?from=2025-01-01&to=2026-12-01&by=month")
                        .body());
        assertThat(customers.path("total").path("value").asInt()).isEqualTo(50);
        JsonNode figures = customers.path("total").path("figures");
        assertThat(figures.path("month_5").asInt()).isEqualTo(100);
        assertThat(figures.path("month_6").asInt()).isEqualTo(50);
        assertThat(figures.path("month_1").asInt()).isEqualTo(100);
        assertThat(figures.has("month_23")).isFalse();
        assertThat(customers
                        .path("groups")
                        .path(1)
                        .path("result")
                        .path("reason")
                        .path("code")
                        .asString())
                .isEqualTo("NO_COHORT");
        JsonNode revenue = JSON.readTree(program.get(
                        "/api/v1/metrics/cohort_retention?from=2025-01-01&to=2026-12-01&definition=revenue_weighted")
                .body());
        assertThat(revenue.path("total").path("value").asInt()).isEqualTo(100);
        String page = people.leader().get("/revenue/cohorts").body();
        assertThat(page)
                .contains("2025-01", "2026-09", "1 of 2", "/revenue?from=2025-01-01&amp;to=2025-02-01&amp;part=new");
        assertThat(people.leader()
                        .get("/revenue/cohorts?definition=revenue_weighted")
                        .body())
                .contains("2,400 of 2,400");
    }

    private JsonNode total(String metric, String more) {
        return read(metric, more).path("total");
    }

    private JsonNode read(String metric, String more) {
        HttpResponse<String> answer = program.get("/api/v1/metrics/" + metric + "?" + YEAR + more);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
