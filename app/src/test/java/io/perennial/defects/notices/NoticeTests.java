package io.perennial.defects.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.defects.DefectState;
import io.perennial.defects.Severity;
import io.perennial.defects.notices.CustomerNotice.State;
import io.perennial.defects.notices.CustomerNotice.Text;
import io.perennial.mail.Readers;
import io.perennial.shared.AccountId;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Who gets a notice, in which words, and who does not. */
@PerennialTest
class NoticeTests extends NoticeStory {

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
        assertThat(guard.against(Readers.letter("notice-1-update", "zoe@consult.example", zoeAtTern)))
                .contains("Wants no letters.");

        clock.moveBy(Duration.ofMinutes(1));
        wants(zoeAtTern, true, "", "weekly");
        assertThat(guard.against(Readers.letter("notice-1-update", "zoe@consult.example", zoeAtTern)))
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
}
