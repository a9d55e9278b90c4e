package io.perennial.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.contracts.HistoryBook;
import io.perennial.contracts.RevenueHistories;
import io.perennial.contracts.RevenueHistories.Counted;
import io.perennial.contracts.RevenueHistories.History;
import io.perennial.contracts.RevenueHistories.Ways;
import io.perennial.contracts.RevenueLevels;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prices that were agreed and rates of exchange are told apart from what customers decide. */
@PerennialTest
class AgreedPricesAndRatesTests {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String YEAR = "from=2026-01-01&to=2026-11-01";
    private static final BigDecimal CENT = new BigDecimal("0.000001");

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Autowired
    RevenueLevels levels;

    private Visitor program;
    private Book book;

    @BeforeEach
    void aProgramReads() {
        book = new Book(database);
        program = people.program("read", "write");
    }

    /** 10,000 that becomes 10,500 by an escalator; 1,000 that becomes 1,050 by it and 1,250 by more seats; 2,000 that stays. */
    private void threeCustomers() {
        AccountId agreed = book.account("agreed", "Agreed Airways");
        book.line(agreed, "10000", "2025-03-01")
                .per("year")
                .until("2028-03-01")
                .dearerEachYear(new BigDecimal("0.05"))
                .add();
        AccountId both = book.account("both", "Both Boats");
        book.line(both, "1000", "2025-06-01")
                .per("year")
                .until("2028-06-01")
                .dearerEachYear(new BigDecimal("0.05"))
                .add();
        book.line(both, "200", "2026-06-15").per("year").add();
        book.line(book.account("same", "Same Ships"), "2000", "2025-01-01")
                .per("year")
                .add();
    }

    @Test
    void agreedPricesAreAMovementOfTheirOwnAndNetRetentionIsReadWithAndWithoutThem() {
        threeCustomers();

        JsonNode moved = total("mrr_movements", "").path("figures");
        assertThat(moved.path("price_escalator").decimalValue().multiply(BigDecimal.valueOf(12)))
                .isCloseTo(new BigDecimal("550"), within(CENT));
        assertThat(moved.path("n_price_escalator").asInt()).isEqualTo(2);
        assertThat(moved.path("expansion").decimalValue().multiply(BigDecimal.valueOf(12)))
                .isCloseTo(new BigDecimal("200"), within(CENT));
        assertThat(total("nrr", "").path("numerator").decimalValue()).isEqualByComparingTo("13750");
        assertThat(total("nrr", "&definition=without_price_escalator")
                        .path("numerator")
                        .decimalValue())
                .isEqualByComparingTo("13200");
        assertThat(total("expansion_rate", "").path("numerator").decimalValue()).isEqualByComparingTo("750");
        assertThat(total("expansion_rate", "&definition=without_price_escalator")
                        .path("numerator")
                        .decimalValue())
                .isEqualByComparingTo("200");
        Visitor leader = people.leader();
        String page = leader.get("/revenue?" + YEAR + "&part=price_escalator").body();
        assertThat(page).contains("Agreed prices: 2 customers", "Agreed Airways", "Both Boats", "+550");
        assertThat(leader.get("/revenue?" + YEAR + "&by=segment").body()).contains("Agreed prices");
        assertThat(leader.get("/revenue?" + YEAR + "&part=expansion").body())
                .contains("Expansion: 1 customer<")
                .doesNotContain("Agreed Airways");
        assertThat(leader.get("/revenue/months?" + YEAR).body()).contains("Agreed prices");
    }

    @Test
    void anAgreedPriceDoesNotHideThatACustomerTookLess() {
        AccountId harbor = book.account("harbor", "Harbor Freight Lines");
        book.line(harbor, "1000", "2025-03-01")
                .per("year")
                .until("2028-03-01")
                .dearerEachYear(new BigDecimal("0.10"))
                .add();
        book.line(harbor, "300", "2025-03-01").per("year").until("2026-05-01").add();

        JsonNode moved = total("mrr_movements", "").path("figures");
        assertThat(moved.path("contraction").decimalValue().multiply(BigDecimal.valueOf(12)))
                .isCloseTo(new BigDecimal("-200"), within(CENT));
        assertThat(moved.path("n_price_escalator").asInt()).isZero();
    }

