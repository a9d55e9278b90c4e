package io.perennial.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.usage.FeatureCatalogue.Feature;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.time.LocalDate;
import java.util.Map;
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
    MovableClock clock;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    People people;

    UsageFacts facts;
    Visitor leader;
    AccountId harbor;

    /** Twenty logins invite a colleague within 5 to 24 days after the first board, and go on using it. */
    @BeforeEach
    void aCustomerWhoseUsersFinishInThreeWeeks() {
        facts = new UsageFacts(records);
        harbor = new Book(database).account("harbor", "Harbor");
        use("old", 300, "board");
        use("old", 300, "invite");
        for (int login = 0; login < 20; login++) {
            use("usual-" + login, 100, "board");
            use("usual-" + login, 95 - login, "invite");
            use("usual-" + login, 93 - login, "invite");
        }
        leader = people.leader();
    }

    @Test
    void usualTimesAreThoseOfWhoFinished() {
        known(null);

        assertThat(leader.get("/adoption/key-actions").body())
                .containsSubsequence("First colleague", "14 days", "20 days", "23 days");
    }

    @Test
    void whoTakesLongerIsSlowAndThenStuck() {
        use("young", 3, "board");
        use("late", 25, "board");
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
    void whatWePromiseDecidesWhoIsSlow() {
        use("young", 9, "board");
        known(5);

        assertThat(state("young")).isEqualTo("slow");
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

    private void known(@Nullable Integer expected) {
        use("somebody", 1, "other");
        facts.written();
        transactions.executeWithoutResult(status -> measures.seal(clock.instant(), TODAY));
        define("First colleague", id("board"), id("invite"), expected == null ? "" : expected.toString());
        renewal.renew(clock.instant(), TODAY, (done, total) -> {});
    }

    private java.net.http.HttpResponse<String> define(String name, int start, int finish, String expected) {
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

    private String state(String login) {
        return database.sql("""
                select r.state from usage.key_action_run r join usage.product_user u on u.id = r.user_id
                where u.external_id = :login
                """).param("login", login).query(String.class).single();
    }
}
