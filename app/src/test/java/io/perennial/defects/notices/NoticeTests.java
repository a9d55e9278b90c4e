package io.perennial.defects.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.defects.Broken;
import io.perennial.defects.DefectCases;
import io.perennial.defects.DefectEditing;
import io.perennial.defects.DefectMoved;
import io.perennial.defects.DefectState;
import io.perennial.defects.Severity;
import io.perennial.defects.notices.CustomerNotice.State;
import io.perennial.defects.notices.CustomerNotice.Text;
import io.perennial.defects.notices.Wishes.Choice;
import io.perennial.mail.LetterPreference.Addressed;
import io.perennial.shared.AccountId;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Tuesday, 24 November 2026, nine in the morning. */
@PerennialTest
class NoticeTests {

    private static final Audience PLANNER =
            new Audience(false, List.of("planner"), List.of(), List.of(), List.of(), null, false);

    @Autowired
    JdbcClient database;

    @Autowired
    DefectEditing editing;

    @Autowired
    DefectCases cases;

    @Autowired
    Notices notices;

    @Autowired
    NoticeDispatch dispatch;

    @Autowired
    NoticeSending sending;

    @Autowired
    WishGuard guard;

    @Autowired
    Wishes wishes;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    MovableClock clock;

    @Autowired
    People people;

    Broken broken;
    AccountId harbor;

    @BeforeEach
    void harborUsesThePlanner() {
        broken = new Broken(database, editing, cases);
        harbor = broken.customer("harbor", "1200");
    }

    @Test
    void thePreviewSaysExactlyWhoGetsItAndWhoDoesNotAndWhy() {
        broken.person(harbor, "Ada", "ada@harbor.example");
        wants(broken.person(harbor, "Bob", "bob@harbor.example"), true, "", "never");
        wants(broken.person(harbor, "Cleo", "cleo@harbor.example"), false, "", "");
        wants(broken.person(harbor, "Dora", "dora@harbor.example"), true, "", "weekly");
        broken.book().contact(harbor, "Eve", "champion", null, null);
        UUID finn = broken.person(harbor, "Finn", "finn@harbor.example");
        database.sql("update accounts.contact set left_on = '2026-11-01' where id = :id")
                .param("id", finn)
                .update();
        broken.person(harbor, "Gina", "Ada@Harbor.example");
        broken.person(harbor, "Hugo", "not an address");
        broken.person(harbor, "Ida", "ida@dead.example");
        database.sql(
                        "insert into mail.dead_address (address, reason, since) values ('ida@dead.example', 'no such user', now())")
                .update();
        broken.person(broken.book().account("other", "Other"), "Zed", "zed@other.example");

        UUID notice = draft(NoticeKind.UPDATE, PLANNER, "New planner");

        Document page = Jsoup.parse(visitor().get("/notices/" + notice).body());
        assertThat(page.select("#readers").text())
                .contains("2 people get it", "1 of them in the weekly letter", "7 do not")
                .contains("Ada", "Dora", "In the weekly letter of 30 Nov 2026")
                .doesNotContain("Zed");
        String not = Jsoup.parse(
                        visitor().get("/notices/" + notice + "?show=not").body())
                .select("#readers tbody")
                .text();
        assertThat(not)
                .contains("Bob harbor bob@harbor.example – UTC Wants no letters about news and updates.")
                .contains("Cleo harbor cleo@harbor.example – UTC Wants no letters.")
                .contains("Eve harbor – – UTC No address is known.")
                .contains("Finn harbor finn@harbor.example – UTC Has left the company.")
                .contains("Hugo harbor not an address – UTC The address is none that we can write to.")
                .contains("Ida harbor ida@dead.example – UTC The address is dead: no such user")
                .contains("The address gets it already: for");

        send(notice, 2);
        sending.drain();

        assertThat(letters()).hasSize(1).allMatch(to -> to.equalsIgnoreCase("ada@harbor.example"));
        assertThat(notices.find(notice).orElseThrow().state()).isEqualTo(State.SENT);
    }

    @Test
    void pressedByManyAtOnceItIsOneLetterForEach() throws Exception {
        for (int i = 0; i < 130; i++) {
            broken.person(harbor, "Person " + i, "p" + i + "@harbor.example");
        }
        UUID notice = draft(NoticeKind.UPDATE, PLANNER, "New planner");
        List<Callable<Boolean>> presses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            presses.add(() -> {
                send(notice, 130);
                sending.drain();
                return true;
            });
        }