    @Test
    void atTheRatesOfEachDayTheLedgerTellsWhatRatesDidApartFromWhatCustomersDid() {
        AccountId yen = book.account("yen", "Yen Yachts");
        book.line(yen, "1600000", "2025-01-01").per("year").in("JPY").add();
        AccountId dinar = book.account("dinar", "Dinar Docks");
        book.line(dinar, "300.125", "2025-01-01")
                .per("year")
                .in("KWD")
                .until("2026-06-01")
                .add();
        book.line(dinar, "400.250", "2026-06-01").per("year").in("KWD").add();
        book.line(book.account("euro", "Euro Express"), "1000", "2025-01-01")
                .per("year")
                .add();
        rate("JPY", "2025-01-01", "160");
        rate("JPY", "2026-05-01", "200");
        rate("KWD", "2026-07-01", "0.32");
        rate("KWD", "2025-01-01", "0.35");
        Visitor leader = people.leader();
        Map<String, String> rules = Map.of("grace", "90", "own", "EUR", "rates", "JPY 150\nKWD 0.34", "at", "constant");
        assertThat(leader.post("/revenue/rules", rules).statusCode()).isEqualTo(302);

        JsonNode constant = total("mrr_movements", "").path("figures");
        assertThat(constant.path("fx").decimalValue()).isZero();
        assertThat(leader.get("/revenue?" + YEAR).body()).doesNotContain("Exchange rates<span");
        Map<String, String> dated = new HashMap<>(rules);
        dated.put("at", "days");
        assertThat(leader.post("/revenue/rules", dated).statusCode()).isEqualTo(302);

        JsonNode moved = total("mrr_movements", "").path("figures");
        BigDecimal start = annual(moved, "start");
        // 1,600,000 / 160 + 300.125 / 0.35 + 1,000; and 1,600,000 / 200 + 400.25 / 0.32 + 1,000.
        assertThat(start).isCloseTo(new BigDecimal("11857.5"), within(CENT));
        assertThat(annual(moved, "mrr")).isCloseTo(new BigDecimal("10250.78125"), within(CENT));
        assertThat(annual(moved, "fx")).isCloseTo(new BigDecimal("-1919.609375"), within(CENT));
        assertThat(annual(moved, "expansion")).isCloseTo(new BigDecimal("312.890625"), within(CENT));
        assertThat(moved.path("contraction").decimalValue()).isZero();
        assertThat(start.add(annual(moved, "fx")).add(annual(moved, "expansion")))
                .isCloseTo(annual(moved, "mrr"), within(CENT));
        assertThat(total("nrr", "").path("value").decimalValue()).isGreaterThan(new BigDecimal("100"));
        assertThat(total("grr", "").path("value").decimalValue()).isEqualByComparingTo("100");
        String page = leader.get("/revenue?" + YEAR + "&part=fx").body();
        assertThat(page).contains("Exchange rates: 2 customers", "Yen Yachts", "Dinar Docks", "−1,919.61");
        assertThat(leader.get("/revenue/months?" + YEAR).body()).contains("Exchange rates");
    }

    @Test
    void aCurrencyHasItsOwnDecimals() {
        book.line(book.account("yen", "Yen Yachts"), "1600001", "2025-01-01")
                .per("year")
                .in("JPY")
                .add();
        book.line(book.account("dinar", "Dinar Docks"), "300.125", "2025-01-01")
                .per("year")
                .in("KWD")
                .add();

        String page = people.leader().get("/revenue?" + YEAR).body();
        assertThat(page)
                .contains("From 1,600,001 to 1,600,001 JPY a year")
                .contains("From 300.125 to 300.125 KWD a year");
    }

    @Test
    void ratesOfDaysComeInLikeAnyRecordAndWrongOnesAreRefused() {
        HttpResponse<String> come = program.json("PUT", "/api/v1/exchange-rates/usd-1", """
                {"currency": "USD", "from_day": "2026-01-01", "units": 1.08}""");
        assertThat(come.statusCode()).as(come.body()).isBetween(200, 201);
        assertThat(program.json("PUT", "/api/v1/exchange-rates/usd-2", """
                {"currency": "USD", "from_day": "2026-02-01", "units": 0}""").statusCode())
                .isEqualTo(422);
        assertThat(program.json("PUT", "/api/v1/exchange-rates/usd-3", """
                {"currency": "USD", "from_day": "2026-01-01", "units": 1.1}""").statusCode())
                .isBetween(400, 499);
        assertThat(people.leader()
                        .post("/revenue/rules", Map.of("grace", "90", "own", "", "rates", "", "at", "days"))
                        .body())
                .contains("Say first which currency");
    }

