package io.perennial.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.usage.FeatureCatalogue.Feature;
import io.perennial.usage.counting.Count;
import io.perennial.usage.counting.CountedUse;
import io.perennial.usage.counting.Silences;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Events say to the second when somebody used something, and key actions are timed by them. */
@PerennialTest
class KeyActionTimesTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Autowired
    AdoptionRenewal renewal;

    @Autowired
    UsageMeasures measures;

    @Autowired
    FeatureCatalogue catalogue;

    @Autowired
    CountedUse counted;

    @Autowired
    Silences silences;

    @Autowired
    MovableClock clock;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    People people;

    AccountId harbor;

    @BeforeEach
    void aKeyActionOfTwoFeatures() {
        harbor = new Book(database).account("harbor", "Harbor");
        new UsageFacts(records)
                .use("harbor", TODAY.minusDays(300).toString(), "board", "old", 1)
                .use("harbor", TODAY.minusDays(300).toString(), "invite", "old", 1)
                .use("harbor", TODAY.minusDays(1).toString(), "other", "old", 1)
                .written();
        people.leader()
                .post(
                        "/adoption/key-actions",
                        Map.of(
                                "name",
                                "First colleague",
                                "start",
                                "" + id("board"),
                                "finish",
                                "" + id("invite"),
                                "expected",
                                ""));
    }

    @Test
    void whatTakesSecondsIsTimedInSeconds() {
        for (int login = 0; login < 40; login++) {
            event("user-" + login, 20, "09:00:00", "board");
            event("user-" + login, 20, "09:00:" + (10 + login), "invite");
        }
        known();

        assertThat(seconds("user-7")).isEqualTo(17);
        assertThat(people.leader()
                        .get("/adoption/key-actions?action=" + action() + "&state=DONE")
                        .body())
                .containsSubsequence(
                        "First colleague", "29 s", "41 s", "47 s", "user-7", "4 Nov 2026, 09:00 UTC", "17 s");
    }

    @Test
    void onlyWhatCameAfterTheStartFinishes() {
        event("before", 20, "08:00:00", "invite");
        event("before", 20, "09:00:00", "board");
        event("before", 19, "10:00:00", "invite");
        event("around", 20, "08:00:00", "invite");
        event("around", 20, "09:00:00", "board");
        event("around", 20, "09:30:00", "invite");
        event("never", 20, "08:00:00", "invite");
        event("never", 20, "09:00:00", "board");
        known();

        assertThat(seconds("before")).isEqualTo(25 * 3_600);
        assertThat(seconds("around")).isEqualTo(30 * 60);
        assertThat(seconds("never")).as("open to the end of yesterday").isEqualTo(20 * 86_400 - 9 * 3_600);
        assertThat(finished("never")).isFalse();
    }

    @Test
    void eventsThatComeLateAndInAnyOrderMoveTheTimes() {
        event("ada", 20, "09:30:00", "board");
        event("ada", 20, "11:00:00", "invite");
        event("ada", 20, "09:10:00", "board");
        event("ada", 20, "10:00:00", "invite");
        known();

        assertThat(seconds("ada")).isEqualTo(50 * 60);
    }

    @Test
    void whereOnlyOneOfTheTwoIsKnownToTheSecondDaysCount() {
        event("ada", 20, "09:30:00", "board");
        new UsageFacts(records)
                .use("harbor", TODAY.minusDays(17).toString(), "invite", "ada", 1)
                .written();
        known();

        assertThat(seconds("ada")).isEqualTo(3 * 86_400);
    }

    @Test
    void noTimeGoesByWhileTheSourceIsSilent() {
        event("ada", 20, "12:00:00", "board");
        for (int ago = 19; ago > 10; ago--) {
            event("ada", ago, "12:00:00", "other");
        }
        silences.begin("source:1", "Planner", TODAY.minusDays(10).atTime(9, 0).toInstant(ZoneOffset.UTC), false);
        silences.tell("source:1", clock.instant());
        known();

        assertThat(seconds("ada"))
                .as("from noon, to the end of the last day known")
                .isEqualTo(9 * 86_400 + 43_200);
        assertThat(database.sql("select state from usage.key_action_run")
                        .query(String.class)
                        .single())
                .isEqualTo("running");
        assertThat(people.leader().get("/adoption/key-actions").body()).contains("source Planner is silent since");
    }

    private void event(String login, int ago, String time, String feature) {
        int second = LocalTime.parse(time).toSecondOfDay();
        BitSet slots = new BitSet();
        slots.set(second / 300);
        Count count = new Count(harbor, TODAY.minusDays(ago), login, feature, "source:1", 1, slots, second, second);
        transactions.executeWithoutResult(status -> counted.add(List.of(count), clock.instant()));
    }

    private void known() {
        transactions.executeWithoutResult(status -> measures.seal(clock.instant(), TODAY));
        renewal.renew(clock.instant(), TODAY, (done, total) -> {});
    }

    private long seconds(String login) {
        return database.sql("""
                select r.seconds from usage.key_action_run r join usage.product_user u on u.id = r.user_id
                where u.external_id = :login
                """).param("login", login).query(Long.class).single();
    }

    private boolean finished(String login) {
        return database.sql("""
                select r.finished_on is not null from usage.key_action_run r
                join usage.product_user u on u.id = r.user_id where u.external_id = :login
                """).param("login", login).query(Boolean.class).single();
    }

    private String action() {
        return database.sql("select id::text from usage.key_action")
                .query(String.class)
                .single();
    }

    private int id(String said) {
        return catalogue.all().stream()
                .filter(feature -> feature.said().equals(said))
                .mapToInt(Feature::id)
                .findFirst()
                .orElseThrow();
    }
}
