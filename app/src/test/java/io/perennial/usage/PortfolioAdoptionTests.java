package io.perennial.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.scoring.LiveScoring;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.usage.FeatureCatalogue.Feature;
import io.perennial.usage.counting.Count;
import io.perennial.usage.counting.CountedUse;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.time.Duration;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@PerennialTest
class PortfolioAdoptionTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Autowired
    AdoptionRenewal renewal;

    @Autowired
    FeatureCatalogue catalogue;

    @Autowired
    CountedUse counted;

    @Autowired
    LiveScoring scoring;

    @Autowired
    MovableClock clock;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    People people;

    Book book;
    UsageFacts facts;

    /** Harbor pays most for nothing, Quill uses everything, Vesta has no seats. */
    @BeforeEach
    void threeCustomers() {
        book = new Book(database);
        facts = new UsageFacts(records);
        account("harbor", "Enterprise", 100);
        account("quill", "SMB", 2);
        AccountId vesta = book.account("vesta", "Vesta");
        segment(vesta, "SMB");
        use("harbor", "export", 20);
        use("quill", "export", 2);
        use("quill", "reports", 1);
        use("vesta", "reports", 5);
    }

    @Test
    void nobodyIsComparedBeforeAnythingIsKnown() {
        assertThat(people.admin().get("/adoption").body()).contains("Nothing to compare yet");
    }

    @Test
    void whoPaysMostForNothingStandsFirst() {
        known();

        String page = people.admin().get("/adoption").body();

        assertThat(page)
                .containsSubsequence(
                        "22 of 102", "in 3 accounts", "80", "9,600", "harbor</a>", "20 of 100", "quill</a>");
        assertThat(people.admin().get("/adoption?sort=-unused_arr").body())
                .containsSubsequence("quill</a>", "harbor</a>");
    }

    @Test
    void aFeatureLeadsToTheAccountsWithoutIt() {
        known();

        String page = people.admin().get("/adoption?without=" + id("reports")).body();

        assertThat(people.admin().get("/adoption").body())
                .contains("1<span class=\"visually-hidden\"> accounts without reports");
        assertThat(people.admin().get("/adoption?only=unused").body())
                .contains("1<span class=\"visually-hidden\"> accounts without reports");
        assertThat(page).contains("Without reports", "harbor</a>").doesNotContain("quill</a>", "Vesta</a>");
        assertThat(people.admin().get("/adoption?sort=f" + id("reports")).body())
                .containsSubsequence("harbor</a>", "quill</a>", "Vesta</a>");
    }

    @Test
    void aSegmentIsComparedWithItself() {
        known();

        String page = people.admin().get("/adoption?segment=SMB").body();

        assertThat(page).contains("Median of SMB", "quill</a>", "Vesta</a>").doesNotContain("harbor</a>");
    }

    @Test
    void accountsThatUseLessThanHalfAreOneStepAway() {
        known();

        assertThat(people.admin().get("/adoption?only=half").body())
                .contains("harbor</a>")
                .doesNotContain("quill</a>", "Vesta</a>");
        assertThat(people.admin().get("/adoption?only=silent").body()).contains("No account here");
    }

    @Test
    void whoSeesOnlyTheOwnAccountsCountsOnlyThose() {
        Visitor ana = people.csmWithOwnAccounts("Ana Reyes");
        database.sql("update accounts.account set owner_id = :ana where external_id = 'quill'")
                .param("ana", ana.id())
                .update();
        known();

        String page = ana.get("/adoption").body();

        assertThat(page).contains("2 of 2 in 1 account", "quill</a>").doesNotContain("harbor</a>", "Vesta</a>");
        assertThat(ana.get("/adoption?only=half").body()).doesNotContain("harbor");
    }

    @Test
    void nonsenseInTheAddressIsLeftOut() {
        known();

        assertThat(people.admin()
                        .get("/adoption?sort=f999999999999&page=-3&owner=x&only=y&without=z&level=q")
                        .statusCode())
                .isEqualTo(200);
        assertThat(people.admin().get("/adoption?page=99999").body()).contains("No account here");
    }

    @Test
    void anAccountThatIsNoCustomerAnyMoreLeavesThePortfolio() {
        known();
        database.sql("update contracts.contract_line set ends_on = '2026-08-01'")
                .update();
        database.sql("delete from usage.daily").update();
        clock.moveBy(Duration.ofMinutes(1));
        known();

        assertThat(people.admin().get("/adoption").body()).doesNotContain("harbor</a>");
    }

    @Test
    void aFeatureOfEventsWaitsForReviewAndKeepsWhatIsSaidAboutIt() {
        known();
        transactions.executeWithoutResult(status -> counted.add(
                List.of(new Count(
                        accountOf("harbor"),
                        TODAY.minusDays(1),
                        "ada",
                        "Clicked Thing",
                        "source:1",
                        1,
                        new BitSet(288))),
                clock.instant()));
        Visitor leader = people.leader();
        assertThat(leader.get("/usage/features").body()).contains("One feature is new", "for review");

        int id = id("Clicked Thing");
        var answer =
                leader.post("/usage/features/" + id, Map.of("name", "Things", "area", "Work", "level", "advanced"));

        assertThat(answer.statusCode()).isEqualTo(302);
        Feature reviewed = feature("Clicked Thing");
        assertThat(reviewed.name()).isEqualTo("Things");
        assertThat(reviewed.level()).isEqualTo("advanced");
        assertThat(reviewed.reviewedAt()).isNotNull();
        facts.row(
                "harbor", TODAY.minusDays(1).toString(), Map.of("feature", "Clicked Thing", "feature_level", "basic"));
        facts.written();
        assertThat(feature("Clicked Thing").level())
                .as("files do not overrule people")
                .isEqualTo("advanced");
    }

    @Test
    void whatWasSaidAboutAFeatureCanBeTakenBack() {
        known();
        Visitor leader = people.leader();
        leader.post("/usage/features/" + id("export"), Map.of("name", "Data out", "hidden", "true"));
        assertThat(leader.get("/adoption").body()).doesNotContain("Data out", ">export<");

        UUID change = database.sql("select id from platform.change where kind = 'feature'")
                .query(UUID.class)
                .single();
        leader.post("/changes/" + change + "/undo", Map.of());

        assertThat(feature("export").name()).isEqualTo("export");
        assertThat(feature("export").hidden()).isFalse();
        assertThat(leader.get("/adoption").body()).contains(">export<");
    }

    @Test
    void onlyLeadersChangeTheCatalogue() {
        known();

        assertThat(people.csm("Ana Reyes")
                        .post("/usage/features/" + id("export"), Map.of("name", "x"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(people.leader()
                        .post("/usage/features/" + id("export"), Map.of("level", "expert"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(feature("export").name()).isEqualTo("export");
    }

    private void account(String name, String segment, int seats) {
        AccountId account = book.account(name, name);
        segment(account, segment);
        book.line(account, "1000", "2026-01-01").seats(seats).add();
    }

    private void segment(AccountId account, String segment) {
        database.sql("update accounts.account set segment = :segment where id = :id")
                .param("segment", segment)
                .param("id", account.value())
                .update();
    }

    private void use(String account, String feature, int users) {
        facts.row(
                account,
                TODAY.minusDays(2).toString(),
                Map.of("feature", feature, "events", 3 * users, "users", users));
    }

    private AccountId accountOf(String externalId) {
        return new AccountId(database.sql("select id from accounts.account where external_id = :id")
                .param("id", externalId)
                .query(UUID.class)
                .single());
    }

    private Feature feature(String said) {
        return catalogue.all().stream()
                .filter(feature -> feature.said().equals(said))
                .findFirst()
                .orElseThrow();
    }

    private int id(String said) {
        return feature(said).id();
    }

    private void known() {
        facts.written();
        database.sql("insert into accounts.changed select id, now() from accounts.account on conflict do nothing")
                .update();
        scoring.drain();
        renewal.renew(clock.instant(), TODAY, (done, total) -> {});
    }
}