    /** Whatever histories and rates: each row, and start and movements make the end. */
    @Test
    void anyHistoriesAndRatesCloseAndAgreeWithARecount() {
        SplittableRandom chance = new SplittableRandom(9);
        HistoryBook facts = new HistoryBook(database, book);
        Map<String, Counted> counted = new HashMap<>();
        for (int number = 0; number < 120; number++) {
            History history = RevenueHistories.make(chance);
            facts.write("account-" + number, history);
            counted.put("account-" + number, history.counted(Ways.USUAL));
        }
        database.sql("insert into contracts.exchange_rate values ('EUR', 1, true, true), ('USD', 1.1, false, false)")
                .update();
        TreeMap<LocalDate, BigDecimal> rates = new TreeMap<>();
        for (LocalDate day = RevenueHistories.FIRST; day.isBefore(RevenueHistories.LAST); day = day.plusDays(50)) {
            BigDecimal units = BigDecimal.valueOf(chance.nextLong(80, 130), 2);
            rates.put(day, units);
            rate("USD", day.toString(), units.toPlainString());
        }
        while (levels.keep(70) > 0) {
            Thread.onSpinWait();
        }
        for (int window = 0; window < 6; window++) {
            LocalDate from = RevenueHistories.FIRST.plusDays(chance.nextInt(0, 500));
            LocalDate until = from.plusDays(chance.nextInt(0, 500));
            Map<String, List<BigDecimal>> said = said(from, until);
            counted.forEach((name, history) -> {
                BigDecimal started = converted(history.running(from), rates, from);
                BigDecimal ended = converted(history.running(until), rates, until);
                List<BigDecimal> is =
                        said.getOrDefault(name, List.of(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO));
                assertThat(is.get(0)).as(name).isCloseTo(started, within(CENT));
                assertThat(is.get(1)).as(name).isCloseTo(ended, within(CENT));
                assertThat(is.get(2)).as(name).isCloseTo(kept(history, rates, from, until), within(CENT));
            });
        }
    }

    private Map<String, List<BigDecimal>> said(LocalDate from, LocalDate until) {
        Map<String, List<BigDecimal>> said = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        database.sql("""
                select a.external_id, m.* from contracts.revenue_movements(:from, :until, '2026-11-24', false) m
                join accounts.account a on a.id = m.account_id
                """).param("from", from).param("until", until).query(row -> {
            BigDecimal decided = row.getBigDecimal("ended")
                    .subtract(row.getBigDecimal("started"))
                    .subtract(row.getBigDecimal("fx"));
            String movement = row.getString("movement");
            if (movement.equals("same") && decided.signum() != 0
                    || movement.equals("contraction") && decided.signum() >= 0
                    || movement.equals("churn") && row.getBigDecimal("fx").signum() != 0) {
                wrong.add(movement + " " + decided);
            }
            said.put(
                    row.getString("external_id"),
                    List.of(row.getBigDecimal("started"), row.getBigDecimal("ended"), row.getBigDecimal("fx")));
        });
        assertThat(wrong).isEmpty();
        return said;
    }

    /** What stayed in each currency, at one day's rate less what it was at the other's. */
    private static BigDecimal kept(
            Counted history, TreeMap<LocalDate, BigDecimal> rates, LocalDate from, LocalDate until) {
        Map<String, BigDecimal> started = history.running(from);
        Map<String, BigDecimal> ended = history.running(until);
        TreeSet<String> both = new TreeSet<>(started.keySet());
        both.retainAll(ended.keySet());
        BigDecimal sum = BigDecimal.ZERO;
        for (String currency : both) {
            Map<String, BigDecimal> stayed = Map.of(
                    currency,
                    Objects.requireNonNull(started.get(currency)).min(Objects.requireNonNull(ended.get(currency))));
            sum = sum.add(converted(stayed, rates, until)).subtract(converted(stayed, rates, from));
        }
        return sum;
    }

    private static BigDecimal converted(
            Map<String, BigDecimal> amounts, TreeMap<LocalDate, BigDecimal> rates, LocalDate day) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<String, BigDecimal> amount : amounts.entrySet()) {
            BigDecimal units = amount.getKey().equals("EUR")
                    ? BigDecimal.ONE
                    : rates.floorEntry(day).getValue();
            sum = sum.add(amount.getValue().divide(units, MathContext.DECIMAL128));
        }
        return sum;
    }

    private void rate(String currency, String day, String units) {
        database.sql("""
                insert into contracts.rate_on_day (id, external_id, currency, from_day, units, created_at, updated_at)
                values (gen_random_uuid(), gen_random_uuid()::text, :currency, cast(:day as date), cast(:units as numeric), now(),
                    now())
                """)
                .param("currency", currency)
                .param("day", day)
                .param("units", units)
                .update();
    }

    private static BigDecimal annual(JsonNode figures, String name) {
        return figures.path(name).decimalValue().multiply(BigDecimal.valueOf(12));
    }

    private JsonNode total(String metric, String more) {
        HttpResponse<String> answer = program.get("/api/v1/metrics/" + metric + "?" + YEAR + more);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("total");
    }
}
