package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.PerennialTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** What is due when, and in which order it is shown. */
@PerennialTest
class CaseQueueTests extends DeskStory {

    @Test
    void otherTargetsAreAppliedOnDemand() {
        UUID id = open("Nobody can sign in", "all", "stopped", "one");
        database.sql("delete from programs.version").update();
        database.sql("delete from programs.program").update();
        DeskPromise.of(
                database, "{\"URGENT\": {\"firstResponse\": \"PT30M\", \"update\": null, \"resolution\": null}}");

        assertThat(page(id).select(".case-clocks").text()).contains("First answer: 30 min left");
        assertThat(sam.post("/cases/clocks", Map.of()).statusCode())
                .as("a leader's to ask")
                .isEqualTo(403);
        assertThat(row(id).get("due")).isEqualTo("2026-11-24T10:00:00Z");
        assertThat(people.leader().post("/cases/clocks", Map.of()).statusCode()).isEqualTo(302);
        refresh.refresh(clock.instant().minus(Duration.ofMinutes(10)));

        assertThat(row(id).get("due")).isEqualTo("2026-11-24T09:30:00Z");
    }

    @Test
    void atRiskComesBeforeBroken() {
        UUID id = open("Nobody can sign in", "all", "stopped", "one");
        assertThat(sam.get("/cases?view=risk").body()).doesNotContain("Nobody can sign in");
        clock.moveBy(Duration.ofMinutes(46));
        Document risk = Jsoup.parse(sam.get("/cases?view=risk").body());
        assertThat(risk.select(".case-row").text()).contains("Nobody can sign in", "First answer: 14 min left");
        clock.moveBy(Duration.ofMinutes(30));
        assertThat(page(id).select(".case-clocks").text()).contains("First answer: 16 min over");
    }

    @Test
    void casesOfAFileAreWorkedOnLikeAnyOther() {
        write(
                "cases",
                "c-1",
                Map.of(
                        "account",
                        "harbor",
                        "subject",
                        "From the old desk",
                        "opened_at",
                        "2026-11-24T08:30:00Z",
                        "priority",
                        "urgent",
                        "assignee",
                        "Sam Support"));
        write(
                "cases",
                "c-2",
                Map.of(
                        "account",
                        "harbor",
                        "subject",
                        "Asked back",
                        "opened_at",
                        "2026-11-23T09:00:00Z",
                        "status",
                        "pending",
                        "first_response_at",
                        "2026-11-23T11:00:00Z"));
        write(
                "case-messages",
                "m-1",
                Map.of(
                        "case",
                        "c-1",
                        "kind",
                        "reply",
                        "at",
                        "2026-11-24T08:50:00Z",
                        "body",
                        "We look.",
                        "author",
                        "Sam",
                        "promised_at",
                        "2026-11-24T12:00:00Z"));

        Document mine = Jsoup.parse(sam.get("/cases?view=mine").body());
        assertThat(mine.select(".case-row").text()).contains("From the old desk", "Next update: 3 h left");
        assertThat(Jsoup.parse(sam.get("/cases?view=waiting").body())
                        .select(".case-row")
                        .text())
                .contains("Asked back");
    }

    @Test
    void theQueueIsReadPageByPageWithoutLosingAny() {
        for (int i = 0; i < 60; i++) {
            write(
                    "cases",
                    "c-" + i,
                    Map.of(
                            "account",
                            "harbor",
                            "subject",
                            "Case " + i,
                            "opened_at",
                            "2026-11-24T08:00:00Z",
                            "priority",
                            i % 2 == 0 ? "urgent" : "low"));
        }
        Document first = Jsoup.parse(sam.get("/cases").body());
        Document second =
                Jsoup.parse(sam.get(first.select(".pager a").attr("href")).body());

        assertThat(first.select(".case-row")).hasSize(50);
        assertThat(second.select(".case-row")).hasSize(10);
        assertThat(second.select(".case-row strong").eachText())
                .doesNotContainAnyElementsOf(first.select(".case-row strong").eachText());
        assertThat(second.select(".pager")).isEmpty();
    }
}
