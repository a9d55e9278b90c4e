package io.perennial.engagement.cadence;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.Changes;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Harbor pays 60,000 a year and belongs to Ana; Kiva pays 1,200 and belongs to Ben. */
@PerennialTest
class SilenceTests {

    @Autowired
    JdbcClient database;

    @Autowired
    Silence silence;

    @Autowired
    Cadences cadences;

    @Autowired
    TouchWork work;

    @Autowired
    LiveScoring live;

    @Autowired
    Changes changes;

    @Autowired
    MovableClock clock;

    @Autowired
    People people;

    private Book book;
    private Visitor ana;
    private AccountId harbor;
    private AccountId kiva;
    private Viewer all;

    @BeforeEach
    void twoCustomers() {
        book = new Book(database);
        ana = people.csmWithOwnAccounts("Ana Reyes");
        harbor = customer("harbor", "Harbor Freight Lines", "Enterprise", ana.id(), "5000");
        kiva = customer("kiva", "Kiva Bikes", "SMB", people.csm("Ben Carter").id(), "100");
        all = viewer(people.leader(), Role.LEADER, true);
    }

    @Test
    void aCustomerIsSilentTheDayAfterItsDaysAndAutomatedSendsDoNotEndIt() {
        talked(harbor, "call", Duration.ofDays(90));
        talked(kiva, "meeting", Duration.ofDays(10));
        judged();
        assertThat(names(Silence.Filter.NONE)).isEmpty();

        clock.moveBy(Duration.ofDays(1));
        book.touchpoint(harbor, "automated", clock.instant().minus(Duration.ofDays(2)), "Newsletter");
        database.sql("""
                insert into mail.letter (id, key, message_id, purpose, to_address, subject, body, automatic, account_id, state,
                    next_try_at, posted_by, posted_at)
                values (gen_random_uuid(), 'k', '<k@x>', 'exit-survey', 'mia@harbor.example', 'How was it?', 'x', true, :account,
                    'accepted', :at, 'Perennial', :at)
                """)
                .param("account", harbor.value())
                .param("at", java.sql.Timestamp.from(clock.instant().minus(Duration.ofDays(1))))
                .update();
        judged();

        assertThat(silence.page(Silence.Filter.NONE, "", 10, all).rows())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.name()).isEqualTo("Harbor Freight Lines");
                    assertThat(row.arr()).isEqualByComparingTo("60000");
                    assertThat(row.sent()).isEqualTo(2);
                    assertThat(row.silentDays(LocalDate.of(2026, 11, 25))).isEqualTo(91);
                });
        ana = people.csmWithOwnAccounts("Ana Reyes");
        String page = ana.get("/engagement/silent").body();
        assertThat(page).contains("1 customer has gone silent", "Harbor Freight Lines", "Only sent since");
        assertThat(ana.get("/").body()).contains("You have not heard from", "Harbor Freight Lines");
        assertThat(people.csmWithOwnAccounts("Ben Carter")
                        .get("/engagement/silent")
                        .body())
                .doesNotContain("Harbor Freight Lines");
        assertThat(people.program("read").get("/api/v1/silent-accounts").body())
                .contains("Harbor Freight Lines", "\"sentSince\":2");
    }

    @Test
    void theFirstRuleThatFitsSaysHowOftenInWhichWayAndWithWhom() {
        UUID owner = ana.id();
        talked(harbor, "call", Duration.ofDays(3));
        talked(kiva, "call", Duration.ofDays(40));
        judged();
        publish(
                new Cadence("Dear ones meet", null, new BigDecimal("50000"), 30, "meeting", Cadence.Who.OWNER, false),
                new Cadence("Small ones", "SMB", null, 60, null, Cadence.Who.ANYBODY, false));

        assertThat(names(Silence.Filter.NONE)).as("a call is no meeting").containsExactly("Harbor Freight Lines");

        talked(harbor, "meeting", Duration.ofDays(2));
        assertThat(names(Silence.Filter.NONE)).as("of somebody else").containsExactly("Harbor Freight Lines");
        database.sql("update engagement.touchpoint set member_id = :owner where kind = 'meeting'")
                .param("owner", owner)
                .update();
        assertThat(names(Silence.Filter.NONE)).isEmpty();
    }

    @Test
    void aLeaderSeesWhomNewRulesWouldCallSilentBeforePublishingAndTakesThemBack() {
        talked(harbor, "call", Duration.ofDays(40));
        talked(kiva, "call", Duration.ofDays(40));
        judged();
        Visitor lin = people.leader();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("seen", "0");
        form.put("name.0", "Enterprise often");
        form.put("segment.0", "Enterprise");
        form.put("days.0", "30");
        form.put("who.0", "anybody");
        form.put("reason", "The dear ones want more of us.");

        String preview = lin.post("/engagement/cadences/preview", form).body();
        assertThat(preview).contains("1 customers would be overdue; 0 are now", "Harbor Freight Lines");
        assertThat(names(Silence.Filter.NONE)).isEmpty();

        form.put("days.0", "soon");
        HttpResponse<String> wrong = lin.post("/engagement/cadences", form);
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("days are between 1 and 730", "The dear ones want more of us.");
        form.put("days.0", "30");
        assertThat(ana.post("/engagement/cadences", form).statusCode()).isEqualTo(403);
        lin.post("/engagement/cadences", form);
        assertThat(names(Silence.Filter.NONE)).containsExactly("Harbor Freight Lines");
        assertThat(lin.post("/engagement/cadences", form).body()).contains("Somebody published version 1 meanwhile");

        String undo = Jsoup.parse(lin.get("/engagement/cadences").body())
                .select("form[action*=undo]")
                .attr("action");
        lin.post(undo, Map.of());
        assertThat(cadences.inForce().version()).isZero();
    }

    @Test
    void tasksForSilentCustomersAreMadeForTheirOwnersOnceAndTakenBackTogether() {
        talked(harbor, "call", Duration.ofDays(100));
        talked(kiva, "call", Duration.ofDays(120));
        judged();
        Visitor lin = people.leader();
        Map<String, String> one = Map.of("account", harbor.toString());
        lin.post("/engagement/silent/tasks", one);
        assertThat(lin.get("/engagement/silent").body()).contains("The owners have their tasks.", "has the task");
        lin.post("/engagement/silent/tasks", one);
        assertThat(open()).containsExactly("Hear from Harbor Freight Lines for Ana Reyes");

        UUID change = database.sql("select id from platform.change where kind = 'task' order by at desc limit 1")
                .query(UUID.class)
                .single();
        lin.post("/changes/" + change + "/undo", Map.of());
        assertThat(open()).isEmpty();
        assertThat(people.reader().post("/engagement/silent/tasks", one).statusCode())
                .isEqualTo(403);
    }

    @Test
    void anOverdueConversationBecomesOneTaskForEachSilenceAndAConversationSettlesIt() {
        talked(harbor, "call", Duration.ofDays(31));
        talked(kiva, "call", Duration.ofDays(1));
        judged();
        publish(new Cadence("Monthly", null, null, 30, null, Cadence.Who.ANYBODY, true));

        assertThat(work.work()).isEqualTo(1);
        assertThat(work.work()).as("told again").isZero();
        database.sql("delete from engagement.task").update(); // somebody took it back
        assertThat(work.work()).as("once for each silence").isZero();

        talked(harbor, "meeting", Duration.ofDays(0));
        clock.moveBy(Duration.ofDays(31));
        talked(kiva, "call", Duration.ofDays(1));
        judged();
        assertThat(work.work()).isEqualTo(1);
        assertThat(open()).containsExactly("Hear from Harbor Freight Lines for Ana Reyes");
        clock.moveBy(Duration.ofHours(1));
        talked(harbor, "call", Duration.ofMinutes(5));
        judged();
        work.work();
        assertThat(open()).isEmpty();
    }

    @Test
    void pagesGoOnWhereTheyEndedAndSumsStayInTheirCurrency() {
        for (int i = 0; i < 5; i++) {
            AccountId one = customer("c" + i, "Customer " + i, "SMB", ana.id(), "10");
            talked(one, "call", Duration.ofDays(200));
        }
        talked(harbor, "call", Duration.ofDays(200));
        talked(kiva, "call", Duration.ofDays(200));
        judged();
        Silence.Page first = silence.page(Silence.Filter.NONE, "", 3, all);
        Silence.Page second = silence.page(Silence.Filter.NONE, String.valueOf(first.next()), 3, all);
        Silence.Page third = silence.page(Silence.Filter.NONE, String.valueOf(second.next()), 3, all);
        assertThat(first.rows().getFirst().name()).isEqualTo("Harbor Freight Lines");
        assertThat(third.next()).isNull();
        assertThat(java.util.stream.Stream.of(first, second, third)
                        .flatMap(page -> page.rows().stream())
                        .map(Silence.Row::name))
                .doesNotHaveDuplicates()
                .hasSize(7);
        assertThat(silence.sums(Silence.Filter.NONE, all)).singleElement().satisfies(sum -> {
            assertThat(sum.currency()).isEqualTo("EUR");
            assertThat(sum.arr()).isEqualByComparingTo("61800");
        });
    }

    private AccountId customer(String id, String name, String segment, UUID owner, String month) {
        AccountId account = book.account(id, name);
        database.sql(
                        "update accounts.account set segment = :segment, owner_id = :owner, customer_since = '2024-01-01' where id = :id")
                .param("segment", segment)
                .param("owner", owner)
                .param("id", account.value())
                .update();
        book.line(account, month, "2024-01-01").add();
        return account;
    }

    private void talked(AccountId account, String kind, Duration ago) {
        book.touchpoint(account, kind, clock.instant().minus(ago).minusSeconds(60), "How it goes");
    }

    private void judged() {
        changes.mark(database.sql("select id from accounts.account")
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list());
        live.drain();
    }

    private void publish(Cadence... rules) {
        cadences.publish(List.of(rules), "For the test.", cadences.inForce().version(), all.actor());
    }

    private List<String> names(Silence.Filter filter) {
        return silence.page(filter, "", 10, all).rows().stream()
                .map(Silence.Row::name)
                .toList();
    }

    private List<String> open() {
        return database.sql("""
                select t.title || ' for ' || m.name from engagement.task t join identity.team_member m on m.id = t.owner_id
                where t.done_at is null order by 1
                """).query((row, number) -> row.getString(1)).list();
    }

    private static Viewer viewer(Visitor visitor, Role role, boolean everything) {
        return new Viewer(visitor.id(), visitor.name(), "x@example.com", role, everything);
    }
}
