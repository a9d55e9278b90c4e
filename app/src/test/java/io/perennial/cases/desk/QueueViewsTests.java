package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.identity.Role;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Queues with filters and names, and working through one of them. */
@PerennialTest
class QueueViewsTests extends DeskStory {

    private static List<String> rows(Visitor who, String address) {
        return Jsoup.parse(who.get(address).body()).select(".case-row strong").eachText().stream()
                .map(title -> title.replaceFirst("#\\d+ ", ""))
                .toList();
    }

    @Test
    void aQueueIsNarrowedByPriorityProductAndTag() {
        UUID urgent = open("Nobody can sign in", "all", "stopped", "one");
        UUID reports = openOf("Export stops", "Reports", "two");
        database.sql("update cases.support_case set tags = 'billing, Key customer' where id = :id")
                .param("id", reports)
                .update();

        assertThat(rows(sam, "/cases?priority=urgent")).containsExactly("Nobody can sign in");
        assertThat(rows(sam, "/cases?skill=reports")).containsExactly("Export stops");
        assertThat(rows(sam, "/cases?tag=key+customer")).containsExactly("Export stops");
        assertThat(rows(sam, "/cases?tag=key")).isEmpty();
        assertThat(rows(sam, "/cases?tag=billing&priority=urgent")).isEmpty();
        assertThat(page(urgent).select(".case-head").text()).doesNotContain("billing");
        assertThat(page(reports).select(".case-head").text()).contains("billing", "Key customer");
    }

