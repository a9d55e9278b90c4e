package io.perennial.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.campaigns.Campaign.State;
import io.perennial.campaigns.Campaign.Step;
import io.perennial.campaigns.Campaign.Text;
import io.perennial.engagement.Task;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Campaigns at people of one role and behaviour, over real letters. */
@PerennialTest
class CampaignTests extends CampaignStory {

    @Test
    void sponsorsWhoNeverUsedReportsAreWrittenToFromThePageEachInTheirLanguage() throws Exception {
        String begun = leader.post("/campaigns", Map.of("name", "Sponsors open Reports", "key", "one"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(leader.post("/campaigns", Map.of("name", "Sponsors open Reports", "key", "one"))
                        .headers()
                        .firstValue("Location"))
                .as("the same form is the same campaign")
                .contains(begun);
        String fresh = leader.get(begun).body();
        Map<String, String> form = new HashMap<>(Map.of(
                "seen",
                seen(fresh),
                "name",
                "Sponsors open Reports",
                "role",
                "executive_sponsor",
                "behaviour",
                "never-used",
                "feature",
                "Reports",
                "goal-feature",
                "Reports",
                "holdOut",
                "0",
                "step-1-kind",
                "letter"));
        form.put("step-1-subject-en", "{first_name}, your report for {customer}");
        form.put(
                "step-1-body-en",
                "Dear {name},\n\nReports **are** ready. [Open](https://app.example/reports)\n\n{csm}");
        form.put("step-1-subject-fr", "{first_name}, votre rapport");
        form.put("step-1-body-fr", "Bonjour {name}, les rapports sont prêts.");
        assertThat(leader.post(begun + "/audience", form).body()).contains("2 people fit", "Eva Lie", "Luc Roux");
        assertThat(leader.post(begun, form).statusCode()).isEqualTo(302);

        String draft = leader.get(begun).body();
        assertThat(draft).contains("2 people fit", "Ready to start", "Type the number from above: 2.");
        assertThat(leader.get(begun + "?reader=" + eva).body())
                .contains("Eva, your report for Oslo Ferry", "<strong>are</strong>", "Ana Reyes");
        assertThat(leader.post(begun + "/test-letter", Map.of("reader", eva.toString()))
                        .statusCode())
                .isEqualTo(302);
        String version = seen(draft);
        assertThat(leader.post(begun + "/start", Map.of("seen", version, "people", "3"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(leader.post(begun + "/start", Map.of("seen", version, "people", "2"))
                        .statusCode())
                .isEqualTo(302);
        UUID id = UUID.fromString(begun.substring(begun.lastIndexOf('/') + 1));
        runs(id);

        MimeMessage toEva = only("eva.lie");
        assertThat(toEva.getSubject()).isEqualTo("Eva, your report for Oslo Ferry");
        MimeMultipart both = (MimeMultipart) toEva.getContent();
        assertThat(both.getBodyPart(0).getContent().toString())
                .contains("Reports **are** ready.", "Ana Reyes", "/unsubscribe/");
        assertThat(both.getBodyPart(1).getContent().toString())
                .contains("<strong>are</strong>", "href=\"https://app.example/reports\"");
        assertThat(only("luc.roux").getSubject()).isEqualTo("Luc, votre rapport");
        work.round();
        assertThat(leader.get(begun).body()).contains("2 letters and 0 tasks so far", "Got everything", "Finished");
        assertThat(csm.get("/contacts/" + eva + "/letters").body()).contains("Sponsors open Reports", "Got everything");
    }

    @Test
    void lettersEndForWhoReachesTheGoalOrAnswersAndTheOwnerIsToldOfTheAnswer() throws Exception {
        UUID id = running(draft(0, letter(0, "First"), letter(3, "Second"), letter(3, "Third")));
        assertThat(only("eva.lie").getSubject()).isEqualTo("First");
        UUID thread = outbox.byMessageId(only("luc.roux").getMessageID())
                .orElseThrow()
                .letter();
        assertThat(thread).isNotNull();
        arrives("""
            From: Luc Roux <luc.roux@customer.example>
            To: help@lumenworks.example
            Date: Tue, 24 Nov 2026 10:00:00 +0000
            Message-ID: <answer-1@customer.example>
            In-Reply-To: %s
            Subject: Re: First
            Content-Type: text/plain; charset=utf-8

            Thank you, who can show it to us?
            """.formatted(only("luc.roux").getMessageID()));
        poller.poll();
        assertThat(owed()).containsExactly("Answer Luc Roux about Sponsors open Reports");

        harbour.uses(oslo, "Eva Lie", "Reports", 1, 2);
        clock.moveBy(Duration.ofDays(3));
        runs(id);
        assertThat(states(id)).containsExactlyInAnyOrder("Eva Lie reached", "Luc Roux answered");
        assertThat(sent("eva.lie")).hasSize(1);
        assertThat(sent("luc.roux")).hasSize(1);
        assertThat(database.sql("select two_way from engagement.touchpoint where kind = 'mail'")
                        .query(Boolean.class)
                        .list())
                .containsExactly(true);
        assertThat(campaigns.find(id).orElseThrow().state()).isEqualTo(State.FINISHED);
    }

    @Test
    void aMissingValueIsSaidBeforeAnythingIsSentAndNeverAGap() {
        database.sql("update accounts.account set owner_id = null where id = :id")
                .param("id", lyon.value())
                .update();
        UUID id = campaigns.begin("Hello", "", lin);
        save(id, draft(0, new Step(1, false, 0, Map.of("en", new Text("Hello {first_name}", "Yours, {csm}")))));

        assertThat(obstacles(id))
                .singleElement()
                .asString()
                .contains("No value is known for {csm} of 1 person (Luc Roux at Lyon Quay)", "{csm|…}");
        assertThat(people.csmWithOwnAccounts("Bo Own").get("/campaigns/" + id).body())
                .as("who looks after none of them reads how many they are, not who")
                .contains("2 people fit")
                .doesNotContain("Luc Roux", "Lyon Quay", "Eva Lie");
        assertThatThrownBy(() -> start(id)).isInstanceOf(CampaignRefused.class);
        save(
                id,
                draft(
                        0,
                        new Step(1, false, 0, Map.of("en", new Text("Hello {first_name}", "Yours, {csm|your team}")))));
        start(id);
        runs(id);
        assertThat(server.getReceivedMessages()).hasSize(2);
        assertThat(text("luc.roux")).contains("Yours, your team");
        assertThat(text("eva.lie")).contains("Yours, Ana Reyes");
    }

    @Test
    void namesAreWordsAndTemplatesAreNoPrograms() throws Exception {
        database.sql("update accounts.contact set name = :name where id = :id")
                .param("name", "<img src=x onerror=alert(1)> {csm}\r\nBcc: all@x.example")
                .param("id", eva)
                .update();
        running(draft(0, new Step(1, false, 0, Map.of("en", new Text("For {name}", "Dear **{name}**")))));
        MimeMessage letter = only("eva.lie");
        assertThat(letter.getHeader("Bcc")).isNull();
        assertThat(letter.getSubject()).contains("{csm}").doesNotContain("\n");
        assertThat(((MimeMultipart) letter.getContent())
                        .getBodyPart(1)
                        .getContent()
                        .toString())
                .contains("&lt;img src=x onerror=alert(1)&gt;")
                .doesNotContain("<img");

        UUID another = campaigns.begin("Hostile", "", lin);
        for (String hostile : List.of(
                "{{constructor.constructor(\"return 1\")()}}",
                "{{#each __proto__}}",
                "{{../../secrets}}",
                "{password}",
                "[click](https://app.example/{name})",
                "${7*7} {7*7}")) {
            assertThatThrownBy(() ->
                            save(another, draft(0, new Step(1, false, 0, Map.of("en", new Text("S", hostile))))))
                    .as(hostile)
                    .isInstanceOf(CampaignRefused.class);
        }
    }

    @Test
    void thePersonInThreeListsGetsOneLetterAndWhoSaidNoNone() throws Exception {
        UUID twin = harbour.person(lyon, "Eva Lie", "executive_sponsor", "en");
        UUID id = running(draft(0, letter(0, "First"), letter(2, "Second")));
        assertThat(sent("eva.lie")).hasSize(1);
        assertThat(states(id)).contains("Eva Lie left-out");

        String token = links.token(
                outbox.byMessageId(only("eva.lie").getMessageID()).orElseThrow().letter());
        assertThat(people.stranger().post("/unsubscribe/" + token, Map.of()).statusCode())
                .isEqualTo(200);
        clock.moveBy(Duration.ofDays(6));
        runs(id);
        assertThat(sent("eva.lie")).hasSize(1);
        assertThat(sent("luc.roux")).hasSize(2);
        assertThat(progress.progress(id).unsubscribed()).isPositive();
        assertThat(twin).isNotNull();
    }

    @Test
    void pauseAndCancelCountForWhatWaitsInTheOutboxAndCanBeTakenBack() {
        UUID id = campaigns.begin("Sponsors open Reports", "", lin);
        save(id, draft(0, letter(0, "First")));
        start(id);
        written(id);
        UUID paused = steering.pause(id, lin);
        clock.moveBy(Duration.ofMinutes(5));
        delivery.drain();
        assertThat(server.getReceivedMessages()).isEmpty();
        assertThat(paused).isNotNull();

        steering.goOn(id, lin);
        UUID cancelled = steering.cancel(id, lin);
        assertThat(progress.progress(id).letters("withheld")).isEqualTo(2);
        assertThat(leader.post("/changes/" + cancelled + "/undo", Map.of()).statusCode())
                .isLessThan(400);
        delivery.drain();
        assertThat(server.getReceivedMessages()).hasSize(2);
        assertThat(progress.progress(id).letters("accepted")).isEqualTo(2);
    }

    @Test
    void theHighTouchWayIsATaskWithAScriptForTheOwner() {
        UUID id = running(draft(
                0,
                new Step(
                        1,
                        true,
                        0,
                        Map.of(
                                "en",
                                new Text(
                                        "Call {first_name} about Reports",
                                        "Ask {name} what {customer} reports to its board.")))));

        assertThat(owed()).containsExactlyInAnyOrder("Call Eva about Reports", "Call Luc about Reports");
        assertThat(database.sql("select note from engagement.task where title = 'Call Eva about Reports'")
                        .query(String.class)
                        .list())
                .singleElement()
                .asString()
                .contains("Ask Eva Lie what Oslo Ferry reports to its board.");
        work.round();
        assertThat(database.sql("select count(*) from engagement.task")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        assertThat(server.getReceivedMessages()).isEmpty();
        assertThat(states(id)).containsExactlyInAnyOrder("Eva Lie done", "Luc Roux done");
    }

    @Test
    void programsWriteAndStartCampaignsAndCsmsStayWithinTheirPortfolio() {
        Visitor program = people.program("read", "write");
        String made = program.json("POST", "/api/v1/campaigns", """
                {"name": "By program", "audience": {"roles": ["executive_sponsor"]}, "goal": {"feature": "Reports"},
                 "holdOut": 0, "steps": [{"kind": "letter", "texts": {"en": {"subject": "Hi {first_name}", "body": "Text"}}}]}
                """).body();
        UUID id = UUID.fromString(made.replaceAll("(?s).*\"id\":\"([0-9a-f-]{36})\".*", "$1"));
        assertThat(program.get("/api/v1/campaigns/" + id + "/reach").body())
                .contains("\"people\":2", "\"obstacles\":[]");
        assertThat(program.json("POST", "/api/v1/campaigns/" + id + "/start", "{\"people\": 5}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(program.json("POST", "/api/v1/campaigns/" + id + "/start", "{\"people\": 2}")
                        .body())
                .contains("\"state\":\"running\"");
        assertThat(program.json("POST", "/api/v1/campaigns", "{\"name\": \"x\", \"steps\": [{\"kind\": \"bomb\"}]}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(campaigns.latest(null)).hasSize(1);

        Visitor own = people.csmWithOwnAccounts("Bo Own");
        assertThat(own.post("/campaigns/" + id + "/pause", Map.of()).statusCode())
                .isEqualTo(403);
        String begun = own.post("/campaigns", Map.of("name", "Mine", "key", "k"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(own.get(begun).body()).contains("Nobody would get it");
        assertThat(people.reader().post("/campaigns", Map.of("name", "No")).statusCode())
                .isEqualTo(403);
        assertThat(own.get("/contacts/" + eva + "/letters").statusCode()).isEqualTo(404);
    }

    @Test
    void aCampaignThatCannotBeWrittenKeepsNoOtherOneWaiting() {
        UUID broken = campaigns.begin("Broken", "", lin);
        save(broken, draft(0, letter(0, "Broken")));
        UUID whole = campaigns.begin("Whole", "", lin);
        save(whole, draft(0, letter(0, "Whole")));
        database.sql("alter table campaigns.sent add constraint not_for_broken check (campaign_id <> '" + broken + "')")
                .update();
        try {
            start(broken);
            start(whole);
            written(whole);
        } finally {
            database.sql("alter table campaigns.sent drop constraint not_for_broken")
                    .update();
        }
        assertThat(states(whole)).containsExactlyInAnyOrder("Eva Lie done", "Luc Roux done");
    }

    private List<String> obstacles(UUID id) {
        Campaign campaign = campaigns.find(id).orElseThrow();
        return starts.obstacles(campaign, campaigns.reach(campaign, lin), lin);
    }

    /** What Ana Reyes owes. */
    private List<String> owed() {
        return tasks
                .openFor(
                        csm.id(), new Viewer(csm.id(), "Ana Reyes", "", Role.CSM, true), LocalDate.of(2026, 11, 24), 10)
                .stream()
                .map(Task::title)
                .toList();
    }

    private static String seen(String page) {
        return page.replaceAll("(?s).*?name=\"seen\" value=\"(\\d+)\".*", "$1");
    }

    private List<String> states(UUID id) {
        return database.sql("""
                select c.name || ' ' || p.state from campaigns.person p join accounts.contact c on c.id = p.contact_id
                where p.campaign_id = :id
                """)
                .param("id", id)
                .query((row, number) -> row.getString(1))
                .list();
    }

    private MimeMessage only(String to) throws Exception {
        MimeMessage[] all = sent(to);
        assertThat(all).as(to).hasSize(1);
        return all[0];
    }

    private String text(String to) {
        try {
            return ((MimeMultipart) only(to).getContent())
                    .getBodyPart(0)
                    .getContent()
                    .toString();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
