package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A day at the desk, through its pages. The house promises an answer within an hour to urgent cases. */
@PerennialTest
class CaseDeskTests {

    @Autowired
    JdbcClient database;

    @Autowired
    People people;

    @Autowired
    MovableClock clock;

    @Autowired
    Records records;

    @Autowired
    Routing routing;

    @Autowired
    ClockRefresh refresh;

    private AccountId harbor;
    private UUID mia;
    private Visitor sam;

    @BeforeEach
    void harborFreightHasAPromise() {
        Book book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight Lines");
        mia = book.contact(harbor, "Mia Okafor", "champion", null, null);
        database.sql("""
                update accounts.contact set email = 'mia@harbor.example', language = 'de', time_zone = 'Europe/Berlin'
                where id = :id
                """).param("id", mia).update();
        promise("""
                {"URGENT": {"firstResponse": "PT1H", "update": "PT2H", "resolution": "PT8H"},
                 "MEDIUM": {"firstResponse": "PT4H", "update": null, "resolution": "PT16H"}}
                """);
        sam = people.support();
    }

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
                .contains(
                        "Guten Tag Mia Okafor", "Dienstag, 24. November 2026", "11:00", "Europe/Berlin", "To be sent");
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

    @Test
    void otherTargetsAreAppliedOnDemand() {
        UUID id = open("Nobody can sign in", "all", "stopped", "one");
        database.sql("delete from programs.version").update();
        database.sql("delete from programs.program").update();
        promise("{\"URGENT\": {\"firstResponse\": \"PT30M\", \"update\": null, \"resolution\": null}}");

        assertThat(page(id).select(".case-clocks").text()).contains("First answer: 30 min left");
        refresh.refresh(clock.instant().plusSeconds(1));

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
                        offer("{}", "[{\"unit\":\"cases\",\"title\":\"Cases\",\"amount\":1,\"rule\":\"APPROVAL\"}]"))
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

    private UUID open(String subject, String impact, String urgency, String draft) {
        return opened(Map.of("impact", impact, "urgency", urgency, "give", ""), subject, draft);
    }

    private UUID openOf(String subject, String product, String draft) {
        return openFor(subject, product, "", draft);
    }

    private UUID openFor(String subject, String product, String give, String draft) {
        return opened(Map.of("impact", "one", "urgency", "slowed", "product", product, "give", give), subject, draft);
    }

    private UUID opened(Map<String, String> more, String subject, String draft) {
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "account",
                harbor.toString(),
                "contact",
                mia.toString(),
                "subject",
                subject,
                "text",
                "It does not work.",
                "channel",
                "phone",
                "draft",
                draft));
        form.putAll(more);
        HttpResponse<String> answer = sam.post("/cases", form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return UUID.fromString(location(answer).replaceFirst(".*/", ""));
    }

    private void reply(UUID id, Visitor who, String body, String draft) {
        who.post(
                "/cases/" + id + "/messages",
                Map.of("kind", "reply", "body", body, "draft", draft, "seen", seen(who, id)));
    }

    private static String seen(Visitor who, UUID id) {
        return Jsoup.parse(who.get("/cases/" + id).body())
                .select("input[name=seen][form=reply-form]")
                .val();
    }

    private Document page(UUID id) {
        HttpResponse<String> answer = sam.get("/cases/" + id);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Jsoup.parse(answer.body());
    }

    private Map<String, Object> row(UUID id) {
        return database.sql("""
                select number, state, priority, cause, assignee, approval, next_due_at from cases.support_case where id = :id
                """)
                .param("id", id)
                .query((row, n) -> {
                    Map<String, Object> values = new LinkedHashMap<>();
                    for (String column : List.of("number", "state", "priority", "cause", "assignee", "approval")) {
                        values.put(column, String.valueOf(row.getObject(column)));
                    }
                    Instant due = Queue.instant(row, "next_due_at");
                    values.put("due", due == null ? "" : due.toString());
                    return values;
                })
                .single();
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private static Viewer leader() {
        return new Viewer(UUID.randomUUID(), "Lin Wei", "lin@example.com", Role.LEADER, true);
    }

    private void write(String type, String id, Map<String, Object> values) {
        RowOutcome outcome = records.upsert(
                        records.type(type).orElseThrow(),
                        List.of(new RecordRow(1, id, new LinkedHashMap<>(values), Map.of())),
                        Actor.SYSTEM,
                        new Records.Write(null, "Test", Records.Formats.ISO))
                .getFirst();
        assertThat(outcome.problems()).isEmpty();
    }

    private void promise(String targets) {
        database.sql("""
                with p as (insert into programs.program (id, key, name, tier, house, created_at)
                    values (gen_random_uuid(), 'house', 'House', 0, true, now()) returning id)
                insert into programs.version (id, program_id, number, offer, published_at, published_by, valid_from)
                select gen_random_uuid(), id, 1, cast(:offer as jsonb), now(), 'Lin', '2020-01-01' from p
                """).param("offer", offer(targets, "[]")).update();
    }

    private static String offer(String targets, String units) {
        return """
                {"summary": "", "price": null, "currency": null, "calendar": null, "channels": ["email"], "targets": %s,
                 "termMonths": 12, "units": %s, "eligibility": {"segments": [], "note": ""}, "benefits": []}
                """.formatted(targets, units);
    }
}
