package io.perennial.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.SharedData;
import io.perennial.world.Visitor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Worked examples that need contracts: they are brought as contract lines, and the figures are read as anybody reads them. Invoices
 * are put into lines by the rules of the data's own readme; what is live, due, kept and moved is the product's business.
 */
@PerennialTest
class OracleRevenueTests {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String AS_RUN = "&definition=as_run";
    private static final List<BigDecimal> USUAL_TERMS =
            List.of("0.25", "0.50", "0.75", "1", "2", "3", "4", "5", "6").stream()
                    .map(BigDecimal::new)
                    .toList();

    /** Which examples came out, so that none is lost in silence. */
    private final TreeSet<String> seen = new TreeSet<>();

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    private Visitor program;
    private Book book;
    private final Map<String, AccountId> accounts = new HashMap<>();
    private final Map<String, JsonNode> examples = new LinkedHashMap<>();

    @BeforeEach
    void theExamplesAreAtHand() throws IOException {
        JSON.readTree(Files.readString(SharedData.beside("golden/metrics.json")))
                .forEach(row -> examples.put(row.path("id").asString(), row));
        book = new Book(database);
        program = people.program("read");
    }

    @Test
    void monthsOfThePlaybookMoveAsItsQueriesSay() {
        for (Row row : rows("oracle-data/mrr_playbook_subscription_periods.csv")) {
            line(row.get("customer_id"), row.get("monthly_amount"), row.get("start_date"))
                    .until(row.get("end_date"))
                    .add();
        }
        figures("playbook-2019-07", "mrr_movements?" + month("2019-07") + AS_RUN);
        figures("playbook-2019-12", "mrr_movements?" + month("2019-12") + AS_RUN);
        figures("playbook-2020-01", "mrr_movements?" + month("2020-01") + AS_RUN);
        value("playbook-logo-2019-08", "customer_retention_rate?" + month("2019-08") + AS_RUN);
        value("playbook-nrr-2019-12", "nrr?" + month("2019-12") + AS_RUN);
        value("playbook-grr-2019-12", "grr?" + month("2019-12") + AS_RUN);
        JsonNode developed = total("recurring_revenue_rate?" + month("2019-10") + AS_RUN);
        close(
                "playbook-rrr-2019-10",
                developed.path("value"),
                expected("playbook-rrr-2019-10").path("rate"));
        close(
                "playbook-rrr-2019-10",
                total("mrr?" + month("2019-10") + AS_RUN).path("value"),
                expected("playbook-rrr-2019-10").path("end"));
        assertThat(seen).hasSize(7);
    }

    @Test
    void invoicesOfARealCompanyComeOutAsItsOwnPackageSays() {
        invoices();
        for (int year : new int[] {2008, 2009, 2011, 2014}) {
            value("displayr-arr-" + year, "arr?" + year(year) + AS_RUN);
        }
        for (int year : new int[] {2010, 2011, 2012, 2014}) {
            value("displayr-renewal-acv-" + year, "renewal_rate_acv?" + year(year) + "&definition=lost_customers");
        }
        for (int year : new int[] {2011, 2013, 2014, 2016}) {
            String id = "displayr-customer-churn-due-" + year;
            JsonNode due = value(id, "contract_renewal_rate?" + year(year) + "&definition=customers");
            assertThat(due.path("denominator").asInt())
                    .isEqualTo(example(id).path("inputs").path("due").asInt());
        }
        value("displayr-contraction-2014", "contraction_rate?" + year(2014) + "&definition=due_basis");
        for (int year : new int[] {2010, 2011, 2013, 2015, 2016}) {
            JsonNode groups = read("contract_renewal_rate?" + year(year) + "&definition=customers&by=cohort")
                    .path("groups");
            for (JsonNode group : groups) {
                if (group.path("key").asString().equals("2009")) {
                    close(
                            "displayr-cohort2009-" + year,
                            group.path("result").path("value"),
                            expected("displayr-cohort2009-" + year));
                }
            }
        }
        assertThat(seen).hasSize(18);
    }

    @Test
    void aGapInsideOneStepIsNeitherChurnNorReactivation() {
        for (Row row : rows("oracle-data/displayr_fake_invoice_lines.csv")) {
            invoice(row.get("Name"), row.get("From"), row.get("To"), new BigDecimal(row.get("Value")));
        }
        figures("displayr-fake-gap", "mrr_movements?" + year(2015) + AS_RUN);
        value("displayr-fake-rrchurn", "renewal_rate_acv?" + year(2018) + "&definition=lost_customers");
        assertThat(seen).hasSize(2);
    }

