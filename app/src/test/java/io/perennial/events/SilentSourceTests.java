package io.perennial.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.health.AccountHealth;
import io.perennial.health.Health;
import io.perennial.health.HealthPart;
import io.perennial.health.Signals;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.usage.UsageFacts;
import io.perennial.usage.counting.Count;
import io.perennial.usage.counting.CountedUse;
import io.perennial.usage.counting.Silences;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Our source going silent is our trouble, not the customer's. */
@PerennialTest
class SilentSourceTests {

    private static final LocalDate LAST_DAY = LocalDate.of(2026, 11, 20);

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Autowired
    Sources sources;

    @Autowired
    SilenceWatch watch;

    @Autowired
    Silences silences;

    @Autowired
    CountedUse use;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    LiveScoring scoring;

    @Autowired
    Health health;

    @Autowired
    Signals signals;

    @Autowired
    People people;

    @Autowired
    MovableClock clock;

    Source planner;
    Source mobile;
    AccountId harbor;
    AccountId quill;
    AccountId paper;
    final List<AccountId> others = new ArrayList<>();

    @BeforeEach
    void customersOfTwoProductsAndOneKnownByFiles() {
        planner = Sender.of("Planner", sources, people).source();
        mobile = Sender.of("Mobile", sources, people).source();
        Book book = new Book(database);
        harbor = customer(book, "harbor");
        quill = customer(book, "quill");
        paper = customer(book, "paper");
        for (int other = 0; other < 5; other++) {
            others.add(customer(book, "other-" + other));
        }
        List<Count> counts = new ArrayList<>();
        UsageFacts files = new UsageFacts(records);
        for (LocalDate day = LAST_DAY.minusDays(129); !day.isAfter(LAST_DAY); day = day.plusDays(1)) {
            speaks(planner, day, day.equals(LAST_DAY) ? 4 : 23);
            speaks(mobile, day, 23);
            counts.addAll(count(harbor, planner, day, day.equals(LAST_DAY) ? 8 : 40));
            for (AccountId other : others) {
                counts.addAll(count(other, mobile, day, 40));
            }
            counts.addAll(count(quill, mobile, day, 40));
            files.use("paper", day.toString(), "export", "pia", 30 + day.getDayOfMonth() % 3);
        }
        add(counts);
        files.written();
        clock.moveTo(LAST_DAY.atTime(6, 0).toInstant(ZoneOffset.UTC));
        score();
    }

    @Test
    void aCustomerIsNotCalledAtRiskBecauseOurSourceWentSilent() {
        AccountHealth before = healthOf(harbor);
        assertThat(signals.of(harbor, 10)).isEmpty();

        for (LocalDate day = LAST_DAY.plusDays(1); day.isBefore(LAST_DAY.plusDays(21)); day = day.plusDays(1)) {
            aDayPassesWithoutThePlanner(day);
            AccountHealth now = healthOf(harbor);
            assertThat(signals.of(harbor, 10)).as("signals on %s", day).isEmpty();
            assertThat(now.band()).as("band on %s", day).isEqualTo(before.band());
            assertThat(now.score().value())
                    .as("score on %s", day)
                    .isCloseTo(before.score().value(), within(0.5));
            assertThat(value(now, "usage_trend")).as("trend on %s", day).isCloseTo(1, within(0.03));
            assertThat(value(now, "usage_drop")).as("drop on %s", day).isZero();
            assertThat(value(now, "days_since_use")).as("days on %s", day).isLessThanOrEqualTo(1);
        }
        assertThat(database.sql("select count(*) from health.signal where account_id = :account")
                        .param("account", harbor.value())
                        .query(Integer.class)
                        .single())
                .as("signals that ever stood")
                .isZero();
        assertThat(silences.open()).singleElement().satisfies(silence -> {
            assertThat(silence.name()).isEqualTo("Planner");
            assertThat(silence.told()).isTrue();
            assertThat(silence.knownUntil()).isEqualTo(LAST_DAY.minusDays(1));
            assertThat(silence.accounts()).isEqualTo(1);
        });
    }

