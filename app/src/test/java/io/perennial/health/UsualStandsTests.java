package io.perennial.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.model.DefaultModels;
import io.perennial.health.model.ModelProblem;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.health.scoring.Models;
import io.perennial.health.scoring.RecomputeJob;
import io.perennial.platform.records.Records;
import io.perennial.shared.Actor;
import io.perennial.world.PerennialTest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who publishes weights says what matters, not what is usual: customers stay compared with the same figures. */
@PerennialTest
class UsualStandsTests {

    private static final int ACCOUNTS = 24;

    @Autowired
    Records records;

    @Autowired
    LiveScoring live;

    @Autowired
    Models models;

    @Autowired
    RecomputeJob full;

    @Autowired
    JdbcClient database;

    private Facts facts;

    @BeforeEach
    void aSmallCompany() {
        facts = new Facts(records);
        for (int i = 0; i < ACCOUNTS; i++) {
            facts.account("a" + i, "Account " + i, i % 2 == 0 ? "SMB" : "Enterprise");
            facts.line("l" + i, "a" + i, "12000", 20, "2025-03-01", "2027-02-01");
            facts.call("t" + i, "a" + i, "2026-10-" + (10 + i % 9) + "T10:00:00Z");
        }
        live.drain();
        full.all();
        for (int i = 0; i < ACCOUNTS; i++) {
            facts.call("u" + i, "a" + i, "2026-11-20T10:00:00Z");
        }
        live.drain();
    }

    @Test
    void otherWeightsLeaveWhatIsUsualAsItWas() throws ModelProblem {
        String text = DefaultModels.standard().text();
        List<@Nullable String> before = usual(1);

        publish(text.replaceFirst("weight: 14", "weight: 3").replaceFirst("half_life_days: 14", "half_life_days: 40"));
        full.all();

        assertThat(before).isNotEmpty();
        assertThat(usual(2)).isEqualTo(before);
    }

    @Test
    void anotherCurveIsCountedAnew() throws ModelProblem {
        String text = DefaultModels.standard().text();
        String other = text.replaceFirst(
                "(measure: days_since_conversation[^\\n]*\\n[^\\n]*\\n[^\\n]*\\n +curve: \\[)[^\\]]*",
                "$10 -> 90, 100 -> 10");
        assertThat(other).isNotEqualTo(text);

        publish(other);
        full.all();

        assertThat(usual(2)).isNotEmpty().isNotEqualTo(usual(1));
    }

    @Test
    void anotherExpiryIsCountedAnew() throws ModelProblem {
        publish(DefaultModels.standard().text().replace("expires_after_days: ", "expires_after_days: 1"));
        full.all();
        List<@Nullable String> longer = usual(2);

        assertThat(longer).isNotEmpty().isNotEqualTo(usual(1));
    }

    private void publish(String text) throws ModelProblem {
        UUID draft = models.draft("Standard", text, Actor.SYSTEM);
        models.publish(draft, "A test of another opinion", Actor.SYSTEM);
    }

    private List<@Nullable String> usual(int version) {
        return database.sql("""
                        select concat_ws(' ', n.valid_from, n.segment, n.measure, n.mean) from health.norms n
                        join health.model_version m on m.id = n.model_version and m.version = :version
                        order by n.valid_from, n.segment, n.measure
                        """).param("version", version).query(String.class).list();
    }
}