    @Test
    void aQueueIsKeptForOneselfAndByLeadersForEverybody() {
        open("Nobody can sign in", "all", "stopped", "one");
        openOf("Export stops", "Reports", "two");
        Visitor lin = people.leader();
        Map<String, String> urgent =
                Map.of("name", "Fires", "query", "view=due&priority=urgent&junk=1", "shared", "true");

        assertThat(location(sam.post("/cases/views", urgent))).endsWith("/cases?view=due&priority=urgent");
        assertThat(Jsoup.parse(sam.get("/cases").body()).select(".case-queues").text())
                .contains("Fires")
                .doesNotContain("everybody");
        assertThat(lin.get("/cases").body()).as("an agent's stays theirs").doesNotContain("Fires");
        lin.post("/cases/views", Map.of("name", "All fires", "query", "view=all&priority=urgent", "shared", "true"));
        Document page = Jsoup.parse(sam.get("/cases").body());
        assertThat(page.select(".case-queues a").eachText()).containsExactly("All fires · everybody", "Fires");
        assertThat(rows(sam, page.select(".case-queues a").getFirst().attr("href")))
                .containsExactly("Nobody can sign in");

        UUID all = database.sql("select id from cases.queue_view where shared")
                .query(UUID.class)
                .single();
        sam.post("/cases/views/" + all + "/removal", Map.of());
        assertThat(sam.get("/cases").body()).as("not an agent's to remove").contains("All fires");
        lin.post("/cases/views/" + all + "/removal", Map.of());
        assertThat(sam.get("/cases").body()).doesNotContain("All fires");
        assertThat(sam.post("/cases/views", Map.of("name", " ", "query", "view=due"))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void whoFollowsACaseSeesThatThereIsNewsUntilTheyLook() {
        UUID id = open("Nobody can sign in", "all", "stopped", "one");
        Visitor kim = people.csm("Kim Vale");
        kim.post("/cases/" + id + "/followers", Map.of());
        assertThat(rows(kim, "/cases?view=followed")).containsExactly("Nobody can sign in");
        assertThat(kim.get("/cases?view=followed").body()).doesNotContain("News");
        clock.moveBy(Duration.ofMinutes(1));
        reply(id, sam, "We look into it.", "r-1");

        assertThat(kim.get("/cases?view=followed").body()).contains("News");
        assertThat(sam.get("/cases").body()).as("news for those who follow").doesNotContain("News");
        kim.get("/cases/" + id);
        assertThat(kim.get("/cases?view=followed").body()).doesNotContain("News");
    }

    @Test
    void aColleagueWhoIsNamedInANoteFollowsTheCase() {
        UUID id = open("Nobody can sign in", "all", "stopped", "one");
        Visitor kim = people.csm("Kim Vale");
        Visitor lou = people.csm("Lou Reed");
        sam.post(
                "/cases/" + id + "/messages",
                Map.of("kind", "note", "body", "@kim vale same as last week?", "draft", "n-1"));

        assertThat(kim.get("/cases?view=followed").body()).contains("Nobody can sign in", "News");
        assertThat(rows(lou, "/cases?view=followed")).isEmpty();
    }

    @Test
    void whoNeedsHelpEscalatesAndLeadersSeeItUntilItCame() {
        UUID id = open("Nobody can sign in", "all", "stopped", "one");
        Visitor lin = people.leader();
        assertThat(sam.post("/cases/" + id + "/escalation", Map.of("why", " ", "seen", seen(sam, id)))
                        .statusCode())
                .isEqualTo(422);
        sam.post(
                "/cases/" + id + "/escalation",
                Map.of("why", "Only operations can restart it.", "seen", seen(sam, id)));

        assertThat(lin.get("/cases?view=escalated").body())
                .contains("Nobody can sign in", "Escalated: Only operations can restart it.");
        assertThat(page(id).select(".case-thread").text()).contains("escalated it: Only operations can restart it.");
        lin.post("/cases/" + id + "/escalation", Map.of("settled", "true", "seen", seen(lin, id)));
        assertThat(rows(lin, "/cases?view=escalated")).isEmpty();
        assertThat(database.sql("select escalated from cases.support_case where id = :id")
                        .param("id", id)
                        .query(Boolean.class)
                        .single())
                .as("counted")
                .isTrue();
    }

    @Test
    void anEscalationIsTakenBack() {
        UUID id = open("Nobody can sign in", "all", "stopped", "one");
        sam.post("/cases/" + id + "/escalation", Map.of("why", "A slip.", "seen", seen(sam, id)));
        String undo = page(id).select("#notice form").attr("action");
        sam.post(undo, Map.of());

        assertThat(page(id).select(".case-head").text()).doesNotContain("A slip.");
        assertThat(database.sql("select coalesce(escalated, false) from cases.support_case where id = :id")
                        .param("id", id)
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }

    @Test
    void aCaseShowsTheQueueThatOneCameFromAndWhatIsNext() {
        UUID first = open("First", "all", "stopped", "one");
        UUID second = open("Second", "one", "slowed", "two");
        openOf("Not in it", "Reports", "three");
        database.sql("update cases.support_case set product = 'Login' where subject in ('First', 'Second')")
                .update();
        sam.get("/cases?skill=login");
        Document beside = Jsoup.parse(sam.get("/cases/" + first + "/beside").body());

        assertThat(beside.select(".case-strip").text()).contains("Due next", "1 of 2");
        assertThat(beside.select("a[aria-label^=Next]").attr("href")).isEqualTo("/cases/" + second);
        assertThat(beside.select(".case-beside-rows li")).hasSize(2);
        assertThat(beside.select("[aria-current=page]").text()).contains("First");
        assertThat(Jsoup.parse(sam.get("/cases/" + second + "/beside").body())
                        .select("a[aria-label^=Previous]")
                        .attr("href"))
                .isEqualTo("/cases/" + first);
    }

    @Test
    void theNextCaseOpensByItselfForWhoWantsThat() {
        UUID first = open("First", "all", "stopped", "one");
        UUID second = open("Second", "one", "slowed", "two");
        sam.get("/cases");
        assertThat(answered(first, "r-0")).endsWith("/cases/" + first);
        sam.post("/cases/" + first + "/state", Map.of("state", "open", "seen", seen(sam, first)));
        sam.post("/cases/" + first + "/run", Map.of("going", "true"));

        assertThat(answered(first, "r-1")).endsWith("/cases/" + second);
        String solved = location(sam.post(
                "/cases/" + second + "/resolution",
                Map.of("cause", "how-to", "told", "Done.", "draft", "s-1", "seen", seen(sam, second))));
        assertThat(solved).as("the last of the queue").endsWith("/cases/" + second);
    }

    private String answered(UUID id, String draft) {
        return location(sam.post(
                "/cases/" + id + "/messages",
                Map.of("kind", "reply", "body", "We look.", "draft", draft, "seen", seen(sam, id), "turn", "theirs")));
    }

    @Test
    void aCaseIsGivenToATeamAndTakenByOneOfItsMembers() {
        UUID id = open("An invoice", "one", "slowed", "one");
        Visitor lin = people.leader();
        Visitor bo = people.signedIn("Bo Billing", Role.SUPPORT, true);
        lin.post("/cases/team", Map.of("member", bo.id().toString(), "skills", "", "team", "Billing"));
        assertThat(lin.get("/cases/team").body()).contains("Billing");
        UUID billing =
                database.sql("select id from identity.team").query(UUID.class).single();
        sam.post("/cases/" + id + "/assignee", Map.of("member", "team:" + billing, "seen", seen(sam, id)));

        assertThat(page(id).select(".case-head").text()).contains("for Billing");
        assertThat(rows(sam, "/cases?team=billing")).containsExactly("An invoice");
        assertThat(location(sam.post("/cases/next", Map.of())))
                .as("of another team")
                .endsWith("/cases");
        assertThat(location(bo.post("/cases/next", Map.of()))).endsWith("/cases/" + id);
        assertThat(sam.post("/cases/team", Map.of("member", bo.id().toString(), "skills", "", "team", "Elsewhere"))
                        .statusCode())
                .as("skills of others are a leader's to change")
                .isEqualTo(403);
    }
}
