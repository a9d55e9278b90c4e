package io.perennial.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.Readings;
import io.perennial.platform.jobs.Jobs;
import io.perennial.platform.records.Records;
import io.perennial.programs.Entitlements.Balance;
import io.perennial.programs.Entitlements.Decision;
import io.perennial.programs.Entitlements.Rule;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class EntitlementsTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final String HOURS = "expert-hours";

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Autowired
    Catalogue catalogue;

    @Autowired
    Publishing publishing;

    @Autowired
    Entitlements entitlements;

    @Autowired
    EntitlementMeasures measures;

    @Autowired
    Jobs jobs;

    @Autowired
    MovableClock clock;

    @Autowired
    ProgramTimeline timeline;

    Shelf shelf;
    AccountId harbor;

    @BeforeEach
    void harborBoughtPremier() {
        harbor = new Book(database).account("harbor", "Harbor Freight");
        shelf = new Shelf(catalogue, publishing, records);
        shelf.publish(
                "Premier", Shelf.offer(Shelf.unit(HOURS, 40, Rule.APPROVAL), Shelf.unit("reviews", 2, Rule.WARN)));
        shelf.contract("c-1", "harbor", "premier", "2026-06-01", "2028-06-01");
    }

    @Test
    void aTermBeginsWithWhatTheProgramIncludes() {
        assertThat(balance(HOURS)).satisfies(balance -> {
            assertThat(balance.granted()).isEqualByComparingTo("40");
            assertThat(balance.left()).isEqualByComparingTo("40");
            assertThat(balance.termEnds()).isEqualTo(LocalDate.of(2027, 6, 1));
        });
    }

    @Test
    void whatWasUsedOnADayIsToldOnceBesideWhatBegan() {
        for (String key : List.of("a", "b", "c")) {
            entitlements.draw(harbor, HOURS, new BigDecimal("2"), "Design of " + key, key, Actor.SYSTEM);
        }
        Decision mistake = entitlements.draw(harbor, "reviews", BigDecimal.ONE, "Mistake", "m", Actor.SYSTEM);
        entitlements.takeBack(Objects.requireNonNull(mistake.reservation()), Actor.SYSTEM);

        assertThat(timeline.entries(harbor, clock.instant().plusSeconds(1), 20))
                .extracting(entry -> entry.title() + "; " + entry.detail())
                .containsExactly("Used: 6 Expert hours; Design of c and 2 more that day", "Program began: Premier; ");
        assertThat(timeline.entries(harbor, clock.instant(), 20))
                .as("of a day that the page before told nothing is told again")
                .hasSize(1);
    }

    /** Its end is written, but it renews itself: the second year has its units; until somebody cancels it. */
    @Test
    void aContractThatGoesOnByItselfGoesOnGranting() {
        AccountId tern = new Book(database).account("tern", "Tern");
        shelf.contract("c-2", "tern", "premier", "2025-09-01", "2026-09-01");
        assertThat(entitlements.balances(tern, TODAY))
                .as("over as it is written")
                .isEmpty();
        shelf.write(
                "contract-lines",
                "c-2-1",
                Map.of(
                        "account",
                        "tern",
                        "contract",
                        "c-2",
                        "product",
                        "Planner",
                        "amount",
                        "100",
                        "currency",
                        "EUR",
                        "starts_on",
                        "2025-09-01",
                        "ends_on",
                        "2026-09-01",
                        "auto_renew",
                        "true"));
        assertThat(entitlements.balances(tern, TODAY))
                .extracting(Balance::termEnds)
                .containsOnly(LocalDate.of(2027, 9, 1));

        shelf.write(
                "cancellations",
                "tern-gone",
                Map.of(
                        "account",
                        "tern",
                        "cancelled_on",
                        "2026-10-01",
                        "effective_on",
                        "2026-11-01",
                        "reason",
                        "cost"));
        assertThat(entitlements.balances(tern, TODAY)).isEmpty();
    }

    @Test
    void whatIsReservedIsConsumedOrComesBack() {
        Decision decision = reserve("12", "a");
        entitlements.consume(reservation(decision), new BigDecimal("5"), Actor.SYSTEM);
        entitlements.release(reservation(decision), Actor.SYSTEM);

        assertThat(decision.sentence()).contains("Premier 1", "28 of 40 expert hours", "31 May 2027");
        assertThat(balance(HOURS)).satisfies(balance -> {
            assertThat(balance.consumed()).isEqualByComparingTo("5");
            assertThat(balance.reserved()).isEqualByComparingTo("0");
            assertThat(balance.left()).isEqualByComparingTo("35");
        });
        assertThat(kinds()).containsExactly("granted", "granted", "reserved", "consumed", "released");
    }

    @Test
    void theSameRequestAgainIsTheSameReservation() {
        Decision first = reserve("3", "case-7");
        Decision again = reserve("3", "case-7");

        assertThat(again).isEqualTo(first);
        assertThat(balance(HOURS).left()).isEqualByComparingTo("37");
        assertThatThrownBy(() -> reserve("4", "case-7")).hasMessageContaining("another request");
    }

    @Test
    void whatGoesBeyondNeedsApprovalAndLeavesNothingBehind() {
        Decision refused = reserve("41", "big");

        assertThat(refused.rule()).isEqualTo(Rule.APPROVAL);
        assertThat(refused.reservation()).isNull();
        assertThat(balance(HOURS).left()).isEqualByComparingTo("40");

        Decision approved = entitlements.reserveApproved(
                harbor, HOURS, new BigDecimal("41"), "Migration", "big", Shelf.LEADER.actor());
        assertThat(approved.reservation()).isNotNull();
        assertThat(balance(HOURS).left()).isEqualByComparingTo("-1");
    }

    @Test
    void aWarningGoesOnAndTellsBothSides() {
        entitlements.draw(harbor, "reviews", new BigDecimal("2"), "Reviews", "r-1", Actor.SYSTEM);
        Decision third = entitlements.draw(harbor, "reviews", BigDecimal.ONE, "Review", "r-2", Actor.SYSTEM);
        entitlements.draw(harbor, "reviews", BigDecimal.ONE, "Review", "r-2", Actor.SYSTEM);

        assertThat(third.rule()).isEqualTo(Rule.WARN);
        assertThat(third.sentence()).contains("0 of 2 reviews", "counts as beyond");
        assertThat(balance("reviews").consumed()).isEqualByComparingTo("3");
    }

    @Test
    void requestsAreFreeWhereTheProgramDoesNotCountThem() {
        Decision open = entitlements.reserve(harbor, "cases", BigDecimal.ONE, "Case", "case-1", Actor.SYSTEM);

        assertThat(open.rule()).isEqualTo(Rule.ALLOW);
        assertThat(open.left()).isNull();
        assertThat(entitlements
                        .reserve(harbor, "training-seats", BigDecimal.ONE, "T", "t", Actor.SYSTEM)
                        .rule())
                .isEqualTo(Rule.APPROVAL);
    }

    @Test
    void whatIsLeftExpiresWithTheTermAndTheNextOneBeginsAnew() {
        Decision open = reserve("10", "long");
        clock.moveBy(Duration.ofDays(200));
        LocalDate june = LocalDate.of(2027, 6, 12);

        assertThat(entitlements.balances(harbor, june))
                .filteredOn(balance -> balance.unit().equals(HOURS))
                .singleElement()
                .satisfies(balance -> assertThat(balance.left()).isEqualByComparingTo("40"));
        assertThat(expired()).isEqualByComparingTo("32"); // 30 hours and 2 reviews

        entitlements.release(reservation(open), Actor.SYSTEM);
        assertThat(expired()).isEqualByComparingTo("42");
        assertThat(totalsAreTheSumsOfTheirEntries()).isTrue();
    }

    @Test
    void extraUnitsAreGrantedOnceWithAReason() {
        assertThat(entitlements.grant(harbor, HOURS, BigDecimal.TEN, "Goodwill", "g-1", Shelf.LEADER.actor()))
                .isTrue();
        entitlements.grant(harbor, HOURS, BigDecimal.TEN, "Goodwill", "g-1", Shelf.LEADER.actor());

        assertThat(balance(HOURS).granted()).isEqualByComparingTo("50");
    }

    @Test
    void whatWasUsedByMistakeIsTakenBackByAnotherEntry() {
        Decision decision = entitlements.draw(harbor, HOURS, new BigDecimal("4"), "Workshop", "w-1", Actor.SYSTEM);
        entitlements.takeBack(reservation(decision), Actor.SYSTEM);
        entitlements.takeBack(reservation(decision), Actor.SYSTEM);

        assertThat(balance(HOURS).left()).isEqualByComparingTo("40");
        assertThat(kinds()).endsWith("reserved", "consumed", "consumed", "released");
        assertThat(totalsAreTheSumsOfTheirEntries()).isTrue();
    }

    /** The contract of another customer by mistake: what was granted moves with it. */
    @Test
    void aContractThatMovesToAnotherAccountTakesItsProgramAlong() {
        AccountId tern = new Book(database).account("tern", "Tern");
        reserve("3", "a");
        shelf.contract("c-1", "tern", "premier", "2026-06-01", "2028-06-01");

        assertThat(entitlements.balances(tern, TODAY)).hasSize(2);
        assertThat(balance(HOURS).granted()).isEqualByComparingTo("0");
        assertThat(balance(HOURS).left()).isEqualByComparingTo("-3");
        assertThat(totalsAreTheSumsOfTheirEntries()).isTrue();
    }

    @Test
    void theDailyJobGrantsAndExpiresForEverybodyOnce() {
        clock.moveBy(Duration.ofDays(200));
        entitlementTerms();
        entitlementTerms();

        assertThat(kinds()).containsExactly("granted", "granted", "granted", "granted", "expired", "expired");
        assertThat(totalsAreTheSumsOfTheirEntries()).isTrue();
    }

    @Test
    void aCustomerWhoUsesNothingIsReadAsSuch() {
        List<String> read = new ArrayList<>();
        measures.read(new MeasureQuery(List.of(harbor), clock.instant().plusSeconds(1), TODAY), new Readings() {
            @Override
            public void read(AccountId account, String measure, double value, LocalDate observedOn, String evidence) {
                read.add(measure + " " + value + ": " + evidence);
            }

            @Override
            public void notApplicable(AccountId account, String measure) {
                read.add("none");
            }
        });

        assertThat(read)
                .containsExactly("entitlement_unused 1.0: 40 of 40 expert hours and 2 of 2 reviews unused, 48 % of the"
                        + " term passed");
    }

    @Test
    void entriesAreNeverChanged() {
        assertThatThrownBy(() ->
                        database.sql("update programs.entry set amount = 1").update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("never changed");
        assertThatThrownBy(() -> database.sql("delete from programs.entry").update())
                .isInstanceOf(DataAccessException.class);
    }

    /** A hundred requests at once, many of them twice: what was given is exactly what there was. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aHundredDrawsAtOnceNeverGiveTheSameHourTwice(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<Callable<Decision>> requests = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String key = "k-" + i % 80;
            BigDecimal amount = BigDecimal.valueOf(1 + i % 80 % 3);
            boolean consumed = random.nextBoolean();
            requests.add(() -> consumed
                    ? entitlements.draw(harbor, HOURS, amount, "Work", key, Actor.SYSTEM)
                    : reserved(amount, key));
        }
        List<Decision> decisions = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(100)) {
            for (Future<Decision> done : threads.invokeAll(requests)) {
                decisions.add(done.get());
            }
        }

        BigDecimal given = database.sql("select sum(amount) from programs.reservation")
                .query(BigDecimal.class)
                .single();
        assertThat(given).isBetween(new BigDecimal("38"), new BigDecimal("40"));
        assertThat(balance(HOURS).left()).isEqualByComparingTo(new BigDecimal("40").subtract(given));
        assertThat(decisions.stream().filter(decision -> decision.reservation() != null))
                .as("the same key, the same reservation")
                .allSatisfy(decision -> assertThat(decision.left()).isGreaterThanOrEqualTo(BigDecimal.ZERO));
        assertThat(totalsAreTheSumsOfTheirEntries()).isTrue();
    }

    /**
     * Whatever a hundred people do at once, of everything that can be done: totals are the sums of their entries, nothing is
     * held or used below zero, and without approval never more than was granted.
     */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void whateverAHundredPeopleDoAtOnceTheLedgerAddsUp(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        AtomicReference<BigDecimal> extra = new AtomicReference<>(BigDecimal.ZERO);
        AtomicReference<BigDecimal> approved = new AtomicReference<>(BigDecimal.ZERO);
        List<Callable<Object>> deeds = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String key = "deed-" + seed + "-" + i;
            BigDecimal amount = BigDecimal.valueOf(random.nextInt(1, 13), 1);
            deeds.add(
                    switch (random.nextInt(6)) {
                        case 0 -> () -> entitlements.draw(harbor, HOURS, amount, "Work", key, Actor.SYSTEM);
                        case 1 -> () -> stepByStep(amount, key);
                        case 2 -> () -> givenBack(amount, key);
                        case 3 ->
                            () -> entitlements.grant(harbor, HOURS, amount, "Goodwill", "g" + key, Actor.SYSTEM)
                                    && extra.accumulateAndGet(amount, BigDecimal::add) != null;
                        case 4 ->
                            () -> {
                                entitlements.reserveApproved(harbor, HOURS, amount, "Agreed", "a" + key, Actor.SYSTEM);
                                return approved.accumulateAndGet(amount, BigDecimal::add);
                            };
                        default -> () -> entitlements.balances(harbor, TODAY);
                    });
        }
        try (var threads = Executors.newFixedThreadPool(100)) {
            for (Future<Object> done : threads.invokeAll(deeds)) {
                done.get();
            }
        }

        assertThat(totalsAreTheSumsOfTheirEntries()).isTrue();
        Balance hours = balance(HOURS);
        assertThat(hours.reserved()).isNotNegative();
        assertThat(hours.consumed()).isNotNegative();
        assertThat(hours.granted()).isBetween(new BigDecimal("40"), extra.get().add(new BigDecimal("40")));
        assertThat(hours.left().add(approved.get()))
                .as("only approval goes beyond")
                .isNotNegative();
        assertThat(database.sql("""
                select count(*) from (
                    select reservation_id from programs.entry where reservation_id is not null group by reservation_id
                    having sum(case kind when 'reserved' then amount else -amount end) < 0) below
                """).query(Long.class).single()).isZero();
    }

    /** Holds, uses half, uses the rest. */
    private Decision stepByStep(BigDecimal amount, String key) {
        Decision decision = entitlements.reserve(harbor, HOURS, amount, "Steps", "s" + key, Actor.SYSTEM);
        if (decision.reservation() != null) {
            BigDecimal half = amount.divide(BigDecimal.TWO, 2, RoundingMode.HALF_UP);
            entitlements.consume(decision.reservation(), half, Actor.SYSTEM);
            entitlements.consume(decision.reservation(), amount.subtract(half), Actor.SYSTEM);
        }
        return decision;
    }

    private Decision givenBack(BigDecimal amount, String key) {
        Decision decision = entitlements.draw(harbor, HOURS, amount, "Mistake", "b" + key, Actor.SYSTEM);
        if (decision.reservation() != null) {
            entitlements.takeBack(decision.reservation(), Actor.SYSTEM);
        }
        return decision;
    }

    private void entitlementTerms() {
        var done = jobs.submit(TermsJob.KIND, "Entitlements", "{}", Actor.SYSTEM);
        await().until(() -> database.sql("select state from platform.job where id = :id")
                .param("id", done)
                .query(String.class)
                .single()
                .equals("done"));
    }

    private Decision reserved(BigDecimal amount, String key) {
        return entitlements.reserve(harbor, HOURS, amount, "Work", key, Actor.SYSTEM);
    }

    private Decision reserve(String amount, String key) {
        return entitlements.reserve(harbor, HOURS, new BigDecimal(amount), "Work", key, Actor.SYSTEM);
    }

    private static UUID reservation(Decision decision) {
        return Objects.requireNonNull(decision.reservation());
    }

    private Balance balance(String unit) {
        return entitlements.balances(harbor, TODAY).stream()
                .filter(balance -> balance.unit().equals(unit))
                .findFirst()
                .orElseThrow();
    }

    private List<String> kinds() {
        return database.sql("select kind from programs.entry order by n")
                .query((row, number) -> row.getString("kind"))
                .list();
    }

    private BigDecimal expired() {
        return database.sql("select sum(amount) from programs.entry where kind = 'expired'")
                .query(BigDecimal.class)
                .single();
    }

    private boolean totalsAreTheSumsOfTheirEntries() {
        return database.sql("""
                select bool_and(p.granted = s.granted and p.reserved = s.reserved and p.consumed = s.consumed
                                and p.expired = s.expired)
                from programs.pot p
                cross join lateral (
                    select coalesce(sum(amount) filter (where kind = 'granted'), 0) as granted,
                           coalesce(sum(case kind when 'reserved' then amount when 'consumed' then -amount
                                                  when 'released' then -amount end), 0) as reserved,
                           coalesce(sum(amount) filter (where kind = 'consumed'), 0) as consumed,
                           coalesce(sum(amount) filter (where kind = 'expired'), 0) as expired
                    from programs.entry e where e.pot_id = p.id) s
                """).query(Boolean.class).single();
    }
}
