package io.perennial.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.scoring.AsOf;
import io.perennial.health.scoring.Assessment;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.health.scoring.ScoreHistory;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What made a past score is kept with it, to the hundredth of a point. */
@PerennialTest
class ScoreHistoryTests {

    @Autowired
    Records records;

    @Autowired
    LiveScoring live;

    @Autowired
    AsOf asOf;

    @Autowired
    ScoreHistory history;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient database;

    private AccountId account = new AccountId(new UUID(0, 0));

    @BeforeEach
    void aCustomer() {
        Facts facts = new Facts(records);
        account = facts.account("a", "A customer", "SMB");
        facts.line("l", "a", "12000", 20, "2025-03-01", "2027-02-01");
        facts.call("t", "a", "2026-08-10T10:00:00Z");
        facts.answer("s", "a", 4, "2026-11-10T10:00:00Z");
        live.drain();
    }

    @Test
    void contributionsAreKeptAsTheyWere() {
        Assessment now = asOf.of(account, clock.instant()).orElseThrow();
        Map<String, Double> expected = new HashMap<>(Map.of("", now.score().norm()));
        now.score().parts().stream()
                .filter(part -> part.contribution() != 0)
                .forEach(part -> expected.put(part.measure(), part.contribution()));

        Map<String, Double> kept = now().contributions();

        assertThat(kept).isEqualTo(expected).hasSizeGreaterThan(3);
    }

    private ScoreHistory.Change now() {
        return history.since(account, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .getLast();
    }

    @Test
    void rowsFromBeforeContributionsWerePackedAreRead() {
        database.sql("""
                        update health.score_change
                        set parts = null, contributions = '{"": 61.5, "nps": -4.25, "forgotten": 1}'
                        """).update();

        assertThat(now().contributions()).isEqualTo(Map.of("", 61.5, "nps", -4.25, "forgotten", 1.0));
    }
}
