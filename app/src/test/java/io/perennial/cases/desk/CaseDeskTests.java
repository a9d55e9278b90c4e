package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** A day at the desk, through its pages. The house promises an answer within an hour to urgent cases. */
@PerennialTest
class CaseDeskTests extends DeskStory {

    @Test
    void aCaseIsOpenedOnBehalfAcknowledgedAndTimed() {
        String before = sam.get("/cases/new?account=" + harbor).body();
        assertThat(Jsoup.parse(before).text())
                .contains("If it comes in now", "Urgent", "60 min", "Cases are not counted");

        UUID opened = open("Nobody can sign in", "all", "stopped", "one");

        Map<String, Object> stored = row(opened);
        assertThat(stored).containsEntry("priority", "urgent").containsEntry("state", "open");
        assertThat(stored.get("due")).isEqualTo("2026-11-24T10:00:00Z");
        Document page = page(opened);
        assertThat(page.select(".case-clocks").text()).contains("First answer: 60 min left");
        assertThat(page.select(".case-automatic").text())
                .contains("Guten Tag Mia Okafor", "Dienstag, 24. November 2026", "11:00", "Europe/Berlin", "Queued");
        assertThat(page.select("h1").text()).startsWith("#").contains("Nobody can sign in");
    }

    @Test
    void aFormSentTwiceOpensOneCaseAndSaysOneThing() {
        UUID first = open("Nobody can sign in", "all", "stopped", "same");
        UUID again = open("Nobody can sign in", "all", "stopped", "same");
        assertThat(again).isEqualTo(first);

        reply(first, sam, "Looking at it.", "d-1");
        reply(first, sam, "Looking at it.", "d-1");

        assertThat(page(first).select(".case-reply")).hasSize(1);
    }

    @Test
    void anAnswerEndsTheFirstClockAndWaitingRestsTheOthers() {
        UUID id = open("Nobody can sign in", "all", "stopped", "one");
        clock.moveBy(Duration.ofMinutes(14));

        reply(id, sam, "Which browser is it?", "d-1");

        Document page = page(id);
        assertThat(page.select(".case-clocks").text())
                .contains("First answer: kept, 14 min of 60 min", "Solution: rests");
        assertThat(page.select(".case-head").text()).contains("Waiting for customer");
        clock.moveBy(Duration.ofHours(5));
        sam = people.support();
        sam.post("/cases/" + id + "/messages", Map.of("kind", "customer", "body", "Firefox", "draft", "h-1"));
        assertThat(row(id)).containsEntry("state", "open");
        // 14 minutes were used before the pause; working hours end at 17:00 and begin at 09:00.
        assertThat(page(id).select(".case-clocks").text()).contains("Solution: 23 h left");
    }

    @Test
    void whoAnswersWithoutSeeingTheOtherAnswerIsToldAndLosesNothing() {
        UUID id = open("Nobody can sign in", "all", "stopped", "one");
        Visitor ben = people.csm("Ben Carter");
        String seen = seen(ben, id);
        clock.moveBy(Duration.ofMinutes(1));
        reply(id, sam, "Fixed, please try again.", "d-1");

        HttpResponse<String> answer = ben.post(
                "/cases/" + id + "/messages",
                Map.of("kind", "reply", "body", "Which browser?", "draft", "d-2", "seen", seen));

        assertThat(answer.statusCode()).isEqualTo(409);
        Document page = Jsoup.parse(answer.body());
        assertThat(page.select("[role=alert]").text()).contains("Sam Support answered");
        assertThat(page.select("#reply-body").text()).isEqualTo("Which browser?");
        assertThat(page.select(".case-reply")).hasSize(1);
        ben.post(
                "/cases/" + id + "/messages",
                Map.of(
                        "kind",
                        "reply",
                        "body",
                        "Which browser?",
                        "draft",
                        page.select("#reply-form [name=draft]").val(),
                        "seen",
                        page.select("input[name=seen][form=reply-form]").val()));
        assertThat(page(id).select(".case-reply")).hasSize(2);
    }

