package io.perennial.surveys;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.Visitor;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** From the definition to the closed loop, with everything that happens twice. */
class SurveyStoryTests extends AskedCustomers {

    @Test
    void aDetractorGetsOneLetterOneTaskAndOneWordFromWhoCallsWhateverHappensTwice() throws Exception {
        Map<String, String> form = form("Autumn", "nps");
        form.put("language", "de");
        AskingWords.Asked german = AskingWords.in("de").asked(SurveyKind.NPS);
        form.put("subject-de", german.subject());
        form.put("opening-de", "Guten Tag {{contact.first_name}},");
        form.put("question-de", german.question());
        form.put("role", "champion");
        String survey = made(form);

        var preview = Jsoup.parse(ben.get("/surveys/" + survey + "/send").body());
        assertThat(preview.select("h1").text()).isEqualTo("One person would be asked today");
        assertThat(preview.select(".letter-sample").text()).contains("Guten Tag Ana,", german.question());
        assertThat(people.reader()
                        .post("/surveys/" + survey + "/send", Map.of())
                        .statusCode())
                .isEqualTo(403);

        ben.post("/surveys/" + survey + "/send", Map.of());
        ben.post("/surveys/" + survey + "/send", Map.of());
        loop.drain();
        loop.drain();
        delivery.drain();
        assertThat(letters(CUSTOMER)).isEqualTo(1);
        assertThat(letters(TOM)).isZero();
        assertThat(sent(CUSTOMER)[0].getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");

        String link = link(CUSTOMER);
        Visitor customer = people.stranger();
        var page = customer.get(link + "?score=3");
        assertThat(page.body()).contains(german.question()).doesNotContain("Ana", "Oslo", "<script");
        assertThat(Jsoup.parse(page.body()).select("input[checked]").val()).isEqualTo("3");
        assertThat(customer.post(link, Map.of("score", "3", "comment", "Nobody called us back, this is terrible!"))
                        .statusCode())
                .isEqualTo(302);
        customer.post(link, Map.of("score", "3", "comment", "Nobody called us back, this is terrible!"));
        customer.post(link, Map.of("score", "2", "comment", "Nobody called us back, this is terrible!"));
        loop.drain();
        delivery.drain();

        assertThat(database.sql("""
                select r.kind || ' ' || r.score || ' of ' || r.scale_max || ', ' || r.survey || ', ' || t.said
                from surveys.survey_response r join surveys.tone t on t.answer_id = r.id
                """).query(String.class).list()).containsExactly("nps 2 of 10, Autumn, negative");
        assertThat(database.sql("""
                select t.title || ' | ' || m.name || ' | ' || t.due_on from engagement.task t
                join identity.team_member m on m.id = t.owner_id
                """).query(String.class).list())
                .containsExactly("Call Ana Berg: 3 of 10 in “Autumn” | Ben Carter | 2026-11-27");
        assertThat(letters(CUSTOMER)).as("the question, and who will call").isEqualTo(2);
        assertThat(MailText.of(sent(CUSTOMER)[1])).contains("Ben Carter", "27. November 2026");
        assertThat(customer.get(link).body()).contains("Vielen Dank.", "Ihre Antwort: 2.");

        UUID answer = database.sql("select response_id from surveys.follow_up")
                .query(UUID.class)
                .single();
        String address = "/surveys/answers/" + answer;
        assertThat(Jsoup.parse(ben.get("/surveys").body()).select("h1").text())
                .isEqualTo("One unhappy customer is to be called");
        assertThat(ben.post(address + "/close", Map.of("outcome", " ")).statusCode())
                .isEqualTo(422);
        String formId = UUID.randomUUID().toString();
        ben.post(address + "/reply", Map.of("form", formId, "text", "I call you tomorrow at nine."));
        ben.post(address + "/reply", Map.of("form", formId, "text", "I call you tomorrow at nine."));
        delivery.drain();
        assertThat(letters(CUSTOMER)).isEqualTo(3);
        later(Duration.ofDays(2));
        ben.post(address + "/close", Map.of("outcome", "Has a named person now"));
        assertThat(Jsoup.parse(ben.get("/surveys/follow-ups?show=closed").body())
                        .text())
                .contains("100 % of what was due was closed in time", "Has a named person now");
        assertThat(Jsoup.parse(ben.get("/accounts/" + oslo + "?tab=surveys").body())
                        .text())
                .contains("NPS", "2 of 10", "Nobody called us back");
    }

    @Test
    void aScannerThatOpensEveryLinkAnswersNothing() throws Exception {
        sent(form("Autumn", "nps"));
        String link = link(CUSTOMER);
        Visitor scanner = people.stranger();

        for (int score = 0; score <= 10; score++) {
            for (String method : List.of("GET", "HEAD")) {
                var opened = scanner.send(
                        method,
                        link + "?score=" + score,
                        BodyPublishers.noBody(),
                        Map.of("User-Agent", "Mozilla/5.0 (compatible; SafeLinks)"));
                assertThat(opened.statusCode()).isEqualTo(200);
                assertThat(opened.headers().firstValue("Set-Cookie")).isEmpty();
                assertThat(opened.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            }
        }
        assertThat(scanner.get(link + "/no-more").statusCode()).isEqualTo(200);

        assertThat(count("select count(*) from surveys.survey_response")).isZero();
        assertThat(count("select count(*) from surveys.invitation where answered_on is not null"))
                .isZero();
        assertThat(count("select count(*) from surveys.unwilling")).isZero();
        assertThat(database.sql(
                                "select count(*) from surveys.invitation where token_hash like '%sv_%' or token_hash = :token")
                        .param("token", link.substring(3))
                        .query(Long.class)
                        .single())
                .as("only the hash is kept")
                .isZero();
    }

    @Test
    void nobodyIsAskedTooOftenWhoeverAsks() throws Exception {
        UUID solved = UUID.randomUUID();
        transactions.executeWithoutResult(
                one -> application.getBean(SurveyProtection.class).asked(AskingSource.CASE, solved, "Case #7", ana));
        contact(account("sister", "Oslo Sister", "SMB"), "Ana again", CUSTOMER, "user", null);
        String first = sent(withoutReminder("Autumn", "nps"));

        assertThat(letters(CUSTOMER))
                .as("asked about a case today, under both her names")
                .isZero();
        assertThat(letters(TOM)).isEqualTo(1);
        assertThat(Jsoup.parse(ben.get("/surveys/" + first + "/left-out").body())
                        .text())
                .contains("Ana Berg", "Ana again", "Was asked not long ago", "Was asked on 2026-11-24: Case #7");

        later(Duration.ofDays(20));
        sent(withoutReminder("Winter", "csat"));
        assertThat(letters(TOM)).as("20 days are too few").isEqualTo(1);
        later(Duration.ofDays(15));
        String third = sent(withoutReminder("Spring", "ces"));
        assertThat(letters(TOM)).isEqualTo(2);
        assertThat(letters(CUSTOMER)).as("two rows, one person").isEqualTo(1);
        assertThat(Jsoup.parse(ben.get("/surveys/" + third + "/left-out").body())
                        .text())
                .contains("Shares an address");

        var why = transactions.execute(one -> application
                .getBean(SurveyProtection.class)
                .against(AskingSource.CASE, UUID.randomUUID(), "Case #8", tom));
        assertThat(why).contains("Was asked on 2026-12-29: Spring");
        assertThat(Jsoup.parse(ben.get("/surveys/protection").body()).text()).contains("Case #8", "Tom Moe");
        assertThat(ben.post("/surveys/protection", Map.of("quietDays", "1", "afterCaseDays", "1", "mostAYear", "9"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(people.leader()
                        .post("/surveys/protection", Map.of("quietDays", "10", "afterCaseDays", "0", "mostAYear", "2"))
                        .statusCode())
                .isEqualTo(302);
        later(Duration.ofDays(11));
        String fourth = sent(withoutReminder("Summer", "success"));
        assertThat(letters(TOM)).as("twice in a year is enough now").isEqualTo(2);
        assertThat(Jsoup.parse(ben.get("/surveys/" + fourth + "/left-out").body())
                        .text())
                .contains("times within a year");
    }

    @Test
    void whoIsSilentIsRemindedOnceAndWhoWantsNoMoreIsLeftAlone() throws Exception {
        sent(form("Autumn", "csat"));
        String first = link(TOM);
        people.stranger().post(link(CUSTOMER), Map.of("score", "5"));

        later(Duration.ofDays(7));
        loop.drain();
        loop.drain();
        delivery.drain();
        later(Duration.ofDays(7));
        loop.drain();
        delivery.drain();
        assertThat(letters(CUSTOMER)).as("answered").isEqualTo(1);
        assertThat(letters(TOM)).isEqualTo(2);
        assertThat(sent(TOM)[1].getSubject()).startsWith("A short reminder");
        assertThat(link(TOM)).isNotEqualTo(first);
        assertThat(people.stranger().get(first).statusCode()).isEqualTo(200);

        assertThat(people.stranger()
                        .post(link(TOM) + "/no-more", Map.of("List-Unsubscribe", "One-Click"))
                        .statusCode())
                .isEqualTo(200);
        later(Duration.ofDays(90));
        String next = sent(form("Winter", "csat"));
        assertThat(letters(TOM)).isEqualTo(2);
        assertThat(letters(CUSTOMER)).isEqualTo(2);
        assertThat(Jsoup.parse(ben.get("/surveys/" + next + "/left-out").body()).text())
                .contains("Tom Moe", "Wants no more surveys");
        assertThat(people.stranger().get(first).statusCode()).as("over").isEqualTo(410);
    }

    @Test
    void surveysAskAgainAfterMonthsAndAfterAnEvent() throws Exception {
        Map<String, String> repeated = form("Pulse", "csat");
        repeated.put("when", "repeat");
        repeated.put("everyMonths", "3");
        repeated.put("reminderDays", "");
        sent(repeated);
        assertThat(letters(TOM)).isEqualTo(1);
        for (int month = 0; month < 4; month++) {
            later(Duration.ofDays(31));
            loop.drain();
            delivery.drain();
        }
        assertThat(letters(TOM)).as("once in three months").isEqualTo(2);
        ben.post(
                "/surveys/"
                        + database.sql("select id::text from surveys.survey")
                                .query(String.class)
                                .single() + "/close",
                Map.of());

        Map<String, String> after = form("Welcome", "ces");
        after.put("when", "after");
        after.put("occasion", "customer_since");
        after.put("occasionDays", "30");
        after.put("reminderDays", "");
        database.sql("update accounts.account set customer_since = cast(:day as date)")
                .param("day", clock.instant().toString().substring(0, 10))
                .update();
        sent(after);
        for (int day = 0; day < 33; day++) {
            later(Duration.ofDays(1));
            loop.drain();
        }
        delivery.drain();
        assertThat(letters(TOM)).isEqualTo(3);
        assertThat(count("select count(*) from surveys.invitation where cause like 'customer-since:%'"))
                .isEqualTo(2);
    }

    @Test
    void anonymousAnswersLeadBackToNobodyAndFewAreNotShown() throws Exception {
        for (int i = 0; i < 4; i++) {
            contact(oslo, "Kari " + i, "kari" + i + "@oslo-ferry.example", "user", null);
        }
        Map<String, String> form = form("Honestly", "nps");
        form.put("anonymous", "true");
        String survey = sent(form);
        Visitor stranger = people.stranger();
        stranger.post(link(TOM), Map.of("score", "1", "comment", "Too slow"));
        stranger.post(link(TOM), Map.of("score", "9", "comment", "changed"));
        assertThat(stranger.get(link(TOM)).body())
                .contains("cannot be changed any more")
                .doesNotContain("Too slow");
        String address = "/surveys/" + survey;

        assertThat(Jsoup.parse(ben.get(address).body()).text())
                .contains("Fewer than 5 answers")
                .doesNotContain("Too slow");
        assertThat(ben.get(address + "/answers.csv").body()).doesNotContain("Too slow");
        for (int i = 0; i < 4; i++) {
            stranger.post(link("kari" + i + "@oslo-ferry.example"), Map.of("score", "10"));
        }

        assertThat(Jsoup.parse(ben.get(address).body()).text())
                .contains("Honestly: NPS 60", "Too slow", "Small sample");
        assertThat(ben.get(address + "/answers.csv").body())
                .contains("Too slow")
                .doesNotContain("Tom", "oslo-ferry", "2026");
        assertThat(Jsoup.parse(ben.get(address + "/people").body()).text()).doesNotContain("Answered", "1 of 10");
        assertThat(count("select count(*) from surveys.survey_response")).isZero();
        assertThat(count("select count(*) from engagement.task")).isZero();
    }

    @Test
    void programsDefineSendAndReadAndResultsCarryTheirIntervals() throws Exception {
        Visitor program = people.program("write");
        var made = program.json(
                "POST",
                "/api/v1/surveys",
                "{\"name\": \"API\", \"kind\": \"csat\", \"filters\": [\"segment:is:Enterprise\"], \"roles\": [\"user\"]}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        database.sql("""
                insert into accounts.overview (account_id, name, segment) select id, name, segment from accounts.account
                on conflict do nothing
                """).update();
        String id = made.body().replaceAll("(?s).*\"id\":\"([0-9a-f-]{36})\".*", "$1");
        assertThat(program.json("POST", "/api/v1/surveys", "{\"name\": \"API\", \"kind\": \"smiles\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(program.json("POST", "/api/v1/surveys", "{\"name\": \"api\", \"kind\": \"csat\"}")
                        .body())
                .contains("There is a survey of that name already");
        assertThat(program.json("POST", "/api/v1/surveys/" + id + "/send", "").statusCode())
                .isEqualTo(202);
        loop.drain();
        delivery.drain();
        assertThat(letters(CUSTOMER)).isZero();
        people.stranger().post(link(TOM), Map.of("score", "4"));

        var results = program.get("/api/v1/surveys/" + id + "/results?by=role");
        assertThat(results.body())
                .contains(
                        "\"asked\":1",
                        "\"answered\":1",
                        "\"happy\":1",
                        "\"value\":100",
                        "\"smallSample\":true",
                        "\"group\":\"user\"");
        assertThat(program.get("/api/v1/surveys").body()).contains("\"name\":\"API\"", "\"state\":\"running\"");
        assertThat(program.get("/api/v1/surveys/" + id + "/results?by=moon").statusCode())
                .isEqualTo(422);
        assertThat(program.get("/api/v1/surveys/" + UUID.randomUUID()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void definitionsCanBeUndoneAndAToneCorrected() throws Exception {
        String survey = made(form("Autumn", "csat"));
        var changed = form("Autumn", "csat");
        changed.put("question-en", "How {{contact.email}}?");
        var refused = ben.post("/surveys/" + survey + "/edit", changed);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("cannot be filled in", "How {{contact.email}}?");
        changed.put("question-en", "How was it?");
        ben.post("/surveys/" + survey + "/edit", changed);
        assertThat(ben.post("/surveys/" + survey + "/edit", form("Autumn", "csat"))
                        .body())
                .contains("A colleague has changed it meanwhile");
        undoLatest("survey");
        assertThat(ben.get("/surveys/" + survey + "/send").body()).doesNotContain("How was it?");

        ben.post("/surveys/" + survey + "/test", Map.of("language", "en"));
        delivery.drain();
        assertThat(count("select count(*) from mail.letter where purpose = 'survey-test' and state = 'accepted'"))
                .isEqualTo(1);
        ben.post("/surveys/" + survey + "/send", Map.of());
        loop.drain();
        delivery.drain();
        people.stranger().post(link(TOM), Map.of("score", "5", "comment", "=HYPERLINK(\"x\") great work, we love it"));
        UUID answer = database.sql("select id from surveys.survey_response")
                .query(UUID.class)
                .single();
        ben.post("/surveys/answers/" + answer + "/tone", Map.of("tone", "negative"));
        assertThat(Jsoup.parse(ben.get("/surveys/" + survey + "?tone=negative").body())
                        .text())
                .contains("great work", "negative 1");
        undoLatest("survey-tone");
        assertThat(Jsoup.parse(ben.get("/surveys/answers/" + answer).body()).text())
                .contains("says the model");
        assertThat(ben.get("/surveys/" + survey + "/answers.csv").body()).contains("\"'=HYPERLINK(\"\"x\"\")");
        Visitor other = people.signedIn("Only Mine", io.perennial.identity.Role.CSM, false);
        assertThat(other.get("/surveys/answers/" + answer).statusCode()).isEqualTo(404);
        assertThat(other.get("/surveys/" + survey + "/answers.csv").body()).doesNotContain("great work");
        assertThat(other.post("/surveys/" + survey + "/close", Map.of()).statusCode())
                .isEqualTo(302);
        assertThat(Jsoup.parse(ben.get("/surveys").body()).text()).contains("Running");
    }

    private void undoLatest(String kind) {
        UUID change = database.sql(
                        "select id from platform.change where kind = :kind order by at desc, id desc limit 1")
                .param("kind", kind)
                .query(UUID.class)
                .single();
        assertThat(ben.post("/changes/" + change + "/undo", Map.of()).statusCode())
                .isLessThan(400);
    }

    private static Map<String, String> withoutReminder(String name, String kind) {
        Map<String, String> form = form(name, kind);
        form.put("reminderDays", "");
        return form;
    }
}
