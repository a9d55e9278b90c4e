package io.perennial.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.scoring.AsOf;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.health.scoring.RecomputeJob;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Acceptance H17: live, full and as-of are one and the same score, whatever happened in whatever order. */
@PerennialTest
class OneScoreTests {

    private static final int ACCOUNTS = 24;
    private static final int CHANGES = 60;

    @Autowired
    Records records;

    @Autowired
    LiveScoring live;

    @Autowired
    RecomputeJob full;

    @Autowired
    AsOf asOf;

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
            facts.line(
                    "l" + i,
                    "a" + i,
                    "12000",
                    20,
                    "2025-03-01",
                    LocalDate.parse("2027-02-01").plusDays(i).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void liveAndFullAndAsOfAreOneScore(long seed) {
        Random random = new Random(seed);
        Happenings happenings = new Happenings(facts, random, ACCOUNTS);
        for (int i = 0; i < CHANGES; i++) {
            happenings.one(i, clock.instant());
            if (random.nextInt(3) == 0) {
                clock.moveBy(Duration.ofMinutes(random.nextInt(3_000)));
            }
            if (random.nextInt(2) == 0) {
                live.drain();
            }
        }
        live.drain();

        Map<AccountId, String> lived = stored();
        assertThat(lived).hasSize(ACCOUNTS);
        assertThat(asOfNow()).isEqualTo(lived);
        full.all();
        assertThat(stored()).isEqualTo(lived);
    }

    private Map<AccountId, String> stored() {
        Map<AccountId, String> scores = new LinkedHashMap<>();
        database.sql(
                        "select account_id, exact_score as score, band, exact_coverage as coverage from accounts.overview order by 1")
                .query(row -> {
                    scores.put(
                            new AccountId(row.getObject("account_id", UUID.class)),
                            row.getDouble("score") + " " + row.getString("band") + " " + row.getDouble("coverage"));
                });
        return scores;
    }

    private Map<AccountId, String> asOfNow() {
        Map<AccountId, String> scores = new LinkedHashMap<>();
        asOf.of(accounts, clock.instant())
                .forEach(found -> scores.put(
                        found.account(),
                        found.score().value() + " " + found.score().band() + " "
                                + found.score().coverage()));
        return scores;
    }
}