    @Test
    void afterFourWeeksOfSilenceUseIsNotKnownAnyMore() {
        for (LocalDate day = LAST_DAY.plusDays(1); day.isBefore(LAST_DAY.plusDays(60)); day = day.plusDays(10)) {
            aDayPassesWithoutThePlanner(day);
        }

        assertThat(observed(healthOf(harbor), "usage_trend")).isEqualTo(LAST_DAY.plusDays(27));
        assertThat(signals.of(harbor, 10)).noneMatch(signal -> signal.cause().contains("usage"));
    }

    @Test
    void aCustomerWhoStopsWhileTheSourceSpeaksIsStillNoticed() {
        for (LocalDate day = LAST_DAY.plusDays(1); day.isBefore(LAST_DAY.plusDays(21)); day = day.plusDays(1)) {
            aDayPassesWithoutThePlanner(day); // and without quill, of whom the other product would speak
        }

        assertThat(signals.of(quill, 10)).isNotEmpty();
        assertThat(value(healthOf(quill), "usage_drop")).isGreaterThan(0.3);
    }

    @Test
    void whoIsKnownByFilesIsNotAffected() {
        UsageFacts files = new UsageFacts(records);
        for (LocalDate day = LAST_DAY.plusDays(1); day.isBefore(LAST_DAY.plusDays(10)); day = day.plusDays(1)) {
            files.use("paper", day.toString(), "export", "pia", 30 + day.getDayOfMonth() % 3)
                    .written();
            aDayPassesWithoutThePlanner(day);
        }

        assertThat(observed(healthOf(paper), "usage_trend")).isEqualTo(LAST_DAY.plusDays(8));
        assertThat(part(healthOf(paper), "usage_trend").evidence()).doesNotContain("known up to");
        assertThat(part(healthOf(harbor), "usage_trend").evidence()).endsWith("known up to 19 November 2026");
    }

    @Test
    void whenTheSourceSpeaksAgainUseIsKnownAgainAndTheUnknownDaysAreNoFall() {
        for (LocalDate day = LAST_DAY.plusDays(1); day.isBefore(LAST_DAY.plusDays(6)); day = day.plusDays(1)) {
            aDayPassesWithoutThePlanner(day);
        }
        for (LocalDate day = LAST_DAY.plusDays(6); day.isBefore(LAST_DAY.plusDays(10)); day = day.plusDays(1)) {
            speaks(planner, day, 23);
            add(count(harbor, planner, day, 40));
            aDayPassesWithoutThePlanner(day);
            assertThat(signals.of(harbor, 10)).as("signals on %s", day).isEmpty();
        }

        AccountHealth now = healthOf(harbor);
        assertThat(silences.open()).isEmpty();
        assertThat(observed(now, "usage_trend")).isEqualTo(LAST_DAY.plusDays(8));
        assertThat(value(now, "usage_trend")).isCloseTo(1, within(0.05));
        assertThat(value(now, "usage_drop")).isZero();
    }

    @Test
    void whatWasKeptBackAndIsSentLaterCountsOnItsOwnDay() {
        for (LocalDate day = LAST_DAY.plusDays(1); day.isBefore(LAST_DAY.plusDays(6)); day = day.plusDays(1)) {
            aDayPassesWithoutThePlanner(day);
        }
        for (LocalDate day = LAST_DAY.plusDays(1); day.isBefore(LAST_DAY.plusDays(6)); day = day.plusDays(1)) {
            add(count(harbor, planner, day, 200));
        }
        for (LocalDate day = LAST_DAY.plusDays(6); day.isBefore(LAST_DAY.plusDays(9)); day = day.plusDays(1)) {
            speaks(planner, day, 23);
            add(count(harbor, planner, day, 40));
            aDayPassesWithoutThePlanner(day);
        }

        assertThat(value(healthOf(harbor), "usage_trend")).isGreaterThan(1.5);
    }

