package io.perennial.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.model.DefaultModels;
import io.perennial.health.model.ModelProblem;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.health.scoring.Models;
import io.perennial.health.scoring.RecomputeJob;
import io.perennial.health.scoring.StoredHealth;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How an account stands is kept in the row of lists alone; what its score rests on is not written for a new model. */
@PerennialTest
class KeptOnceTests {

    private static final int ACCOUNTS = 8;

    @Autowired
    Records records;

    @Autowired
    LiveScoring live;

    @Autowired
    RecomputeJob full;

    @Autowired
    Models models;

    @Autowired
    StoredHealth stored;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient database;

    @BeforeEach
    void customersWhoAnswered() {
        Facts facts = new Facts(records);
        for (int i = 0; i < ACCOUNTS; i++) {
            facts.account("a" + i, "Account " + i, "SMB");
            facts.line("l" + i, "a" + i, "6000", 20, "2025-03-01", "2027-02-01");
            facts.answer("s" + i, "a" + i, i, "2026-11-20T10:00:00Z");
            facts.call("t" + i, "a" + i, "2026-11-1" + i + "T10:00:00Z");
        }
        live.drain();
        live.drain();
    }

    @Test
    void aNewModelWritesRowsOfListsAndNotWhatScoresRestOn() throws ModelProblem {
        List<String> before = versions();
        List<Double> scores = scores();

        UUID model = publish();
        full.all();

        assertThat(versions()).hasSize(ACCOUNTS).isEqualTo(before);
        assertThat(scores()).hasSize(ACCOUNTS).isNotEqualTo(scores);
        assertThat(count("model_version = '" + model + "'")).isEqualTo(ACCOUNTS);
    }

    @Test
    void pointsThatPeopleSeeAreThoseOfTheExactScore() throws ModelProblem {
        publish();
        full.all();

        assertThat(count("band in ('AT_RISK', 'WATCH', 'HEALTHY')")).isPositive();
        assertThat(count("""
                score is distinct from case when band not in ('UNKNOWN', 'LEFT') then round(exact_score) end
                    or coverage <> round(100 * exact_coverage) or cardinality(spark) <> 13
                    or band in ('AT_RISK', 'WATCH', 'HEALTHY') and spark[13] % 128 <> floor(exact_score + 0.5)
                """)).isZero();
    }

    @Test
    void theLastWeekIsTheScoreOfNow() throws ModelProblem {
        publish();
        full.all();

        assertThat(ids()).hasSize(ACCOUNTS).allSatisfy(account -> {
            StoredHealth.Row row = stored.of(account).orElseThrow();
            assertThat(row.weekly()).hasSize(26);
            assertThat(row.weekly()[25])
                    .isEqualTo((short) Math.round(row.score().value()));
        });
    }

    private UUID publish() throws ModelProblem {
        clock.moveBy(Duration.ofMinutes(5));
        String text = DefaultModels.standard()
                .text()
                .replaceAll("(measure: nps\\b[^\\n]*\\n +weight: )\\d+", "$160")
                .replaceAll("(measure: days_since_conversation\\b[^\\n]*\\n +weight: )\\d+", "$140");
        UUID draft = models.draft("Standard", text, Actor.SYSTEM);
        models.publish(draft, "What customers say counts more", Actor.SYSTEM);
        return draft;
    }

    /** The transaction that wrote each row last. */
    private List<String> versions() {
        return database.sql("select account_id || ' ' || cast(xmin as text) from health.score order by 1")
                .query((row, number) -> row.getString(1))
                .list();
    }

    private List<Double> scores() {
        return database.sql("select exact_score from accounts.overview order by account_id")
                .query((row, number) -> row.getDouble(1))
                .list();
    }

    private List<AccountId> ids() {
        return database.sql("select account_id from accounts.overview")
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list();
    }

    private int count(String condition) {
        return database.sql("select count(*) from accounts.overview where " + condition)
                .query(Integer.class)
                .single();
    }
}
