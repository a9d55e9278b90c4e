package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** Who gets which case next. */
@PerennialTest
class CaseRoutingTests extends DeskStory {

    @Test
    void aReopenedCaseIsItsOwnersNextOne() {
        UUID first = open("Nobody can sign in", "all", "stopped", "one");
        sam.post(
                "/cases/" + first + "/assignee",
                Map.of("seen", seen(sam, first), "member", sam.id().toString()));
        sam.post(
                "/cases/" + first + "/resolution",
                Map.of("seen", seen(sam, first), "draft", "r-1", "told", "", "cause", "how-to"));
        open("Something more urgent", "all", "stopped", "two");
        sam.post("/cases/" + first + "/messages", Map.of("kind", "customer", "body", "It is back", "draft", "h-1"));

        HttpResponse<String> next = sam.post("/cases/next", Map.of());

        assertThat(next.headers().firstValue("Location").orElse("")).endsWith("/cases/" + first);
        assertThat(row(first)).containsEntry("state", "open").containsEntry("assignee", "Sam Support");
        assertThat(Jsoup.parse(sam.get("/cases?view=mine").body())
                        .select(".case-row")
                        .eachText()
                        .getFirst())
                .contains("Nobody can sign in", "Reopened");
    }

    @Test
    void takeNextGivesWhatIsDueFirstAmongWhatOneKnows() {
        Visitor eva = people.csm("Eva Lie");
        routing.learn(eva.id(), "Reports", leader());
        UUID reports = openOf("Totals are wrong", "Reports", "one");
        UUID anything = openOf("Where is last year?", "", "two");

        assertThat(location(sam.post("/cases/next", Map.of()))).endsWith(anything.toString());
        assertThat(location(sam.post("/cases/next", Map.of()))).endsWith("/cases");
        assertThat(location(eva.post("/cases/next", Map.of()))).endsWith(reports.toString());
    }

    @Test
    void routingPicksAmongThoseWhoKnowItTheOneWithLeastToDo() {
        Visitor eva = people.csm("Eva Lie");
        Visitor ola = people.csm("Ola Berg");
        routing.learn(eva.id(), "Reports", leader());
        routing.learn(ola.id(), "Reports, Billing", leader());
        for (int i = 0; i < 4; i++) {
            openFor("Totals are wrong " + i, "Reports", "skill", "k-" + i);
        }

        assertThat(database.sql("select assignee, count(*) as n from cases.support_case group by 1 order by 1")
                        .query((row, n) -> row.getString(1) + " " + row.getInt(2))
                        .list())
                .containsExactly("Eva Lie 2", "Ola Berg 2");
    }
}
