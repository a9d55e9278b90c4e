package io.perennial.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class CustomerMeasuresTests {

    private static final String NOT_APPLICABLE = "not applicable";

    @Autowired
    JdbcClient database;

    @Autowired
    List<MeasureSource> sources;

    @Autowired
    People staff;

    private Book book;
    private AccountId harbor;

    @BeforeEach
    void harborFreightIsACustomer() {
        book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight Lines");
    }

    @Test
    void readsTheRenewalOfARunningLine() {
        book.line(harbor, "100", "2025-11-24")
                .until("2026-12-24")
                .renewsByItself(false)
                .add();

        assertThat(read("2026-11-24"))
                .containsEntry("days_to_renewal", "30.0 renews in 30 days, on 2026-12-24")
                .containsEntry("auto_renew", "0.0 must be renewed by hand by 2026-12-24")
                .containsEntry("tenure_days", "365.0 customer since 2025-11-24")
                .containsEntry("shrinking", "1.0 revenue a year 1200 to 1200 EUR");
    }

    @Test
    void aPaymentIsLateFromItsDayUntilItIsMade() {
        staff.program("write").json("PUT", "/api/v1/contracts/c-1", """
                        {"account": "harbor", "starts_on": "2026-01-01", "payment_due_on": "2026-10-01",
                         "paid_on": "2026-11-15"}""");

        assertThat(read("2026-09-30")).as("nothing was due yet").doesNotContainKey("payment_days_late");
        assertThat(read("2026-10-31")).containsEntry("payment_days_late", "30.0 30 days late, due on 2026-10-01");
        assertThat(read("2026-11-15")).containsEntry("payment_days_late", "0.0 everything due is paid");
    }

    @Test
    void whoeverTellsNothingOfPaymentsIsAskedNothing() {
        book.line(harbor, "100", "2026-01-01").add();

        assertThat(read("2026-11-24")).doesNotContainKey("payment_days_late");
    }

    @Test
    void noContractMeansNoQuestionAboutItsRenewal() {
        assertThat(read("2026-11-24"))
                .containsEntry("days_to_renewal", NOT_APPLICABLE)
                .containsEntry("auto_renew", NOT_APPLICABLE)
                .containsEntry("shrinking", NOT_APPLICABLE);
    }

    @Test
    void aCancellationDoesNotLeakIntoThePast() {
        book.line(harbor, "100", "2026-01-01")
                .until("2026-06-01")
                .agreedUntil("2027-01-01")
                .add();

        assertThat(read("2026-05-01")).containsEntry("days_to_renewal", "245.0 renews in 245 days, on 2027-01-01");
        assertThat(read("2026-06-01")).containsEntry("days_to_renewal", NOT_APPLICABLE);
    }

    @Test
    void aCustomerWhoPaysLessThanAYearAgoShrinks() {
        book.line(harbor, "100", "2025-01-01").until("2026-01-01").add();
        book.line(harbor, "60", "2026-01-01").add();

        assertThat(read("2026-11-24")).containsEntry("shrinking", "0.6 revenue a year 1200 to 720 EUR");
    }

    @Test
    void onlyConversationsBreakTheSilence() {
        book.touchpoint(harbor, "call", Instant.parse("2026-10-15T10:00:00Z"), "Roll-out");
        book.touchpoint(harbor, "automated", Instant.parse("2026-11-20T10:00:00Z"), "Newsletter");
        book.touchpoint(harbor, "meeting", Instant.parse("2026-11-24T15:00:00Z"), "Later today");

        assertThat(read("2026-11-24"))
                .containsEntry("days_since_conversation", "40.0 last call 40 days ago")
                .containsEntry("conversations_90", "1.0 1 conversations in 90 days");
    }

    @Test
    void aCustomerNobodyEverSpokeWithIsSilentSinceRecordsBegin() {
        AccountId nordic = book.account("nordic", "Nordic Foods");
        book.touchpoint(nordic, "call", Instant.parse("2026-09-01T10:00:00Z"), "Kick-off");

        assertThat(read("2026-11-24"))
                .containsEntry("days_since_conversation", "84.0 no conversation on record since 2026-09-01");
    }

    @Test
    void knowsWhoDecidesAndWhoLeft() {
        book.contact(harbor, "Mia Okafor", "Decision Maker|champion", null, "2026-10-01");
        book.contact(harbor, "Jon Hale", "user", "2026-11-02", null);

        assertThat(read("2026-11-24"))
                .containsEntry("decision_maker_known", "1.0 Mia Okafor decides")
                .containsEntry("contacts_left_90", "1.0 Jon Hale left on 2026-11-02")
                .containsEntry("renewal_contact_confirmed", "1.0 renewal contact confirmed on 2026-10-01");
        assertThat(read("2026-11-01")).containsEntry("contacts_left_90", "0.0 nobody left in 90 days");
    }

    @Test
    void aDecisionMakerWhoLeftDecidesNothingAnyMore() {
        book.contact(harbor, "Mia Okafor", "decision_maker", "2026-11-01", "2026-10-01");

        assertThat(read("2026-11-24"))
                .containsEntry("decision_maker_known", "0.0 no decision maker among 0 contacts")
                .containsEntry("renewal_contact_confirmed", "0.0 no renewal contact confirmed in half a year");
    }

    @Test
    void whatWasNeverBroughtIsNotConnected() {
        assertThat(sources.stream().filter(this::isOurs).filter(source -> source.connected(LocalDate.of(2026, 11, 24))))
                .isEmpty();
    }

    private boolean isOurs(MeasureSource source) {
        return source.measures().stream()
                .anyMatch(measure -> List.of("contracts", "payments", "contacts", "touchpoints")
                        .contains(measure.source()));
    }

    private Map<String, String> read(String day) {
        LocalDate today = LocalDate.parse(day);
        MeasureQuery query =
                new MeasureQuery(List.of(harbor), today.atTime(9, 0).toInstant(ZoneOffset.UTC), today);
        Map<String, String> read = new HashMap<>();
        Readings into = new Readings() {
            @Override
            public void read(AccountId account, String measure, double value, LocalDate observedOn, String evidence) {
                read.put(measure, value + " " + evidence);
            }

            @Override
            public void notApplicable(AccountId account, String measure) {
                read.put(measure, NOT_APPLICABLE);
            }
        };
        sources.stream().filter(this::isOurs).forEach(source -> source.read(query, into));
        return read;
    }
}
