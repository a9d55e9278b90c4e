package io.perennial.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.health.scoring.LiveScoring;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.usage.FeatureCatalogue.Feature;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@PerennialTest
class KeyActionTests {

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
    LiveScoring scoring;

    @Autowired
    MovableClock clock;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    People people;

    UsageFacts facts;

    @Autowired
    KeyActionTimeline timeline;

    Visitor leader;
    AccountId harbor;

    /** Forty logins invite a colleague within 5 to 24 days after the first board, and go on using it. */
    @BeforeEach
    void aCustomerWhoseUsersFinishInThreeWeeks() {
        facts = new UsageFacts(records);
        harbor = new Book(database).account("harbor", "Harbor");
        use("old", 300, "board");
        use("old", 300, "invite");
        for (int login = 0; login < 40; login++) {
            use("usual-" + login, 100, "board");
            use("usual-" + login, 95 - login % 20, "invite");
            use("usual-" + login, 93 - login % 20, "invite");
        }
        leader = people.leader();
    }

    @Test
    void usualTimesAreThoseOfWhoFinished() {
        known(null);

        assertThat(leader.get("/adoption/key-actions").body())
                .containsSubsequence("First colleague", "14 days", "20 days", "23 days");
        assertThat(timeline.entries(harbor, clock.instant(), 20))
                .singleElement()
                .satisfies(entry -> assertThat(entry.at() + " " + entry.title() + ", " + entry.detail())
                        .isEqualTo("2026-08-21T00:00:00Z Done for the first time: First colleague,"
                                + " 5 days after the start, by 40 people until now"));
    }

    @Test
    void whoTakesLongerIsSlowAndThenStuck() {
        use("young", 3, "board");
        use("late", 25, "board");
        use("late", 4, "other");
        use("later", 41, "board");
        use("later", 2, "board");
        known(null);

        assertThat(state("young")).isEqualTo("running");
        assertThat(state("late")).as("24 days: longer than four of five").isEqualTo("slow");
        assertThat(state("later"))
                .as("40 days: longer than anybody who finished")
                .isEqualTo("stuck");
        assertThat(leader.get("/adoption/key-actions?action=" + action() + "&state=STUCK")
                        .body())
                .containsSubsequence("Harbor</a>", "later", "14 Oct 2026");
    }

    @Test
    void whoWorksOnWithoutFinishingIsStuckAndWhoLeftHasGivenUp() {
        use("stuck", 90, "board");
        use("stuck", 2, "board");
        use("left", 90, "board");
        known(null);

        assertThat(state("stuck")).isEqualTo("stuck");
        assertThat(state("left")).isEqualTo("abandoned");
    }

    @Test
    void whoWasFasterThanAnybodyAndNeverCameBackIsSuspicious() {
        use("quick", 50, "board");
        use("quick", 50, "invite");
        use("keen", 50, "board");
        use("keen", 50, "invite");
        use("keen", 46, "invite");
        for (int login = 0; login < 30; login++) {
            use("more-" + login, 80, "board");
            use("more-" + login, 70, "invite");
        }
        known(null);

        assertThat(state("quick")).isEqualTo("quick");
        assertThat(state("keen")).isEqualTo("done");
    }

    @Test
    void whatWePromiseWinsOverWhatIsUsual() {
        use("young", 9, "board");
        use("older", 14, "board");
        known("5");

        assertThat(state("young")).isEqualTo("slow");
        assertThat(state("older")).as("more than twice as long").isEqualTo("stuck");
    }

    @Test
    void aPromiseMayBeHoursOrMinutes() {
        known("90 min");

        assertThat(leader.get("/adoption/key-actions").body()).containsSubsequence("First colleague", "90 min");
    }

    @Test
    void whoTakesNoStepForThreeUsualStepTimesIsStuck() {
        for (int login = 0; login < 10; login++) {
            use("never-" + login, 110, "board");
            for (int ago = 105; ago > 0; ago -= 5) {
                use("never-" + login, ago, "board");
            }
        }
        use("waits", 60, "board");
        use("tries", 60, "board");
        for (int ago = 55; ago > 0; ago -= 5) {
            use("waits", ago, "other");
            use("tries", ago, "board");
        }
        known(null);

        assertThat(usual("", "q95")).as("one in six never finishes").isNull();
        assertThat(state("waits")).isEqualTo("stuck");
        assertThat(state("tries")).as("longer than anybody who finished").isEqualTo("stuck");
    }

    @Test
    void whoLeavesIsLearnedFromWhoCameBack() {
        use("away", 20, "board");
        known(null);
        assertThat(database.sql("select away_days from usage.key_action")
                        .query(Integer.class)
                        .single())
                .as("nine of ten breaks were no longer")
                .isEqualTo(20);
        assertThat(state("away")).isNotEqualTo("abandoned");

        clock.moveBy(Duration.ofDays(3));
        use("somebody", -1, "other");
        facts.written();
        transactions.executeWithoutResult(status -> measures.seal(clock.instant(), TODAY.plusDays(3)));
        renewal.renew(clock.instant(), TODAY.plusDays(3), (done, total) -> {});

        assertThat(state("away")).isEqualTo("abandoned");
    }

