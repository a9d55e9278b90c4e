package io.perennial.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.model.Band;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.health.scoring.Parked;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class LiveScoringTests {

    @Autowired
    Records records;

    @Autowired
    LiveScoring live;

    @Autowired
    Health health;

    @Autowired
    Parked parked;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient database;

    private Facts facts;

    @BeforeEach
    void anEmptyCompany() {
        facts = new Facts(records);
    }

    @Test
    void theLoopLivesFromItsStartToItsStop() throws InterruptedException {
        for (int time = 0; time < 100; time++) {
            live.start();
            Thread.sleep(2);
            assertThat(live.isRunning()).as("start %d", time).isTrue();
            live.stop();
            assertThat(live.isRunning()).isFalse();
        }
    }

    @Test
    void anAccountThatCannotBeScoredIsParkedAndHoldsNobodyUp() {
        AccountId poisoned = facts.account("bad", "Bad Data Ltd", "");
        for (int i = 0; i < 9; i++) {
            facts.account("good" + i, "Good " + i, "");
        }
        database.sql("alter table health.score add constraint poison check (account_id <> '" + poisoned + "')")
                .update();
        try {
            live.drain();
            assertThat(scored()).isEqualTo(9);
            assertThat(parked.entries()).singleElement().satisfies(entry -> {
                assertThat(entry.name()).isEqualTo("Bad Data Ltd");
                assertThat(entry.error()).contains("poison");
            });
        } finally {
            database.sql("alter table health.score drop constraint poison").update();
        }
        facts.call("t1", "bad", "2026-11-23T10:00:00Z");
        live.drain();
        assertThat(parked.entries()).isEmpty();
        assertThat(scored()).isEqualTo(10);
    }

    @Test
    void sourcesThatWereNeverConnectedLowerNobody() {
        AccountId account = facts.account("acme", "Acme", "");
        facts.contact("dana", "acme", "decision_maker");
        facts.call("t1", "acme", "2026-11-23T10:00:00Z");
        live.drain();
        AccountHealth found = health.of(account).orElseThrow();

        assertThat(found.parts())
                .filteredOn(part ->
                        part.measure().equals("usage_trend") || part.measure().equals("nps"))
                .allSatisfy(part -> {
                    assertThat(part.state()).isEqualTo("not_connected");
                    assertThat(part.contribution()).isZero();
                    assertThat(part.possible()).isZero();
                });
        double connected = found.score().value();

        facts.account("other", "Other", "");
        facts.answer("s1", "other", 2, "2026-11-22T10:00:00Z");
        live.drain();
        assertThat(health.of(account).orElseThrow().score().value()).isEqualTo(connected);
    }

    @Test
    void theExplanationSumsToTheScore() {
        AccountId account = facts.account("acme", "Acme", "SMB");
        facts.line("l1", "acme", "1000", 10, "2025-01-01", "2027-06-01");
        facts.call("t1", "acme", "2026-09-23T10:00:00Z");
        live.drain();
        AccountHealth found = health.of(account).orElseThrow();

        double sum =
                found.parts().stream().mapToDouble(HealthPart::contribution).sum();
        assertThat(Math.round((found.score().norm() + sum) * 100))
                .isEqualTo(Math.round(found.score().value() * 100));
        double earned = found.parts().stream().mapToDouble(HealthPart::earned).sum();
        assertThat(Math.abs(earned - found.score().value())).isLessThan(0.01);
    }

    @Test
    void aNewDayMakesEveryAccountOlder() {
        AccountId account = facts.account("acme", "Acme", "");
        facts.contact("dana", "acme", "decision_maker");
        facts.call("t1", "acme", "2026-11-23T10:00:00Z");
        live.drain();
        double before = health.of(account).orElseThrow().score().value();

        clock.moveBy(Duration.ofDays(60));
        assertThat(live.drain()).isEqualTo(1);
        assertThat(health.of(account).orElseThrow().score().value()).isLessThan(before);
        assertThat(health.asOf(account, Instant.parse("2026-11-24T09:00:00Z"))
                        .orElseThrow()
                        .score()
                        .value())
                .isEqualTo(before);
    }

    @Test
    void onlyWhatChangedIsWrittenToHistory() {
        AccountId account = facts.account("acme", "Acme", "");
        facts.contact("dana", "acme", "decision_maker");
        live.drain();
        facts.put("accounts", "acme", Map.of("website", "https://acme.example"));
        live.drain();
        clock.moveBy(Duration.ofHours(1));
        facts.put("accounts", "acme", Map.of("website", "https://www.acme.example"));
        live.drain();

        assertThat(health.history(account, LocalDate.parse("2026-01-01"))).hasSize(1);
    }

    @Test
    void withLittleKnownThereIsNoColour() {
        AccountId account = facts.account("acme", "Acme", "");
        facts.account("other", "Other", "");
        facts.use("other", "2026-11-20", "u1", 5);
        live.drain();
        assertThat(health.of(account).orElseThrow().band()).isEqualTo(Band.UNKNOWN);
        assertThat(health.of(account).orElseThrow().shown()).isNull();
    }

    private int scored() {
        return database.sql("select count(*) from health.score")
                .query(Integer.class)
                .single();
    }
}
