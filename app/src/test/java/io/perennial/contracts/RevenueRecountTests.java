package io.perennial.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.contracts.RevenueHistories.Counted;
import io.perennial.contracts.RevenueHistories.History;
import io.perennial.contracts.RevenueHistories.Ways;
import io.perennial.world.Book;
import io.perennial.world.PerennialTest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What each account brought on each day, and how it moved between two, against a recount day by day. */
@PerennialTest
class RevenueRecountTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final int GRACE = RevenueHistories.GRACE;

    /** What fits into a build; {@code -Dperennial.histories=10000} is the whole of it. */
    private static final int HISTORIES = Integer.getInteger("perennial.histories", 800);

    @Autowired
    JdbcClient database;

    @Autowired
    RevenueLevels levels;

    private Book book;
    private HistoryBook facts;

    @BeforeEach
    void anEmptyBook() {
        book = new Book(database);
        facts = new HistoryBook(database, book);
    }

    private record Moved(BigDecimal started, BigDecimal ended, String movement, BigDecimal priced) {}

    @Test
    void thousandsOfHistoriesAgreeWithARecountToTheCent() {
        SplittableRandom chance = new SplittableRandom(20261123);
        List<History> histories = new ArrayList<>();
        for (int number = 0; number < HISTORIES; number++) {
            histories.add(RevenueHistories.make(chance));
        }
        List<UUID> accounts = facts.writeAll(histories);
        Map<UUID, Counted> usual = counted(accounts, histories, Ways.USUAL);
        for (int window = 0; window < 3; window++) {
            compareAll(usual, chance, window % 3 != 0);
        }
        keepAll();
        assertThat(count("contracts.revenue_changed")).isZero();
        assertThat(count("contracts.revenue_level")).isGreaterThan(2 * HISTORIES);
        for (int window = 0; window < 6; window++) {
            compareAll(usual, chance, window % 3 != 0);
        }
        database.sql(
                        "insert into contracts.revenue_rule (grace_days, silence, discounts) values (:days, 'lapsed', 'all')")
                .param("days", GRACE)
                .update();
        keepAll();
        Map<UUID, Counted> strict = counted(accounts, histories, new Ways(false, true));
        for (int window = 0; window < 3; window++) {
            compareAll(strict, chance, window % 3 != 0);
        }
    }

    private static Map<UUID, Counted> counted(List<UUID> accounts, List<History> histories, Ways ways) {
        Map<UUID, Counted> counted = new HashMap<>();
        for (int place = 0; place < accounts.size(); place++) {
            counted.put(accounts.get(place), histories.get(place).counted(ways));
        }
        return counted;
    }

    private void compareAll(Map<UUID, Counted> histories, SplittableRandom chance, boolean graced) {
        LocalDate from = RevenueHistories.FIRST.plusDays(chance.nextInt(0, 900));
        LocalDate until = from.plusDays(chance.nextInt(0, 500));
        LocalDate end = until.isAfter(TODAY) ? TODAY : until;
        LocalDate start = from.isAfter(end) ? end : from;
        Map<UUID, Map<String, Moved>> said = movements(start, end, graced);
        histories.forEach((account, history) ->
                compare(account, history, start, end, graced, said.getOrDefault(account, Map.of())));
    }

    private static void compare(
            UUID account, Counted history, LocalDate from, LocalDate until, boolean graced, Map<String, Moved> said) {
        LocalDate first = history.standing(from, TODAY, graced ? GRACE : 0);
        LocalDate last = history.standing(until, TODAY, graced ? GRACE : 0);
        Map<String, BigDecimal> started = history.running(first);
        Map<String, BigDecimal> ended = history.running(last);
        TreeSet<String> currencies = new TreeSet<>(started.keySet());
        currencies.addAll(ended.keySet());
        currencies.addAll(said.keySet());
        for (String currency : currencies) {
            BigDecimal before = started.getOrDefault(currency, BigDecimal.ZERO);
            BigDecimal after = ended.getOrDefault(currency, BigDecimal.ZERO);
            Moved moved =
                    said.getOrDefault(currency, new Moved(BigDecimal.ZERO, BigDecimal.ZERO, "absent", BigDecimal.ZERO));
            String where = "%s in %s from %s to %s, graced %s, of %s"
                    .formatted(account, currency, from, until, graced, history.history());
            assertThat(moved.started()).as("start of %s", where).isEqualByComparingTo(before);
            assertThat(moved.ended()).as("end of %s", where).isEqualByComparingTo(after);
            if (before.signum() + after.signum() > 0) {
                BigDecimal priced = before.signum() > 0 && after.signum() > 0
                        ? history.priced(currency, first, last)
                        : BigDecimal.ZERO;
                String movement = movement(history, from, started, ended, before, after, priced);
                assertThat(moved.movement()).as("movement of %s", where).isEqualTo(movement);
                BigDecimal more = after.subtract(before);
                assertThat(moved.priced())
                        .as("agreed prices of %s", where)
                        .isEqualByComparingTo(
                                movement.equals("price_escalator")
                                        ? more
                                        : movement.equals("expansion") ? priced.max(BigDecimal.ZERO) : BigDecimal.ZERO);
            }
        }
    }

    private static String movement(
            Counted history,
            LocalDate from,
            Map<String, BigDecimal> started,
            Map<String, BigDecimal> ended,
            BigDecimal before,
            BigDecimal after,
            BigDecimal priced) {
        if (started.isEmpty()) {
            return Objects.requireNonNull(history.firstRevenue()).isAfter(from) ? "new" : "reactivation";
        }
        if (ended.isEmpty()) {
            return "churn";
        }
        BigDecimal more = after.subtract(before);
        if (more.signum() > 0) {
            return priced.compareTo(more) >= 0 ? "price_escalator" : "expansion";
        }
        return more.signum() == 0 ? "same" : "contraction";
    }

    /** Any two of them may become one customer: what both brought goes on, and nothing comes or goes by it. */
    @Test
    void accountsThatBecameOneAgreeWithTheRecountOfBothTogether() {
        SplittableRandom chance = new SplittableRandom(4);
        List<History> histories = new ArrayList<>();
        for (int number = 0; number < 150; number++) {
            histories.add(RevenueHistories.make(chance));
        }
        List<UUID> accounts = facts.writeAll(histories);
        keepAll();
        Map<UUID, Counted> merged = new HashMap<>();
        for (int place = 0; place < accounts.size(); place += 3) {
            // The second into the first, and every other time the third into the second.
            boolean three = place % 2 == 0;
            facts.merge(accounts.get(place + 1), accounts.get(place));
            History one = histories.get(place).and(histories.get(place + 1));
            if (three) {
                facts.merge(accounts.get(place + 2), accounts.get(place + 1));
                one = one.and(histories.get(place + 2));
            } else {
                merged.put(accounts.get(place + 2), histories.get(place + 2).counted(Ways.USUAL));
            }
            merged.put(accounts.get(place), one.counted(Ways.USUAL));
        }
        compareAll(merged, chance, true);
        keepAll();
        for (int window = 0; window < 6; window++) {
            compareAll(merged, chance, window % 2 == 0);
        }
        assertThat(database.sql("select count(distinct account_id) from contracts.revenue")
                        .query(Long.class)
                        .single())
                .isLessThanOrEqualTo(merged.size());
        database.sql("delete from contracts.account_merger").update();
        Map<UUID, Counted> apart = counted(accounts, histories, Ways.USUAL);
        compareAll(apart, chance, true);
        keepAll();
        compareAll(apart, chance, false);
    }

    private void keepAll() {
        while (levels.keep(500) > 0) {
            Thread.onSpinWait();
        }
    }

    private Map<UUID, Map<String, Moved>> movements(LocalDate from, LocalDate until, boolean graced) {
        Map<UUID, Map<String, Moved>> all = new HashMap<>();
        database.sql("select * from contracts.revenue_movements(:from, :until, :today, :graced)")
                .param("from", from)
                .param("until", until)
                .param("today", TODAY)
                .param("graced", graced)
                .query(row -> {
                    @Nullable
                    Moved twice = all.computeIfAbsent(row.getObject("account_id", UUID.class), one -> new TreeMap<>())
                            .put(
                                    row.getString("currency"),
                                    new Moved(
                                            row.getBigDecimal("started"),
                                            row.getBigDecimal("ended"),
                                            row.getString("movement"),
                                            row.getBigDecimal("priced")));
                    assertThat(twice).isNull();
                });
        return all;
    }

    private long count(String table) {
        return database.sql("select count(*) from " + table).query(Long.class).single();
    }
}
