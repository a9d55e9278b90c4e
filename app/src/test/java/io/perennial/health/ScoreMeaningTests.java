package io.perennial.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.model.Band;
import io.perennial.health.scoring.ModelVersion;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.world.PerennialTest;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class ScoreMeaningTests {

    private static final String END = "2026-06-30";

    @Autowired
    Records records;

    @Autowired
    HealthModels models;

    @Autowired
    ScoreMeaning meaning;

    @Autowired
    JdbcClient database;

    private Facts facts;
    private ModelVersion standard;

    @BeforeEach
    void theStandardModel() {
        facts = new Facts(records);
        standard = models.all().getFirst();
    }

    @Test
    void coloursMeanHowRenewalsEndedNinetyDaysLater() {
        for (int i = 0; i < 20; i++) {
            customer("red-" + i, Band.AT_RISK, i < 8);
            customer("green-" + i, Band.HEALTHY, i >= 2);
        }

        ScoreMeaning.Meaning found = meaning.of(standard);

        assertThat(found.statement()).startsWith("From 40 decided renewals");
        assertThat(found.bands()).extracting(BandMeaning::band).containsExactly(Band.AT_RISK, Band.HEALTHY);
        BandMeaning red = found.bands().getFirst();
        assertThat(red.decided()).isEqualTo(20);
        assertThat(red.lost()).isEqualTo(0.6);
        assertThat(red.low()).isBetween(0.4, 0.45);
        assertThat(red.high()).isBetween(0.75, 0.8);
        assertThat(found.bands().getLast().lost()).isEqualTo(0.1);
    }

    @Test
    void aColourThatCameWithTheNoticeForetoldNothing() {
        AccountId late = customer("late", Band.HEALTHY, false);
        coloured(late, Band.AT_RISK, LocalDate.parse(END).minusDays(40));
        AccountId early = customer("early", Band.HEALTHY, false);
        facts.put("cancellations", "c1", Map.of("account", "early", "cancelled_on", "2026-01-15"));

        assertThat(meaning.of(standard).decided())
                .as("early had no colour by then")
                .isEqualTo(1);
        assertThat(early).isNotEqualTo(late);
    }

    @Test
    void fewDecisionsMeanNothing() {
        for (int i = 0; i < 29; i++) {
            customer("few-" + i, Band.WATCH, i > 0);
        }

        assertThat(meaning.of(standard).bands()).isEmpty();
        assertThat(meaning.of(standard).statement()).startsWith("Not enough history: 29 of 30 decided renewals");
    }

    /** With a year that ended in June, coloured in February. */
    private AccountId customer(String name, Band band, boolean renewed) {
        AccountId account = facts.account(name, name, "Mid-market");
        facts.line(name + "-1", name, "1000", 10, "2025-07-01", END);
        if (renewed) {
            facts.line(name + "-2", name, "1000", 10, "2026-07-10", "2027-06-30");
        }
        coloured(account, band, LocalDate.parse("2026-02-10"));
        return account;
    }

    private void coloured(AccountId account, Band band, LocalDate day) {
        database.sql("""
                insert into health.score_change (account_id, at, score, band, coverage, model_version, contributions)
                values (:account, :at, 50, :band, 1, :version, '{}')
                """)
                .param("account", account.value())
                .param("at", OffsetDateTime.parse(day + "T03:00:00Z"))
                .param("band", band.name())
                .param("version", standard.id())
                .update();
    }
}