    @Test
    void aSegmentInWhichFewFinishedIsDrawnToEverybody() {
        new Book(database).account("quill", "Quill");
        for (int login = 0; login < 4; login++) {
            facts.use("quill", TODAY.minusDays(60).toString(), "board", "quick-" + login, 1);
            facts.use("quill", TODAY.minusDays(58).toString(), "invite", "quick-" + login, 1);
        }
        database.sql("""
                insert into accounts.changed select id, now() from accounts.account on conflict do nothing
                """).update();
        database.sql("update accounts.account set segment = case external_id when 'quill' then 'SMB' else 'Large' end")
                .update();
        facts.written();
        scoring.drain();
        known(null);

        assertThat(usual("Large", "q50")).isEqualTo(14 * 86_400L);
        assertThat(database.sql("select fitted from usage.key_action_usual where segment = 'SMB'")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(usual("SMB", "q50"))
                .as("between its own two days and everybody's")
                .isBetween(4 * 86_400L, 13 * 86_400L);
        assertThat(leader.get("/adoption/key-actions?action=" + action()).body())
                .containsSubsequence("how long it takes", "Everybody", "Large", "own times", "SMB", "fitted curve");
    }

    @Test
    void theForecastIsThatOfTheCurve() {
        use("young", 9, "board");
        known(null);

        // 8 days gone: 32 of 40 took longer than 8 days, 6 of them longer than 22; one is at it, no longer than that.
        assertThat(database.sql("select chance from usage.key_action_run where state = 'running'")
                        .query(Double.class)
                        .single())
                .isCloseTo(1 - 4.0 / 32, within(1e-6));
    }

    @Test
    void aStartWhereTheFactsBeginIsNoStart() {
        known(null);

        assertThat(database.sql("""
                select count(*) from usage.key_action_run r join usage.product_user u on u.id = r.user_id
                where u.external_id = 'old'
                """).query(Integer.class).single()).isZero();
    }

    @Test
    void anAccountWhoseFactsNameNobodyIsOneRun() {
        new Book(database).account("quill", "Quill");
        facts.row("quill", TODAY.minusDays(40).toString(), Map.of("feature", "board", "events", 3, "users", 2));
        facts.row("quill", TODAY.minusDays(30).toString(), Map.of("feature", "invite", "events", 3, "users", 2));
        known(null);

        String page = leader.get("/adoption/key-actions?action=" + action() + "&state=DONE")
                .body();

        assertThat(page).containsSubsequence("Quill</a>", "the account", "15 Oct 2026", "25 Oct 2026");
    }

    @Test
    void onlyTheOwnAccountsAreCounted() {
        known(null);
        Visitor ana = people.csmWithOwnAccounts("Ana Reyes");

        String page = ana.get("/adoption/key-actions?action=" + action() + "&state=DONE")
                .body();

        assertThat(page).contains("First colleague", "Nobody.").doesNotContain("Harbor");
    }

    @Test
    void leadersDefineAndRetire() {
        known(null);

        assertThat(define("Same", id("board"), id("board"), "").statusCode()).isEqualTo(422);
        assertThat(define("Other", id("board"), id("invite"), "soon").statusCode())
                .isEqualTo(422);
        leader.post("/adoption/key-actions/" + action() + "/retirement", Map.of());

        assertThat(leader.get("/adoption/key-actions").body()).contains("No key action yet");
    }

    private void use(String login, int ago, String feature) {
        facts.use("harbor", TODAY.minusDays(ago).toString(), feature, login, 1);
    }

    private void known(@Nullable String expected) {
        use("somebody", 1, "other");
        facts.written();
        transactions.executeWithoutResult(status -> measures.seal(clock.instant(), TODAY));
        define("First colleague", id("board"), id("invite"), expected == null ? "" : expected);
        renewal.renew(clock.instant(), TODAY, (done, total) -> {});
    }

    private HttpResponse<String> define(String name, int start, int finish, String expected) {
        return leader.post(
                "/adoption/key-actions",
                Map.of("name", name, "start", "" + start, "finish", "" + finish, "expected", expected));
    }

    private int id(String said) {
        return catalogue.all().stream()
                .filter(feature -> feature.said().equals(said))
                .mapToInt(Feature::id)
                .findFirst()
                .orElseThrow();
    }

    private String action() {
        return database.sql("select id::text from usage.key_action")
                .query(String.class)
                .single();
    }

    private @Nullable Long usual(String segment, String quantile) {
        return database.sql("select " + quantile + " from usage.key_action_usual where segment = :segment")
                .param("segment", segment)
                .query((row, number) -> Optional.ofNullable(row.getObject(1, Long.class)))
                .single()
                .orElse(null);
    }

    private String state(String login) {
        return database.sql("""
                select r.state from usage.key_action_run r join usage.product_user u on u.id = r.user_id
                where u.external_id = :login
                """).param("login", login).query(String.class).single();
    }
}
