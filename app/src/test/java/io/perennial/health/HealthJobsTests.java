package io.perennial.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.scoring.HistoryJob;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.health.scoring.RecomputeJob;
import io.perennial.platform.jobs.JobRun;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.PerennialTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The long jobs of health tell how far they are, stop when asked, and go on where they stopped. */
@PerennialTest
class HealthJobsTests {

    private static final int ACCOUNTS = 24;

    @Autowired
    Records records;

    @Autowired
    LiveScoring live;

    @Autowired
    HistoryJob history;

    @Autowired
    RecomputeJob recompute;

    @Autowired
    JdbcClient database;

    private final List<AccountId> accounts = new ArrayList<>();

    @BeforeEach
    void aSmallCompany() {
        Facts facts = new Facts(records);
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts.add(facts.account("a" + i, "Account " + i, "SMB"));
            facts.line("l" + i, "a" + i, "12000", 20, "2025-03-01", "2027-02-01");
            facts.call("t" + i, "a" + i, "2026-0" + (1 + i % 9) + "-10T10:00:00Z");
            facts.supportCase("c" + i, "a" + i, "2026-0" + (1 + i % 9) + "-12T10:00:00Z", "medium");
        }
        live.drain();
        accounts.sort(Comparator.comparing(account -> account.value().toString()));
        database.sql("delete from health.score_change").update();
    }

    @Test
    void theHistoryOfTwoYearsIsRewrittenWithProgressToTheEnd() {
        Watched run = new Watched(null, false);

        assertThat(history.run(run)).isEqualTo("24 accounts over 106 weeks");

        assertThat(run.stages).startsWith("Finding what was usual 24 of 24").endsWith("Rewriting history 24 of 24");
        assertThat(run.checkpoint).contains("\"count\":24");
        assertThat(withHistory()).containsExactlyInAnyOrderElementsOf(accounts);
    }

    @Test
    void aHistoryThatStoppedGoesOnBehindItsCheckpoint() {
        Watched run = new Watched(checkpointAfter(10), false);

        history.run(run);

        assertThat(run.stages).containsExactly("Rewriting history 24 of 24");
        assertThat(withHistory()).containsExactlyInAnyOrderElementsOf(accounts.subList(10, ACCOUNTS));
    }

    @Test
    void aCancelledHistoryWritesNothingMore() {
        Watched run = new Watched(checkpointAfter(10), true);

        history.run(run);

        assertThat(run.checkpoint).isNull();
        assertThat(withHistory()).isEmpty();
    }

    @Test
    void aRecomputeThatStoppedGoesOnBehindItsCheckpoint() {
        database.sql("update accounts.overview set changed_in = pg_current_xact_id(), exact_score = 1")
                .update();
        Watched run = new Watched(checkpointAfter(10), false);

        assertThat(recompute.run(run)).isEqualTo("24 accounts scored");

        assertThat(run.stages).endsWith("Scoring accounts 24 of 24");
        assertThat(withScoreOfOne()).containsExactlyInAnyOrderElementsOf(accounts.subList(0, 10));
    }

    @Test
    void aCancelledRecomputeScoresNobodyMore() {
        database.sql("update accounts.overview set changed_in = pg_current_xact_id(), exact_score = 1")
                .update();

        recompute.run(new Watched(null, true));

        assertThat(withScoreOfOne()).hasSize(ACCOUNTS);
    }

    @Test
    void aMarkIsGoneWhenTheRecomputeHasReadItsFacts() {
        database.sql("insert into accounts.changed select id, now() from accounts.account")
                .update();

        recompute.all();

        assertThat(live.drain()).isZero();
    }

    private String checkpointAfter(int count) {
        return "{\"last\":\"" + accounts.get(count - 1) + "\",\"count\":" + count + "}";
    }

    private List<AccountId> withHistory() {
        return ids("select distinct account_id from health.score_change");
    }

    private List<AccountId> withScoreOfOne() {
        return ids("select account_id from accounts.overview where exact_score = 1");
    }

    private List<AccountId> ids(String sql) {
        return database.sql(sql)
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list();
    }

    /** Remembers what a job tells about itself. */
    private static final class Watched implements JobRun {

        private final List<String> stages = new ArrayList<>();
        private final @Nullable String last;
        private final boolean cancelled;
        private @Nullable String checkpoint;

        private Watched(@Nullable String last, boolean cancelled) {
            this.last = last;
            this.cancelled = cancelled;
        }

        @Override
        public UUID id() {
            return new UUID(0, 1);
        }

        @Override
        public Actor actor() {
            return Actor.SYSTEM;
        }

        @Override
        public String parameters() {
            return "{}";
        }

        @Override
        public void progress(String stage, long done, long total) {
            stages.add(stage + " " + done + " of " + total);
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }

        @Override
        public void checkpoint(String json) {
            checkpoint = json;
        }

        @Override
        public Optional<String> lastCheckpoint() {
            return Optional.ofNullable(last);
        }
    }
}