    @Test
    void aSourceThatWasClosedIsNoSilenceAndMakesNobodyStop() {
        sources.close(Sender.administrator(people), planner.id());
        for (LocalDate day = LAST_DAY.plusDays(1); day.isBefore(LAST_DAY.plusDays(15)); day = day.plusDays(1)) {
            aDayPassesWithoutThePlanner(day);
            assertThat(signals.of(harbor, 10)).as("signals on %s", day).isEmpty();
        }
        assertThat(silences.open()).noneMatch(Silences.Silence::told);

        LocalDate next = LAST_DAY.plusDays(15);
        add(count(harbor, mobile, next, 40));
        aDayPassesWithoutThePlanner(next);
        aDayPassesWithoutThePlanner(next.plusDays(1));

        assertThat(observed(healthOf(harbor), "usage_trend"))
                .as("heard of elsewhere")
                .isEqualTo(next);
    }

    @Test
    void whoClosesASilentSourceIsNotToldOfItAnyMoreAndItsCustomersStillStand() {
        aDayPassesWithoutThePlanner(LAST_DAY.plusDays(1));
        assertThat(people.leader().get("/").body()).contains("Planner is silent since 20 Nov 2026, 04:55 UTC");
        assertThat(usageTab(harbor)).contains("Usage is known up to 19 Nov 2026: source Planner is silent since");
        assertThat(usageTab(quill)).doesNotContain("Usage is known up to");

        sources.close(Sender.administrator(people), planner.id());
        aDayPassesWithoutThePlanner(LAST_DAY.plusDays(2));
        aDayPassesWithoutThePlanner(LAST_DAY.plusDays(20));

        assertThat(people.leader().get("/").body()).doesNotContain("is silent");
        assertThat(usageTab(harbor)).contains("source Planner was closed after 20 Nov 2026, 04:55 UTC");
        assertThat(signals.of(harbor, 10)).isEmpty();
    }

    private String usageTab(AccountId account) {
        return people.admin().get("/accounts/" + account.value() + "?tab=usage").body();
    }

    /** The others go on. */
    private void aDayPassesWithoutThePlanner(LocalDate day) {
        speaks(mobile, day, 23);
        List<Count> counts = new ArrayList<>();
        others.forEach(other -> counts.addAll(count(other, mobile, day, 40)));
        add(counts);
        for (int hour : new int[] {0, 5, 12, 23}) {
            clock.moveTo(day.atTime(hour, 59).toInstant(ZoneOffset.UTC));
            score();
        }
    }

    private void score() {
        watch.look();
        scoring.drain();
    }

    private AccountId customer(Book book, String externalId) {
        AccountId account = book.account(externalId, externalId);
        book.line(account, "1000", "2024-01-01")
                .agreedUntil("2028-01-01")
                .seats(4)
                .add();
        return account;
    }

    private static List<Count> count(AccountId account, Source source, LocalDate day, int uses) {
        List<Count> counts = new ArrayList<>();
        for (int user = 0; user < 4; user++) {
            BitSet slots = new BitSet();
            slots.set(100 + user);
            counts.add(new Count(
                    account, day, "user-" + user, "export", SilenceWatch.reference(source.id()), uses / 4, slots));
        }
        return counts;
    }

    private void add(List<Count> counts) {
        Instant now = clock.instant();
        transactions.executeWithoutResult(status -> use.add(counts, now));
    }

    /** Events come in every hour up to this one. */
    private void speaks(Source source, LocalDate day, int lastHour) {
        database.sql("""
                insert into events.source_hour (source_id, hour, accepted, refused, bytes, delay_ms, last_at)
                select :source, at, 10, 0, 1000, 10, at + interval '55 minutes'
                from generate_series(0, :last) as h (hour),
                    lateral (select (cast(:day as date) + make_interval(hours => h.hour)) at time zone 'UTC' as at) a
                """)
                .param("source", source.id())
                .param("last", lastHour)
                .param("day", day)
                .update();
    }

    private AccountHealth healthOf(AccountId account) {
        return health.of(account).orElseThrow();
    }

    private static double value(AccountHealth health, String measure) {
        return Objects.requireNonNull(part(health, measure).value(), measure);
    }

    private static LocalDate observed(AccountHealth health, String measure) {
        return Objects.requireNonNull(part(health, measure).observedOn(), measure);
    }

    private static HealthPart part(AccountHealth health, String measure) {
        return health.parts().stream()
                .filter(part -> part.measure().equals(measure))
                .findFirst()
                .orElseThrow();
    }
}
