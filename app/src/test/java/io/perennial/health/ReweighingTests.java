package io.perennial.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.health.model.DefaultModels;
import io.perennial.health.model.ModelProblem;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.health.scoring.Models;
import io.perennial.health.scoring.RecomputeJob;
import io.perennial.health.scoring.Spent;
import io.perennial.platform.records.Records;
import io.perennial.shared.Actor;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A new model for facts that did not change is applied to stored readings. Whatever happened before, and whatever the
 * model says now, everything stored is what reading the facts anew would have left behind, to the last word.
 */
@PerennialTest
class ReweighingTests {

    private static final int ACCOUNTS = 26;
    private static final int CHANGES = 70;
    private static final int MODELS = 4;
    private static final Pattern WEIGHT = Pattern.compile("weight: (\\d+)");
    private static final Pattern EXPIRY = Pattern.compile("expires_after_days: (\\d+)");

    /** Everything that scoring writes; identities that are drawn anew each time are left out. */
    private static final Map<String, String> WRITTEN = Map.of(
            "health.score", "select s::text from health.score s order by account_id",
            "health.score_change", "select c::text from health.score_change c order by account_id, at",
            "health.signal",
                    "select (to_jsonb(s) - 'id')::text from health.signal s order by account_id, cause, episode",
            "accounts.overview",
                    "select (to_jsonb(o) - 'changed_in')::text from accounts.overview o order by account_id",
            "accounts.changed", "select account_id::text from accounts.changed order by 1",
            "health.norms", "select n::text from health.norms n order by model_version, valid_from, segment, measure");

    private static final List<String> KEPT = List.of(
            "health.score",
            "health.score_change",
            "health.signal",
            "accounts.overview",
            "accounts.changed",
            "health.norms");

    @Autowired
    Records records;

    @Autowired
    LiveScoring live;

    @Autowired
    RecomputeJob full;

    @Autowired
    Models models;

    @Autowired
    Spent spent;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient database;

    private Facts facts;