    /**
     * Rule 9 of the readme: for figures of value what merged accounts bought is the other's; a due customer who became part of another
     * is neither due nor lost. The package's net figure mixes two bases, so it is put together here from three of the product's.
     */
    @Test
    void accountsThatBecameOneNeitherLeaveNorCome() {
        invoices();
        for (Row row : rows("oracle-data/displayr_mergers_2014.csv")) {
            database.sql("""
                    insert into contracts.account_merger (id, external_id, account_id, into_id, merged_on, created_at, updated_at)
                    values (gen_random_uuid(), gen_random_uuid()::text, :one, :other, '2014-12-31', now(), now())
                    """)
                    .param("one", account(row.get("id")).value())
                    .param("other", account(row.get("id_to")).value())
                    .update();
        }
        JsonNode due =
                value("displayr-merge-customers", "contract_renewal_rate?" + year(2014) + "&definition=customers");
        assertThat(due.path("denominator").asInt()).isEqualTo(266);
        assertThat(due.path("numerator").asInt()).isEqualTo(265);
        JsonNode expansion = value("displayr-merge-expansion", "expansion_rate?" + year(2014) + AS_RUN);
        BigDecimal net = total("renewal_rate_acv?" + year(2014) + "&definition=lost_customers")
                .path("value")
                .decimalValue()
                .subtract(total("contraction_rate?" + year(2014) + "&definition=due_basis")
                        .path("value")
                        .decimalValue())
                .add(expansion.path("value").decimalValue());
        close("displayr-merge-nrr", JSON.valueToTree(net), expected("displayr-merge-nrr"));
        assertThat(seen).hasSize(3);
    }

    /** Every line in the currency that it was written in, at one set of rates for all years. */
    @Test
    void constantCurrencyMakesTheAmountsThatTheCompanyStated() {
        JsonNode rates = example("displayr-fx").path("inputs").path("rates_per_AUD");
        rates.forEachEntry((currency, units) -> database.sql(
                        "insert into contracts.exchange_rate values (:currency, :units, :own)")
                .param("currency", currency)
                .param("units", units.decimalValue())
                .param("own", currency.equals("AUD"))
                .update());
        Map<String, BigDecimal> stated = new HashMap<>();
        for (Row row : rows("oracle-data/displayr_invoice_lines.csv.gz")) {
            String number = row.get("InvoiceLineID");
            stated.put(number, new BigDecimal(row.get("AUD")));
            line(number, row.get("Amount"), "2026-01-01")
                    .per("year")
                    .in(row.get("currency"))
                    .add();
        }
        BigDecimal[] worst = {BigDecimal.ZERO};
        long[] compared = {0};
        database.sql("""
                select a.external_id, m.currency, m.ended
                from contracts.revenue_movements('2025-12-31', '2026-01-31', '2026-11-24', true) m
                join accounts.account a on a.id = m.account_id
                """).query(row -> {
            assertThat(row.getString("currency")).isEqualTo("AUD");
            BigDecimal said = Objects.requireNonNull(stated.remove(row.getString("external_id")));
            worst[0] = worst[0].max(row.getBigDecimal("ended").subtract(said).abs());
            compared[0]++;
        });
        assertThat(worst[0])
                .isLessThanOrEqualTo(example("displayr-fx").path("tolerance").decimalValue());
        assertThat(compared[0]).isGreaterThan(3_000);
        assertThat(stated.values()).as("lines that bring nothing").allMatch(aud -> aud.signum() <= 0);
    }

    /** What a second subscription, a cancelled one, the last one and a new one after a pause are. */
    @Test
    void subscriptionsOfOneCustomerMoveAsTheDocumentationTells() {
        line("one", "500", "2025-01-01").per("year").until("2026-01-01").add();
        line("one", "500", "2026-01-01").per("year").until("2026-10-01").add();
        line("one", "1500", "2026-01-01").per("year").until("2026-10-01").add();
        line("one", "60", "2026-03-10").until("2026-06-10").add();
        loss("one", "2026-10-01");
        moved("cm-sync-expansion", "2026-03");
        moved("cm-sync-contraction", "2026-06");
        line("two", "2000", "2025-08-01").per("year").until("2026-08-01").add();
        loss("two", "2026-06-20");
        moved("cm-sync-churn", "2026-08");
        line("three", "50", "2025-01-01").until("2025-06-01").add();
        line("three", "150", "2026-09-05").add();
        moved("cm-sync-reactivation", "2026-09");
        assertThat(seen).hasSize(4);
    }