        try (ExecutorService hands = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> press : hands.invokeAll(presses)) {
                assertThat(press.get()).isTrue();
            }
        }

        assertThat(letters()).hasSize(130).doesNotHaveDuplicates();
        assertThat(notices.find(notice).orElseThrow().state()).isEqualTo(State.SENT);
    }

    @Test
    void aKilledSendingGoesOnWithoutSendingTwice() {
        for (int i = 0; i < 250; i++) {
            broken.person(harbor, "Person " + i, "p" + i + "@harbor.example");
        }
        UUID notice = draft(NoticeKind.UPDATE, PLANNER, "New planner");
        send(notice, 250);

        sending.batch();
        assertThat(letters()).hasSize(100);
        transactions.executeWithoutResult(killed -> {
            sending.batch();
            killed.setRollbackOnly();
        });
        assertThat(letters())
                .as("neither letters nor marks of a batch that was cut off")
                .hasSize(100);
        sending.drain();

        assertThat(letters()).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void tenThousandReadersAreManySmallTransactions() {
        database.sql("""
                insert into accounts.contact (id, external_id, account_id, name, email, created_at, updated_at)
                select gen_random_uuid(), 'c-' || n, :account, 'Person ' || n, 'p' || n || '@harbor.example', now(), now()
                from generate_series(1, 10000) n
                """).param("account", harbor.value()).update();
        UUID notice = draft(NoticeKind.UPDATE, PLANNER, "New planner");
        send(notice, 10_000);

        sending.drain();

        assertThat(letters()).hasSize(10_000).doesNotHaveDuplicates();
        assertThat(database.sql("select count(distinct xmin::text) from mail.letter")
                        .query(Integer.class)
                        .single())
                .isEqualTo(10_000 / NoticeSending.BATCH);
    }

    @Test
    void aPauseStopsTheNextBatchAndACancelledNoticeLeavesNowhere() {
        for (int i = 0; i < 120; i++) {
            broken.person(harbor, "Person " + i, "p" + i + "@harbor.example");
        }
        UUID notice = draft(NoticeKind.UPDATE, PLANNER, "New planner");
        send(notice, 120);
        sending.batch();
        visitor().post("/notices/" + notice + "/pause", Map.of());

        sending.drain();
        assertThat(letters()).hasSize(100);
        assertThat(visitor().get("/notices/" + notice).body()).contains("Paused", "100 of 120", "Go on");

        visitor().post("/notices/" + notice + "/cancellation", Map.of());
        sending.drain();
        assertThat(letters()).hasSize(100);
        CustomerNotice now = notices.find(notice).orElseThrow();
        assertThat(now.state()).isEqualTo(State.CANCELLED);
        UUID reader = database.sql("select contact_id from defects.recipient where state = 'posted' limit 1")
                .query(UUID.class)
                .single();
        assertThat(guard.against(new Addressed(now.purpose(), "p1@harbor.example", null, reader)))
                .contains("The notice was cancelled before this letter left.");
    }

    @Test
    void neverIsRespectedUntilTheLetterLeaves() {
        UUID ada = broken.person(harbor, "Ada", "ada@harbor.example");
        UUID notice = draft(NoticeKind.UPDATE, PLANNER, "New planner");
        send(notice, 1);
        sending.drain();
        String purpose = notices.find(notice).orElseThrow().purpose();
        assertThat(guard.against(new Addressed(purpose, "ada@harbor.example", null, ada)))
                .isEmpty();

        wants(ada, true, "", "never");

        assertThat(guard.against(new Addressed(purpose, "ada@harbor.example", null, ada)))
                .contains("Wants no letters about news and updates.");
        assertThat(guard.against(new Addressed("case-reply", "ada@harbor.example", null, ada)))
                .as("answers to her own requests come in any case")
                .isEmpty();
        UUID another = draft(NoticeKind.UPDATE, PLANNER, "Newer planner");
        assertThatThrownBy(() -> send(another, 0)).hasMessageContaining("Nobody would get it");
        UUID outage = draft(NoticeKind.KNOWN_ISSUE, PLANNER, "It is slow");
        send(outage, 1);
        sending.drain();
        assertThat(letters()).hasSize(2);
    }

    @Test
    void whoWantsOneLetterAWeekGetsOneOnMonday() {
        UUID dora = broken.person(harbor, "Dora", "dora@harbor.example");
        wants(dora, true, "weekly", "weekly");
        send(draft(NoticeKind.UPDATE, PLANNER, "New planner"), 1);
        send(draft(NoticeKind.KNOWN_ISSUE, PLANNER, "It is slow"), 1);
        sending.drain();
        assertThat(letters()).isEmpty();

        clock.moveBy(Duration.ofDays(6));
        sending.drain();
        sending.drain();

        assertThat(letters()).containsExactly("dora@harbor.example");
        assertThat(database.sql("select subject || ' ' || body from mail.letter")
                        .query(String.class)
                        .single())
                .startsWith("News of the week")
                .contains("New planner", "It is slow");
        clock.moveBy(Duration.ofDays(7));
        sending.drain();
        assertThat(letters()).hasSize(1);
    }

    @Test
    void aWindowIsToldOnTheReadersClockInTheirLanguage() {
        UUID ada = broken.person(harbor, "Ada", "ada@harbor.example");
        database.sql("update accounts.contact set language = 'de-AT', time_zone = 'America/New_York' where id = :id")
                .param("id", ada)
                .update();
        UUID bob = broken.person(harbor, "Bob", "bob@harbor.example");
        wants(bob, true, "", "");
        database.sql("update defects.wish set maintenance = 'weekly'").update();
        UUID notice = notices.begin(NoticeKind.MAINTENANCE, null, "m", broken.ana());
        notices.save(
                notice,
                1,
                new NoticeDraft(
                        NoticeKind.MAINTENANCE,
                        Map.of("en", new Text("Down", "We move."), "de", new Text("Pause", "Wir ziehen um.")),
                        "2026-11-28T22:00",
                        "2026-11-29T02:00",
                        "Europe/Oslo",
                        PLANNER),
                broken.ana());

        assertThat(visitor().get("/notices/" + notice + "?show=not").body())
                .contains("Wants weekly letters only, and it is over before the next one.");
        send(notice, 1);
        sending.drain();

        assertThat(database.sql("select subject || E'\\n' || body from mail.letter")
                        .query(String.class)
                        .single())
                .startsWith("Pause\nWann: von Samstag, 28. November 2026")
                .contains("16:00", "20:00", "(America/New_York)", "Wir ziehen um.");
    }

    @Test
    void whenTheReadersChangedSinceThePreviewNothingIsSent() {
        broken.person(harbor, "Ada", "ada@harbor.example");
        UUID notice = draft(NoticeKind.UPDATE, PLANNER, "New planner");
        broken.person(harbor, "Bob", "bob@harbor.example");

        var answer = visitor().post("/notices/" + notice + "/sending", Map.of("seen", "2", "people", "1"));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("It would reach 2 people now, not 1");
        assertThat(database.sql("select count(*) from defects.recipient")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThatThrownBy(() -> dispatch.send(notice, 1, 2, broken.ana())).isInstanceOf(DefectMoved.class);
        assertThat(visitor()
                        .post("/notices/" + notice + "/sending", Map.of("seen", "2", "people", "2"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(people.reader()
                        .post("/notices/" + notice + "/sending", Map.of())
                        .statusCode())
                .isEqualTo(403);
    }

    /** A consultant works for two customers and reads one mailbox. */
    @Test
    void whoeverWantsNoLettersGetsNoneForAnotherCustomerEither() {
        UUID zoe = broken.person(harbor, "Zoe", "zoe@consult.example");
        AccountId tern = broken.customer("tern", "900");
        UUID zoeAtTern = broken.person(tern, "Zoe at Tern", "Zoe@consult.example");
        people.stranger().post("/letters/" + wishes.token(zoe), Map.of("List-Unsubscribe", "One-Click"));
        UUID notice = draft(NoticeKind.UPDATE, PLANNER, "New planner");

        assertThat(visitor().get("/notices/" + notice + "?show=not").body())
                .contains("Wants no letters, said of the same address at harbor.");
        assertThat(guard.against(new Addressed("notice-1-update", "zoe@consult.example", null, zoeAtTern)))
                .contains("Wants no letters.");

        clock.moveBy(Duration.ofMinutes(1));
        wants(zoeAtTern, true, "", "weekly");
        assertThat(guard.against(new Addressed("notice-1-update", "zoe@consult.example", null, zoeAtTern)))
                .as("she has said since what she wants there")
                .isEmpty();
    }

    @Test
    void whatStaffSaysOfAReaderCanBeTakenBackUntilTheReaderSpeaks() {
        UUID ada = broken.person(harbor, "Ada", "ada@harbor.example");
        String page = "/notices/readers/" + ada;
        Map<String, String> never =
                Map.of("seen", "0", "byMail", "true", "knownIssue", "never", "news", "never", "maintenance", "never");
        assertThat(visitor().post(page, never).statusCode()).isEqualTo(302);
        assertThat(visitor().post(page, Map.of("seen", "0", "byMail", "false")).statusCode())
                .isEqualTo(409);
        UUID change = database.sql("select id from platform.change where kind = 'notice-wish'")
                .query(UUID.class)
                .single();
        visitor().post("/changes/" + change + "/undo", Map.of());
        assertThat(wishes.of(ada).changedBy()).isNull();
        assertThat(visitor().get("/accounts/" + harbor + "/panels/told").body()).contains("said nothing yet");
        assertThat(people.csmWithOwnAccounts("Ben Carter").get(page).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aReleasedFixIsToldOnceToThoseWhoAskedAndNotedOnItsCases() {
        UUID defect = broken.defect("Export stops", Severity.MAJOR);
        UUID mia = broken.person(harbor, "Mia", "mia@harbor.example");
        broken.person(harbor, "Ada", "ada@harbor.example");
        UUID asked = broken.asks(harbor, mia, defect);
        assertThat(visitor()
                        .post("/notices", Map.of("kind", "fix", "defect", defect.toString()))
                        .body())
                .contains("Only what is fixed can be announced as fixed");
        broken.becomes(defect, DefectState.FIXED);
        assertThat(visitor().get("/defects/" + defect).body()).contains("One person wants to hear of it");
        assertThat(visitor().get("/notices").body()).contains("one person who asked does not know");
        UUID notice = notices.begin(NoticeKind.FIX, defect, "", broken.ana());
        assertThat(notices.begin(NoticeKind.FIX, defect, "", broken.ana())).isEqualTo(notice);

        send(notice, 1);
        sending.drain();
        send(notice, 1);
        sending.drain();

        assertThat(letters()).containsExactly("mia@harbor.example");
        assertThat(visitor().get("/notices").body()).doesNotContain("who asked does not know");
        assertThat(visitor().get("/defects/" + defect).body())
                .contains("Those who had asked were told on 24 Nov 2026")
                .doesNotContain("Look who will be told");
        assertThat(database.sql("select key from mail.letter")
                        .query(String.class)
                        .single())
                .isEqualTo("notice:fix:" + defect + ":1:" + mia);
        assertThat(visitor().get("/cases/" + asked).body()).containsOnlyOnce("Export stops is fixed in 7.2.");

        broken.becomes(defect, DefectState.CONFIRMED);
        broken.becomes(defect, DefectState.FIXED);
        UUID again = notices.begin(NoticeKind.FIX, defect, "", broken.ana());
        assertThat(again).as("after a relapse it is another release").isNotEqualTo(notice);
    }

    @Test
    void hostileWordsInANoticeAreShownAndNeverRun() {
        broken.person(harbor, "<b>Ada</b>", "ada@harbor.example");
        String evil = "<script>alert(1)</script> [x](javascript:alert(2))";
        UUID notice = draft(NoticeKind.UPDATE, PLANNER, evil);
        send(notice, 1);
        sending.drain();

        for (String page : List.of("/notices", "/notices/" + notice)) {
            Document read = Jsoup.parse(visitor().get(page).body());
            assertThat(read.select("script:containsData(alert(1))")).as(page).isEmpty();
            assertThat(read.select("a[href^=javascript]")).as(page).isEmpty();
        }
        String html =
                database.sql("select html from mail.letter").query(String.class).single();
        assertThat(html).doesNotContain("<script", "href=\"javascript").contains("&lt;script");
    }

    @Test
    void aManagerReachesOnlyTheirOwnAccounts() {
        broken.person(harbor, "Ada", "ada@harbor.example");
        Visitor ben = people.csmWithOwnAccounts("Ben Carter");
        String all = draft(NoticeKind.UPDATE, PLANNER, "To all").toString();
        assertThat(ben.post("/notices/" + all + "/sending", Map.of("seen", "2", "people", "1"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(ben.get("/notices/" + all).body()).doesNotContain("ada@harbor.example");

        String own = ben.post("/notices", Map.of("kind", "update", "key", "k"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        ben.post(own, Map.of("seen", "1", "everybody", "true", "subject-en", "Hello", "body-en", "World"));

        assertThat(ben.get(own).body()).contains("Nobody is concerned", "only accounts of its writer");
    }

    private UUID draft(NoticeKind kind, Audience audience, String subject) {
        UUID notice = notices.begin(kind, null, subject.length() > 100 ? "k" : subject, broken.ana());
        notices.save(
                notice,
                1,
                new NoticeDraft(kind, Map.of("en", new Text(subject, "Text: " + subject)), "", "", "UTC", audience),
                broken.ana());
        return notice;
    }

    private void send(UUID notice, long people) {
        CustomerNotice now = notices.find(notice).orElseThrow();
        dispatch.send(notice, now.version(), people, broken.ana());
    }

    private void wants(UUID contact, boolean byMail, String knownIssue, String news) {
        wishes.change(contact, wishes.of(contact).version(), new Choice(byMail, knownIssue, news, ""), broken.ana());
        database.sql("""
                insert into defects.wish (id, changed_by, changed_at) values (:id, 'Ana Reyes', now()) on conflict do nothing
                """).param("id", contact).update();
    }

    private List<String> letters() {
        return database.sql("select to_address from mail.letter")
                .query((row, number) -> row.getString(1))
                .list();
    }

    private Visitor visitor() {
        return people.signIn(broken.ana().memberId(), "Ana Reyes");
    }
}
