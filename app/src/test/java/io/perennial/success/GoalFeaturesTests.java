package io.perennial.success;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.scoring.LiveScoring;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.usage.UsageFacts;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The first red flag: Harbor works as much as ever, but not any more with the feature that it bought the product for. Today is the
 * 24th of November 2026.
 */
@PerennialTest
class GoalFeaturesTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Autowired
    LiveScoring live;

    @Autowired
    PlanTasks tasks;

    @Autowired
    MovableClock clock;

    @Autowired
    People people;

    AccountId harbor;
    Visitor ana;
    Visitor ben;

    @BeforeEach
    void harborTurnedFromForecastsToNotes() {
        Book book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight");
        AccountId peer = book.account("peer", "Peer");
        book.line(harbor, "1000", "2026-01-01").add();
        book.line(peer, "1000", "2026-01-01").add();
        ana = people.csm("Ana Reyes");
        ben = people.csm("Ben Carter");
        database.sql("update accounts.account set owner_id = :ben")
                .param("ben", ben.id())
                .update();
        UsageFacts facts = new UsageFacts(records);
        for (int ago = 100; ago >= 1; ago--) {
            String day = TODAY.minusDays(ago).toString();
            boolean now = ago <= 30;
            facts.use("harbor", day, "forecast", "ada", now ? 4 : 40);
            facts.use("harbor", day, "notes", "ada", now ? 96 : 60);
            facts.use("peer", day, "forecast", "bo", 40);
            facts.use("peer", day, "notes", "bo", 60);
        }
        facts.written();
    }

    private String plan(String features) {
        String page = ana.post(
                        "/success-plans",
                        Map.of(
                                "account",
                                harbor.toString(),
                                "key",
                                "one",
                                "name",
                                "Stock that lasts",
                                "owner",
                                ana.id().toString()))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(ana.post(page + "/features", Map.of("feature", features)).statusCode())
                .isEqualTo(302);
        return page;
    }

    private void drain() {
        clock.moveBy(Duration.ofMinutes(1));
        live.drain();
    }

    private List<String> signals() {
        return database.sql(
                        "select cause || ': ' || evidence from health.signal where state = 'open' and cause like '%falling%'")
                .query((row, number) -> row.getString(1))
                .list();
    }

    private List<UUID> owners() {
        return database.sql("select owner_id from engagement.task order by created_at")
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    @Test
    void aFallOfGoalFeaturesIsTheFirstRedFlagWhileUseStaysLevelAndThePlansOwnerGetsOneTask() {
        String page = plan("forecast");
        drain();

        assertThat(signals())
                .singleElement()
                .asString()
                .startsWith(
                        "goal_features_falling: use of forecast for the customer's goals down 90 % since 25 October 2026");
        assertThat(tasks.answerFlags()).isEqualTo(1);
        assertThat(tasks.answerFlags()).as("asked again, nothing more").isZero();
        drain();
        tasks.answerFlags();
        assertThat(owners()).as("who leads the plan, not who owns the account").containsExactly(ana.id());
        assertThat(ana.get(page).body()).contains("used less: call");
        assertThat(ana.get("/signals").body())
                .contains("What serves their goals is used less")
                .doesNotContain("Use is falling");
        assertThat(ana.get("/accounts/" + harbor).body()).contains("used less: call");
    }

    @Test
    void withoutAPlanOrWithFeaturesThatStayNothingIsRaisedAndAClosedPlanEndsIt() {
        drain();
        assertThat(signals()).isEmpty();
        String page = plan("notes");
        drain();
        assertThat(signals()).as("these rose").isEmpty();

        ana.post(page + "/features", Map.of("feature", "forecast"));
        assertThat(ana.post(page + "/features?feature=forecast", Map.of("feature", "no-such-feature"))
                        .statusCode())
                .as("one that is watched already excuses none that is not there")
                .isEqualTo(422);
        drain();
        assertThat(signals()).hasSize(1);
        ana.post(page + "/state", Map.of("state", "closed", "result", "They plan by hand now"));
        drain();
        assertThat(signals()).isEmpty();
        assertThat(ana.post(page + "/features", Map.of("feature", "no-such-feature"))
                        .statusCode())
                .isEqualTo(422);
    }
}
