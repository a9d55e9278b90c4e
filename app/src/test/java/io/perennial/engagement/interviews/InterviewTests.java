package io.perennial.engagement.interviews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class InterviewTests {

    @Autowired
    JdbcClient database;

    @Autowired
    AnswersRead answers;

    @Autowired
    People people;

    private Visitor ana;
    private AccountId harbor;
    private AccountId kiva;

    @BeforeEach
    void anaLooksAfterTwoCustomers() {
        ana = people.csm("Ana Reyes");
        Book book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight Lines");
        kiva = book.account("kiva", "Kiva Bikes");
        book.contact(harbor, "Mia Okafor", "decision_maker", null, null);
    }

    @Test
    void anInterviewIsAConversationWithAnswersThatCanBeComparedAndTasksThatFollow() {
        assertThat(ana.get("/interviews/new?account=" + harbor).body())
                .contains("What do you want to reach this year", "1 to 5", "Mia Okafor");
        String address = hold(harbor, Map.of("heldOn", "2026-05-11", "score.value", "2", "body.value", "Half of it."));
        String second = hold(
                harbor,
                Map.of(
                        "heldOn",
                        "2026-11-20",
                        "score.value",
                        "4",
                        "body.value",
                        "Nearly all.",
                        "mood.value",
                        "content",
                        "follow.value",
                        "Show the rest to the board",
                        "summary",
                        "They will stay."));

        assertThat(ana.get(second).body())
                .contains("4 of 5", "was 2", "Before: Half of it.", "to do: Show the rest to the board");
        assertThat(ana.get("/accounts/" + harbor + "?tab=people").body())
                .contains("Meetings and interviews", "20 Nov 2026");
        assertThat(ana.get("/accounts/" + harbor).body()).contains("Show the rest to the board");
        assertThat(database.sql("select count(*) from engagement.touchpoint where conversation and kind = 'meeting'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        hold(kiva, Map.of("heldOn", "2026-11-19", "score.value", "1", "mood.value", "angry"));
        Viewer all = new Viewer(ana.id(), "Ana", "a@example.com", Role.CSM, true);
        assertThat(answers.all("", 180, all).stream()
                        .filter(one -> one.question().key().equals("value")))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.answers()).isEqualTo(2);
                    assertThat(one.mean()).isEqualTo(2.5);
                    assertThat(one.low()).isEqualTo(1.0); // far below, cut at the end of the scale
                    assertThat(one.high()).isEqualTo(5.0);
                    assertThat(one.before()).isEqualTo(2.0);
                    assertThat(one.negative()).isEqualTo(1);
                    assertThat(one.openTasks()).isEqualTo(1);
                });
        assertThat(ana.get("/interviews/questions").body()).contains("Lowest: How much of what you bought");
        assertThat(ana.get("/interviews/questions/value").body()).contains("Nearly all.", "Kiva Bikes");
        assertThat(people.csmWithOwnAccounts("Ben Carter").get(address).statusCode())
                .isEqualTo(404);
        assertThat(people.program("read").get("/api/v1/interview-questions").body())
                .contains("\"question\":\"value\"");
    }

    @Test
    void whatWasTypedStaysWhenSomethingIsWrongAndAColleagueIsNotOverwritten() {
        HttpResponse<String> future =
                ana.post("/interviews", form(harbor, Map.of("heldOn", "2027-01-01", "body.goals", "Two warehouses")));
        assertThat(future.statusCode()).isEqualTo(422);
        assertThat(future.body()).contains("An interview lies in the past", "Two warehouses");
        assertThat(ana.post("/interviews", form(harbor, Map.of())).body()).contains("Write down at least one answer");
        assertThat(ana.post("/interviews", form(harbor, Map.of("score.value", "7")))
                        .body())
                .contains("Rate with 1 to 5");
        assertThat(database.sql("select count(*) from engagement.interview")
                        .query(Integer.class)
                        .single())
                .isZero();

        String address = hold(harbor, Map.of("body.goals", "Two warehouses"));
        ana.post(address, form(harbor, Map.of("seen", "1", "body.goals", "Three warehouses")));
        HttpResponse<String> late = ana.post(address, form(harbor, Map.of("seen", "1", "body.goals", "Four")));
        assertThat(late.statusCode()).isIn(422, 303, 302);
        assertThat(people.reader()
                        .post("/interviews", form(harbor, Map.of("body.goals", "x")))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void takingAnInterviewBackTakesItsAnswersAndItsConversation() {
        String address = hold(harbor, Map.of("body.goals", "Two warehouses"));
        String undo = Jsoup.parse(ana.get(address).body())
                .select("form[action*=undo]")
                .attr("action");
        ana.post(undo, Map.of());
        for (String table : List.of("interview", "interview_answer", "touchpoint")) {
            assertThat(database.sql("select count(*) from engagement." + table)
                            .query(Integer.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void questionsArePublishedInVersionsAndOldInterviewsKeepTheirs() {
        Visitor lin = people.leader();
        String old = hold(harbor, Map.of("body.promises", "A report"));
        Map<String, String> form = Map.of(
                "name",
                "Relationship interview",
                "body",
                "goals: Where to?\nvalue: How much? [1-5]",
                "reason",
                "Shorter",
                "seen",
                "0");
        assertThat(ana.post("/interviews/questionnaires", form).statusCode()).isEqualTo(403);
        lin.post("/interviews/questionnaires", form);
        assertThat(ana.get("/interviews/new?account=" + harbor).body())
                .contains("Where to?")
                .doesNotContain("What did we promise");
        assertThat(ana.get(old).body()).contains("What did we promise and not keep?", "A report");
        HttpResponse<String> wrong = lin.post(
                "/interviews/questionnaires",
                new TreeMap<>(Map.of("name", "Other", "body", "no question", "reason", "x", "seen", "0")));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("Line 1 is no question", "no question");
    }

    @Test
    void interviewsComeInAsRecordsToo() {
        Visitor program = people.program("read", "write");
        assertThat(program.json("PUT", "/api/v1/interviews/i-1", """
                {"account": "harbor", "held_on": "2026-10-01", "questionnaire": "Relationship interview", "summary": "Good"}
                """).statusCode())
                .isIn(200, 201);
        assertThat(program.json("PUT", "/api/v1/interview-answers/i-1-v", """
                {"account": "harbor", "interview": "i-1", "question": "value", "score": 3}
                """).statusCode())
                .isIn(200, 201);
        HttpResponse<String> bad = program.json("PUT", "/api/v1/interview-answers/i-1-w", """
                {"account": "harbor", "interview": "i-1", "question": "value", "score": 9}
                """);
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(ana.get("/interviews").body()).contains("Harbor Freight Lines", "Good");
    }

    @Test
    void aQuestionnaireIsReadAsWritten() {
        Questionnaire read =
                Questionnaire.parse("# Part\n\ngoals: Where to? \n> Numbers\n> please\nvalue: How much? [1-5]\n");
        assertThat(read.questions())
                .containsExactly(
                        new Questionnaire.Question("goals", "Part", "Where to?", "Numbers please", false),
                        new Questionnaire.Question("value", "Part", "How much?", "", true));
        for (String bad : List.of("", "> hint", "Goals: x", "a: x\na: y", "goals Where", "x".repeat(30_000))) {
            assertThatThrownBy(() -> Questionnaire.parse(bad)).isInstanceOf(Questionnaire.BadQuestionnaire.class);
        }
    }

    private String hold(AccountId account, Map<String, String> said) {
        HttpResponse<String> kept = ana.post("/interviews", form(account, said));
        assertThat(kept.statusCode()).as(kept.body()).isBetween(300, 303);
        return kept.headers().firstValue("Location").orElseThrow().replaceFirst("^https?://[^/]+", "");
    }

    private static Map<String, String> form(AccountId account, Map<String, String> said) {
        Map<String, String> form = new TreeMap<>(said);
        form.put("account", account.toString());
        form.putIfAbsent("questionnaire", "Relationship interview");
        return form;
    }

    static UUID id(String address) {
        return UUID.fromString(address.substring(address.lastIndexOf('/') + 1));
    }
}