    private void moved(String id, String month) {
        JsonNode figures = total("mrr_movements?from=" + month + "-01&to="
                        + YearMonth.parse(month).plusMonths(1) + "-01")
                .path("figures");
        close(
                id,
                figures.path(expected(id).path("type").asString()),
                expected(id).path("mrr"));
    }

    private void loss(String customer, String on) {
        database.sql("""
                insert into contracts.cancellation (id, external_id, account_id, cancelled_on, created_at, updated_at)
                values (gen_random_uuid(), gen_random_uuid()::text, :account, cast(:on as date), now(), now())
                """)
                .param("account", account(customer).value())
                .param("on", on)
                .update();
    }

    private void invoices() {
        Map<List<String>, BigDecimal> sums = new LinkedHashMap<>();
        for (Row row : rows("oracle-data/displayr_invoice_lines.csv.gz")) {
            sums.merge(
                    List.of(row.get("name"), row.get("ValidFrom"), row.get("ValidTo")),
                    new BigDecimal(row.get("AUD")),
                    BigDecimal::add);
        }
        sums.forEach((term, sum) -> invoice(term.get(0), term.get(1), term.get(2), sum));
    }

    /** Rules 1 and 2 of the readme: sums above zero, spread over the years of their term. */
    private void invoice(String customer, String from, String to, BigDecimal sum) {
        BigDecimal days = BigDecimal.valueOf(ChronoUnit.DAYS.between(LocalDate.parse(from), LocalDate.parse(to)));
        if (sum.signum() <= 0 || days.signum() <= 0) {
            return;
        }
        BigDecimal years = days.divide(new BigDecimal("365.25"), MathContext.DECIMAL128);
        BigDecimal rounded = years.setScale(2, RoundingMode.HALF_EVEN);
        BigDecimal term = USUAL_TERMS.stream()
                .filter(usual -> usual.compareTo(rounded) == 0)
                .findFirst()
                .orElse(years);
        line(customer, sum.divide(term, MathContext.DECIMAL128).toPlainString(), from)
                .per("year")
                .until(to)
                .in("AUD")
                .add();
    }

    private Book.Line line(String customer, String amount, String from) {
        return book.line(account(customer), amount, from);
    }

    private AccountId account(String customer) {
        return accounts.computeIfAbsent(customer, name -> book.account(name, name));
    }

    private static String month(String month) {
        YearMonth known = YearMonth.parse(month);
        return "from=" + known.atDay(1) + "&to=" + known.plusMonths(1).atDay(1);
    }

    /** The last year of the data ends with the data. */
    private static String year(int year) {
        return "from=" + year + "-01-01&to=" + (year == 2016 ? "2016-06-13" : year + 1 + "-01-01");
    }

    private JsonNode example(String id) {
        return Objects.requireNonNull(examples.get(id), id);
    }

    private JsonNode expected(String id) {
        return example(id).path("expected");
    }

    private JsonNode value(String id, String query) {
        JsonNode total = total(query);
        close(id, total.path("value"), expected(id));
        return total;
    }

    private void figures(String id, String query) {
        JsonNode figures = total(query).path("figures");
        expected(id).forEachEntry((name, value) -> close(id, figures.path(name), value));
    }

    private void close(String id, JsonNode is, JsonNode expected) {
        assertThat(is.isNumber()).as("%s: %s", id, is).isTrue();
        assertThat(is.decimalValue().subtract(expected.decimalValue()).abs())
                .as("%s is %s, not %s", id, is, expected)
                .isLessThanOrEqualTo(example(id).path("tolerance").decimalValue());
        seen.add(id);
    }

    private JsonNode total(String query) {
        return read(query).path("total");
    }

    private JsonNode read(String query) {
        HttpResponse<String> answer = program.get("/api/v1/metrics/" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private record Row(Map<String, String> values) {

        String get(String column) {
            return Objects.requireNonNull(values.get(column), column);
        }
    }

    /** No value of these files holds a comma or a quote. */
    private static List<Row> rows(String file) {
        List<Row> rows = new ArrayList<>();
        try (var stream = Files.newInputStream(SharedData.beside(file));
                var lines = new BufferedReader(new InputStreamReader(
                        file.endsWith(".gz") ? new GZIPInputStream(stream) : stream, StandardCharsets.UTF_8))) {
            String[] names = lines.readLine().replace("\"", "").split(",", -1);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] values = line.replace("\"", "").split(",", -1);
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < names.length; i++) {
                    row.put(names[i], values[i]);
                }
                rows.add(new Row(row));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }
}