    @BeforeEach
    void aSmallCompany() {
        facts = new Facts(records);
        String[] segments = {"Enterprise", "SMB", "", "Mid-market"};
        for (int i = 0; i < ACCOUNTS; i++) {
            facts.account("a" + i, "Account " + i, segments[i % segments.length]);
            facts.line(
                    "l" + i,
                    "a" + i,
                    Integer.toString(6_000 + 500 * i),
                    20,
                    "2025-03-01",
                    LocalDate.parse("2027-02-01").plusDays(i - 60L).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void weighingAnewLeavesWhatReadingTheFactsAnewWouldLeave(long seed) throws ModelProblem {
        Random random = new Random(seed);
        Happenings happenings = new Happenings(facts, random, ACCOUNTS);
        for (int i = 0; i < CHANGES; i++) {
            happenings.one(i, clock.instant());
            if (random.nextInt(6) == 0) {
                clock.moveBy(Duration.ofMinutes(random.nextInt(3_000)));
                live.drain();
            }
        }
        live.drain();
        long weighed = 0;
        for (int i = 0; i < MODELS; i++) {
            publish(revised(random, random.nextInt(3)));
            clock.moveBy(Duration.ofMinutes(random.nextInt(90)));
            if (random.nextInt(3) == 0) {
                happenings.one(1_000 + i, clock.instant());
            }
            weighed += sameAsFromTheFacts();
        }

        assertThat(weighed).isGreaterThan(ACCOUNTS);
    }

    @Test
    void factsThatNobodyTouchedAreNotReadAgain() throws ModelProblem {
        live.drain();
        live.drain();
        spent.takeWeighed();

        publish(revised(new Random(7), 1));
        full.all();

        assertThat(spent.takeWeighed()).isEqualTo(ACCOUNTS);
    }

    @Test
    void anAccountWhoseFactsChangedIsReadAgain() throws ModelProblem {
        facts.call("t0", "a0", "2026-11-20T10:00:00Z");
        live.drain();
        publish(revised(new Random(7), 1));
        facts.call("t1", "a1", "2026-11-23T10:00:00Z");
        facts.call("t2", "a2", "2026-11-23T10:00:00Z");

        assertThat(sameAsFromTheFacts()).isBetween(1L, ACCOUNTS - 2L);
    }

    @Test
    void aFactDatedLaterTodayCountsFromItsInstantOn() throws ModelProblem {
        facts.call("t0", "a0", "2026-09-01T10:00:00Z");
        facts.call("t3", "a3", clock.instant().plus(Duration.ofHours(2)).toString());
        facts.answer("s4", "a4", 1, clock.instant().plus(Duration.ofHours(2)).toString());
        facts.supportCase("c5", "a5", clock.instant().plus(Duration.ofHours(2)).toString(), "urgent");
        facts.call(
                "t6",
                "a6",
                clock.instant()
                        .minus(Duration.ofDays(90))
                        .plus(Duration.ofHours(2))
                        .toString());
        live.drain();
        publish(revised(new Random(7), 1));
        clock.moveBy(Duration.ofHours(3));

        assertThat(sameAsFromTheFacts()).isBetween(1L, ACCOUNTS - 4L);
    }

    @Test
    void anEarlierFirstConversationMovesTheSilenceOfEverybody() throws ModelProblem {
        facts.call("t0", "a0", "2026-11-20T10:00:00Z");
        live.drain();
        facts.call("t1", "a0", "2026-05-20T10:00:00Z");
        live.drain();
        publish(revised(new Random(7), 1));

        assertThat(sameAsFromTheFacts()).isLessThan(ACCOUNTS);
    }

    @Test
    void boundsOfStakesAreTightenedWhenSomebodyAsks() throws ModelProblem {
        Happenings happenings = new Happenings(facts, new Random(3), ACCOUNTS);
        for (int i = 0; i < CHANGES; i++) {
            happenings.one(i, clock.instant());
        }
        live.drain();
        publish(revised(new Random(7), 1));
        full.all();
        String loose = "s.lacks_at_most <> health.lacks(o.exact_score, o.band)";
        assertThat(signals(loose)).isPositive();

        live.tightenStakes();
        live.drain();

        assertThat(signals(loose)).isZero();
    }

    @Test
    void yesterdaysReadingsAreNotTodays() throws ModelProblem {
        live.drain();
        publish(revised(new Random(7), 1));
        clock.moveBy(Duration.ofDays(1));

        assertThat(sameAsFromTheFacts()).isZero();
    }

    @Test
    void aVersionThatScoresReferToCannotBeDeleted() {
        live.drain();

        assertThatThrownBy(
                        () -> database.sql("delete from health.model_version").update())
                .hasMessageContaining("scores refer to it");
    }

    /** @return how many accounts were weighed without a look at their facts */
    private long sameAsFromTheFacts() {
        keep();
        spent.takeWeighed();
        full.all();
        long weighed = spent.takeWeighed();
        Map<String, List<String>> reweighed = written();
        assertThat(signals("s.money is distinct from o.arr or s.lacks_at_most < health.lacks(o.exact_score, o.band)"))
                .as("signals that put more at stake than they are ordered by")
                .isZero();
        giveBack();
        database.sql("insert into accounts.changed select id, now() from accounts.account on conflict do nothing")
                .update();
        full.all();

        assertThat(spent.takeWeighed()).isZero();
        assertThat(reweighed).isEqualTo(written());
        return weighed;
    }

    private int signals(String condition) {
        return database.sql("""
                        select count(*) from health.signal s join accounts.overview o using (account_id)
                        where s.state in ('open', 'acknowledged', 'snoozed') and (%s)
                        """.formatted(condition)).query(Integer.class).single();
    }

    private Map<String, List<String>> written() {
        Map<String, List<String>> rows = new TreeMap<>();
        WRITTEN.forEach((table, sql) -> rows.put(
                table, new ArrayList<>(database.sql(sql).query(String.class).list())));
        return rows;
    }

    private void keep() {
        database.sql("drop schema if exists before cascade").update();
        database.sql("create schema before").update();
        KEPT.forEach(table -> database.sql("create table " + copy(table) + " as select * from " + table)
                .update());
    }

    private void giveBack() {
        KEPT.forEach(table -> {
            database.sql("delete from " + table).update();
            database.sql("insert into " + table + " select * from " + copy(table))
                    .update();
        });
        database.sql("drop schema before cascade").update();
    }

    private static String copy(String table) {
        return "before." + table.replace('.', '_');
    }

    private void publish(String text) throws ModelProblem {
        UUID draft = models.draft("Standard", text, Actor.SYSTEM);
        models.publish(draft, "A test of another opinion", Actor.SYSTEM);
    }

    /**
     * Another opinion about the same customers.
     *
     * @param boldness 0: some points here and there; 1: other weights; 2: other expiries too, and a measure that nobody
     *     reads
     */
    private String revised(Random random, int boldness) {
        String text = DefaultModels.standard().text();
        text = WEIGHT.matcher(text).replaceAll(found -> "weight: " + weight(found, random, boldness));
        if (boldness < 2) {
            return text;
        }
        text = EXPIRY.matcher(text).replaceAll(found -> "expires_after_days: " + (3 + random.nextInt(300)));
        String unread = """
                %1$s- measure: partners_opinion
                %1$s  weight: 3
                %1$s  shape: up
                %1$s  curve: [0 -> 0, 10 -> 100]
                """.formatted("      ");
        return text.replace("      - measure: csat ", unread + "      - measure: csat ");
    }

    private static int weight(MatchResult found, Random random, int boldness) {
        int weight = Integer.parseInt(found.group(1));
        return boldness == 0 ? Math.max(0, weight + random.nextInt(3) - 1) : random.nextInt(15);
    }
}