    @Test
    void resolvingAsksForTheCauseAndUndoBringsTheClockBack() {
        UUID id = open("Nobody can sign in", "all", "stopped", "one");
        HttpResponse<String> refused = sam.post(
                "/cases/" + id + "/resolution", Map.of("seen", seen(sam, id), "draft", "r-1", "told", "Solved."));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Say why it came up");

        sam.post(
                "/cases/" + id + "/resolution",
                Map.of("seen", seen(sam, id), "draft", "r-1", "told", "Solved.", "cause", "defect"));

        Document resolved = page(id);
        assertThat(resolved.select(".case-head").text()).contains("Resolved", "Solution: kept");
        assertThat(row(id)).containsEntry("cause", "defect");
        sam.post(resolved.select("form[action*=undo]").attr("action"), Map.of());
        assertThat(row(id)).containsEntry("state", "open");
        assertThat(page(id).select(".case-clocks").text()).contains("Solution: 8 h left");
    }

    @Test
    void anInternalNoteLooksDifferentAndMergedWordsStandOnTheOtherCase() {
        UUID first = open("Nobody can sign in", "all", "stopped", "one");
        UUID second = open("Nobody can sign in again", "one", "slowed", "two");
        assertThat(page(second).select("#case-context").text()).contains("asked before");
        sam.post("/cases/" + second + "/messages", Map.of("kind", "note", "body", "Same cookie?", "draft", "n-1"));
        assertThat(page(second).select(".case-note").text()).contains("Internal note", "Same cookie?");

        sam.post(
                "/cases/" + second + "/merge",
                Map.of("seen", seen(sam, second), "number", "#" + row(first).get("number")));

        assertThat(row(second)).containsEntry("state", "closed").containsEntry("cause", "duplicate");
        assertThat(page(first).select(".case-thread").text()).contains("Same cookie?");
        assertThat(page(second).text()).contains("was merged into");
    }

    @Test
    void aRequestBeyondTheProgramWaitsForApproval() {
        database.sql("""
                with p as (insert into programs.program (id, key, name, tier, created_at)
                    values (gen_random_uuid(), 'small', 'Small', 5, now()) returning id),
                v as (insert into programs.version (id, program_id, number, offer, published_at, published_by, valid_from)
                    select gen_random_uuid(), id, 1, cast(:offer as jsonb), now(), 'Lin', '2020-01-01' from p returning id)
                insert into programs.enrolment (id, account_id, chosen_version_id, starts_on)
                select gen_random_uuid(), :account, id, '2026-01-01' from v
                """)
                .param("account", harbor.value())
                .param(
                        "offer",
                        DeskPromise.offer(
                                "{}", "[{\"unit\":\"cases\",\"title\":\"Cases\",\"amount\":1,\"rule\":\"APPROVAL\"}]"))
                .update();
        UUID first = open("First", "one", "slowed", "one");
        assertThat(page(first).text()).contains("covers it: 0 of 1 cases");

        UUID second = open("Second", "one", "slowed", "two");
        assertThat(row(second)).containsEntry("state", "on-hold").containsEntry("approval", "needed");
        assertThat(sam.post("/cases/" + second + "/approval", Map.of()).statusCode())
                .isEqualTo(403);
        people.csm("Ben Carter").post("/cases/" + second + "/approval", Map.of());

        assertThat(row(second)).containsEntry("state", "open").containsEntry("approval", "given");
    }

    @Test
    void readersLookAndOthersPortfoliosDoNotExist() {
        UUID id = open("Nobody can sign in", "all", "stopped", "one");

        assertThat(people.reader().get("/cases/" + id).body())
                .contains("Nobody can sign in")
                .doesNotContain("reply-body");
        assertThat(people.reader()
                        .post("/cases/" + id + "/messages", Map.of("body", "x"))
                        .statusCode())
                .isEqualTo(403);
        Visitor stranger = people.csmWithOwnAccounts("Zoe");
        assertThat(stranger.get("/cases/" + id).statusCode()).isEqualTo(404);
        assertThat(stranger.get("/cases?view=all").body()).doesNotContain("Nobody can sign in");
    }
}
