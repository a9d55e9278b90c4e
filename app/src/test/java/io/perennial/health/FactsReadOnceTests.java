package io.perennial.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.scoring.AsOf;
import io.perennial.health.scoring.HistoryJob;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.health.scoring.ScoreHistory;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import io.perennial.world.ReadingsTaken;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The history of two years reads the facts of a customer once; it says what reading them week by week says. */
@PerennialTest
class FactsReadOnceTests {

    private static final int ACCOUNTS = 8;
    private static final int CHANGES = 60;
    private static final int WEEKS = 106;

    @Autowired
    Records records;

    @Autowired
    LiveScoring live;

    @Autowired
    HistoryJob history;

    @Autowired
    ScoreHistory scores;

    @Autowired
    AsOf asOf;

    @Autowired
    List<MeasureSource> sources;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient database;

    private Facts facts;
    private final List<AccountId> accounts = new ArrayList<>();

    @BeforeEach
    void aSmallCompany() {
        facts = new Facts(records);
        String[] segments = {"Enterprise", "SMB", "", "Mid-market"};
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts.add(facts.account("a" + i, "Account " + i, segments[i % segments.length]));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everySourceReadsTheSameForAllWeeksAtOnce(long seed) {
        aStory(new Random(seed));
        List<LocalDate> weeks = weeks();
        Span span = new Span(accounts, start(weeks.getLast()), new ConcurrentHashMap<>());
        int read = 0;
        for (LocalDate week : weeks) {
            MeasureQuery together = new MeasureQuery(week, span);
            MeasureQuery alone = new MeasureQuery(accounts, start(week), week);
            for (MeasureSource source : sources) {
                Map<String, Object> expected = read(source, alone);
                assertThat(read(source, together))
                        .as("%s as of %s", source.getClass().getSimpleName(), week)
                        .isEqualTo(expected);
                read += expected.size();
            }
        }

        assertThat(read).isGreaterThan(WEEKS * ACCOUNTS * 5);
    }

    @ParameterizedTest
    @ValueSource(longs = 4)
    void theHistoryOfEveryWeekIsWhatTheScoreWasThen(long seed) {
        aStory(new Random(seed));
        live.drain();
        history.run(new Unwatched());

        for (LocalDate week : weeks()) {
            asOf.of(accounts, start(week)).forEach(then -> {
                ScoreHistory.Change kept = scores.since(then.account(), week).getFirst();
                assertThat(kept.band()).isEqualTo(then.score().band());
                assertThat(Math.round(kept.score()))
                        .isEqualTo(Math.round(then.score().value()));
            });
        }
    }

    /** Two years in which everything happens that any source reads. */
    private void aStory(Random random) {
        for (int i = 0; i < ACCOUNTS - 1; i++) {
            facts.line("l" + i, "a" + i, Integer.toString(9_000 + i), 20, day(900, random), day(-300, random));
            if (random.nextBoolean()) {
                facts.line("m" + i, "a" + i, "4000", 5, day(500, random), day(100, random));
            }
            if (random.nextBoolean()) {
                facts.put(
                        "contracts",
                        "k" + i,
                        Map.of("account", "a" + i, "starts_on", day(700, random), "ends_on", day(-200, random)));
            }
        }
        Happenings happenings = new Happenings(facts, random, ACCOUNTS - 1);
        for (int i = 0; i < CHANGES; i++) {
            happenings.one(i, clock.instant().minus(Duration.ofHours(random.nextInt(24 * 800))));
        }
        sql("""
                update cases.support_case set resolved_at = opened_at + mod(number, 40) * interval '1 day',
                    first_response_at = opened_at + mod(number, 9) * interval '5 hours', reopened = mod(number, 3)::int,
                    satisfaction = case when mod(number, 2) = 0 then 1 + mod(number, 5) end, satisfaction_scale = 5
                where mod(number, 4) <> 0""");
        sql("""
                update cases.support_case c set repeats = o.id from cases.support_case o
                where o.number = c.number - 1 and mod(c.number, 3) = 0""");
        sql("""
                insert into cases.clock (case_id, kind, round, started_at, target_seconds, used_seconds, due_at,
                    finished_at, breached_at)
                select id, 'resolution', 1, opened_at, 3600, 0, opened_at + interval '1 day',
                    case when mod(number, 3) > 0 then opened_at + interval '30 hours' end,
                    case when mod(number, 3) = 2 then opened_at + interval '1 day' end
                from cases.support_case where mod(number, 2) = 0""");
        sql("""
                update contracts.contract set payment_due_on = starts_on + 90,
                    paid_on = case when random() < .5 then starts_on + 130 end""");
        sql("update contracts.contract_line set scheduled_ends_on = ends_on + 60 where random() < .3");
        sql("""
                insert into defects.defect (id, external_id, title, severity, state, found_at, fixed_on, created_at,
                    updated_at)
                select gen_random_uuid(), 'd' || n, 'Broken ' || n, 'major', case when n < 5 then 'fixed' else 'confirmed' end,
                    timestamptz '2025-03-01' + n * interval '60 days',
                    case when n < 5 then date '2025-09-01' + n * 50 end, now(), now()
                from generate_series(1, 6) n""");
        sql("""
                insert into defects.account_mark (id, defect_id, account_id, affected, marked_by, marked_at)
                select gen_random_uuid(), d.id, a.id, random() < .8, 'Ada', d.found_at + interval '10 days'
                from defects.defect d, accounts.account a where random() < .2""");
        sql("update accounts.account set customer_since = date '2025-02-01' + mod(ascii(name), 90)");
        sql("update accounts.contact set confirmed_on = created_at::date - 300 where random() < .5");
    }

    private String day(int latestBack, Random random) {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .minusDays(latestBack)
                .plusDays(random.nextInt(200))
                .toString();
    }

    private void sql(String statement) {
        database.sql(statement).update();
    }

    private Map<String, Object> read(MeasureSource source, MeasureQuery query) {
        ReadingsTaken taken = new ReadingsTaken();
        source.read(query, taken);
        Map<String, Object> all = new TreeMap<>();
        for (AccountId account : accounts) {
            taken.of(account).forEach((measure, reading) -> all.put(account + " " + measure, reading));
            for (Measure measure : source.measures()) {
                if (taken.isNotApplicable(account, measure.id())) {
                    all.put(account + " without " + measure.id(), true);
                }
            }
        }
        return all;
    }

    private List<LocalDate> weeks() {
        LocalDate last = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        List<LocalDate> weeks = new ArrayList<>();
        for (int back = WEEKS - 2; back >= 0; back--) {
            weeks.add(last.minusWeeks(back));
        }
        return weeks;
    }

    private static Instant start(LocalDate week) {
        return week.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
