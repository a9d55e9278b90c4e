package io.perennial.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.scoring.LiveScoring;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import io.perennial.usage.AdoptionView.FeatureAdoption;
import io.perennial.usage.AdoptionView.LoginUse;
import io.perennial.usage.AdoptionView.Milestone;
import io.perennial.usage.AdoptionView.RoleUse;
import io.perennial.usage.counting.Count;
import io.perennial.usage.counting.CountedUse;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@PerennialTest
class AccountAdoptionTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Autowired
    AccountAdoption adoption;

    @Autowired
    AdoptionRenewal renewal;

    @Autowired
    CountedUse counted;

    @Autowired
    LiveScoring scoring;

    @Autowired
    MovableClock clock;

    @Autowired
    TransactionTemplate transactions;

    Book book;
    UsageFacts facts;
    AccountId harbor;

    @BeforeEach
    void aCustomerWithTenSeats() {
        book = new Book(database);
        facts = new UsageFacts(records);
        harbor = account("harbor", 10);
    }

    @Test
    void licencesBoughtAreComparedWithThoseWhoUseThem() {
        use("harbor", 3, "export", "ada", 5);
        use("harbor", 2, "export", "ada", 5);
        use("harbor", 2, "export", "bob", 1);
        use("harbor", 2, "reports", "cem", 1);

        AdoptionView view = known();

        assertThat(view.seats()).isEqualTo(10);
        assertThat(view.activeUsers()).isEqualTo(3);
        assertThat(view.licences()).isEqualTo(300);
        assertThat(view.unused()).isEqualTo(7);
        assertThat(view.unusedArr()).isEqualByComparingTo("8400");
        assertThat(view.stickiness())
                .as("4 days of logins over 28 days of 3 logins")
                .isEqualTo(48);
    }

    @Test
    void aFeatureIsMeasuredByTheShareOfUsersAndByItsPeers() {
        use("harbor", 2, "export", "ada", 5);
        use("harbor", 2, "export", "bob", 1);
        use("harbor", 2, "reports", "cem", 1);
        for (int peer = 0; peer < 3; peer++) {
            account("peer-" + peer, 5);
            use("peer-" + peer, 2, "export", "one", 1);
            use("peer-" + peer, 2, "export", "two", 1);
            use("peer-" + peer, 2, "forecast", "one", 1);
        }

        AdoptionView view = known();

        assertThat(feature(view, "export").share()).isEqualTo(667);
        assertThat(feature(view, "reports").share()).isEqualTo(333);
        assertThat(feature(view, "forecast").share()).as("nobody here").isZero();
        assertThat(feature(view, "export").peers()).isEqualTo(1000);
        assertThat(feature(view, "forecast").peers()).isEqualTo(500);
        assertThat(feature(view, "forecast").behind()).isTrue();
        assertThat(view.peers().accounts()).isEqualTo(4);
        assertThat(view.peers().licences()).isEqualTo(400);
    }

    @Test
    void peersAreTheAccountsOfTheSameSegment() {
        use("harbor", 2, "export", "ada", 5);
        AccountId small = account("small", 5);
        use("small", 2, "import", "ada", 5);
        segment(harbor, "Enterprise");
        segment(small, "SMB");

        AdoptionView view = known();

        assertThat(view.segment()).isEqualTo("Enterprise");
        assertThat(view.peers().accounts()).isEqualTo(1);
        assertThat(view.features()).extracting(FeatureAdoption::name).containsExactly("export");
    }

    @Test
    void filesThatOnlyCountUsersAreReadTheSame() {
        facts.row("harbor", day(3), Map.of("feature", "export", "events", 40, "users", 4));
        facts.row("harbor", day(2), Map.of("feature", "export", "events", 10, "users", 1));
        facts.row("harbor", day(3), Map.of("feature", "reports", "events", 2, "users", 2));

        AdoptionView view = known();

        assertThat(view.licences()).isEqualTo(400);
        assertThat(feature(view, "export").share()).isEqualTo(1000);
        assertThat(feature(view, "reports").share()).isEqualTo(500);
        assertThat(view.stickiness()).as("nobody knows who came back").isNull();
    }

    @Test
    void aCustomerWhoNeverLoggedInHasAllLicencesUnused() {
        account("other", 5);
        use("other", 2, "export", "ada", 1);

        AdoptionView view = known();

        assertThat(view.licences()).isZero();
        assertThat(view.unused()).isEqualTo(10);
    }

    @Test
    void activeUsersAreKnownByTheRolesOfTheirContacts() {
        book.contact(harbor, "ada@harbor.example", "champion|admin", null, null);
        book.contact(harbor, "eva@harbor.example", "decision_maker", null, null);
        use("harbor", 2, "export", "ada@harbor.example", 5);
        use("harbor", 2, "export", "somebody", 5);

        AdoptionView view = known();

        assertThat(view.roles())
                .containsExactly(
                        new RoleUse("admin", 1, 1),
                        new RoleUse("champion", 1, 1),
                        new RoleUse("decision_maker", 1, 0),
                        new RoleUse("", 0, 1));
    }

    @Test
    void peopleWhoStoppedAreTheUnusedLicences() {
        use("harbor", 60, "export", "gone", 5);
        use("harbor", 28, "export", "ada", 1);
        use("harbor", 2, "export", "ada", 1);
        use("harbor", 2, "reports", "ada", 1);

        AdoptionView view = known();

        assertThat(view.logins()).containsExactly(new LoginUse("ada", null, List.of(), TODAY.minusDays(2), 2, 2));
        assertThat(view.idle()).extracting(LoginUse::login).containsExactly("gone");
        assertThat(view.idle().getFirst().lastSeen()).isEqualTo(TODAY.minusDays(60));
    }

    @Test
    void firstUsesAreMilestonesSinceTheCustomerCame() {
        database.sql("update accounts.account set customer_since = :day where id = :id")
                .param("day", TODAY.minusDays(100))
                .param("id", harbor.value())
                .update();
        account("older", 1);
        use("older", 200, "export", "bob", 1);
        facts.row("harbor", day(90), Map.of("feature", "export", "user", "ada", "events", 1));
        facts.row("harbor", day(40), Map.of("feature", "api", "feature_level", "advanced", "user", "ada", "events", 1));
        use("harbor", 2, "export", "ada", 1);

        AdoptionView view = known();

        assertThat(view.milestones())
                .containsExactly(
                        new Milestone("First use", TODAY.minusDays(90), false, 10),
                        new Milestone("First advanced feature: api", TODAY.minusDays(40), false, 60));
    }

    @Test
    void whatStandsWhereTheFactsBeginMayHaveHappenedBefore() {
        use("harbor", 90, "export", "ada", 1);
        use("harbor", 2, "export", "ada", 1);

        assertThat(known().milestones()).containsExactly(new Milestone("First use", TODAY.minusDays(90), true, null));
    }

    @Test
    void halfAnHourOfSilenceEndsASession() {
        use("harbor", 2, "export", "ada", 1);
        events("ada", slots(0, 1, 6)); // 35 minutes: the silence between lasted 20
        events("bob", slots(10, 17, 287)); // 35 minutes apart, and once more right before midnight

        AdoptionView.Sessions sessions = Objects.requireNonNull(known().sessions());

        assertThat(sessions).isEqualTo(new AdoptionView.Sessions(4, 2, 35 + 3 * 5));
        assertThat(sessions.meanMinutes()).isEqualTo(13);
    }

    @Test
    void whatIsStoredForListsIsWhatThePageSays() {
        use("harbor", 3, "export", "ada", 5);
        use("harbor", 2, "reports", "bob", 1);

        AdoptionView page = known();
        AdoptionView stored = adoption.summary(harbor, new Once()).orElseThrow();

        assertThat(stored.licences()).isEqualTo(page.licences());
        assertThat(stored.unusedArr()).isEqualTo(page.unusedArr());
        assertThat(stored.stickiness()).isEqualTo(page.stickiness());
        assertThat(stored.features())
                .extracting(FeatureAdoption::share)
                .containsExactlyElementsOf(
                        page.features().stream().map(FeatureAdoption::share).toList());
    }

    private AccountId account(String name, int seats) {
        AccountId account = book.account(name, name);
        book.line(account, "1000", "2026-01-01").seats(seats).add();
        return account;
    }

    private void segment(AccountId account, String segment) {
        database.sql("update accounts.account set segment = :segment where id = :id")
                .param("segment", segment)
                .param("id", account.value())
                .update();
    }

    private void use(String account, int ago, String feature, String user, long events) {
        facts.use(account, day(ago), feature, user, events);
    }

    private static String day(int ago) {
        return TODAY.minusDays(ago).toString();
    }

    private static BitSet slots(int... used) {
        BitSet slots = new BitSet(Count.SLOTS);
        for (int slot : used) {
            slots.set(slot);
        }
        return slots;
    }

    private void events(String user, BitSet slots) {
        transactions.executeWithoutResult(status -> counted.add(
                List.of(new Count(harbor, TODAY.minusDays(1), user, "export", "source:1", slots.cardinality(), slots)),
                clock.instant()));
    }

    /** Scored, renewed and read: as the page is on the next morning. */
    private AdoptionView known() {
        facts.written();
        database.sql("insert into accounts.changed select id, now() from accounts.account on conflict do nothing")
                .update();
        scoring.drain();
        renewal.renew(clock.instant(), TODAY, (done, total) -> {});
        return adoption.of(harbor, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), new Once())
                .orElseThrow();
    }

    private static FeatureAdoption feature(AdoptionView view, String name) {
        return view.features().stream()
                .filter(feature -> feature.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
