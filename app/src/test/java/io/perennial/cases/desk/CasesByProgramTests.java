package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A chat on Harbor Freight's site hands their requests over. */
@PerennialTest
class CasesByProgramTests extends DeskStory {

    private static final String ASKED = """
            {"account": "harbor", "contact": "MIA@harbor.example", "subject": "Export stops at 10,000 rows",
             "text": "Since this morning.", "impact": "all", "urgency": "stopped"}""";

    Visitor chat;

    @BeforeEach
    void theChatHasAKey() {
        chat = people.program("write");
    }

    @Test
    void aRequestIsTimedAndAcknowledgedToThePersonWhoAsks() {
        HttpResponse<String> answer = chat.json("POST", "/api/v1/cases", ASKED);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body())
                .contains("\"priority\":\"urgent\"", "\"answerDueAt\":\"2026-11-24T10:00:00Z\"", "\"number\":");
        assertThat(sam.get("/cases").body()).contains("Export stops at 10,000 rows");
        assertThat(database.sql("select to_address from mail.letter")
                        .query(String.class)
                        .list())
                .containsExactly("mia@harbor.example");
        assertThat(chat.get(location(answer)).body()).contains("Export stops at 10,000 rows");
    }

    @Test
    void theSameRequestWithItsKeyOpensOneCase() {
        Map<String, String> headers = Map.of("Idempotency-Key", "chat-77", "Content-Type", "application/json");
        HttpResponse<String> first = chat.send("POST", "/api/v1/cases", BodyPublishers.ofString(ASKED), headers);
        HttpResponse<String> second = chat.send("POST", "/api/v1/cases", BodyPublishers.ofString(ASKED), headers);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(database.sql("select count(*) from cases.support_case")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whatIsMissingIsSaidAndNothingIsKept() {
        for (var wrong : Map.of(
                        "{\"subject\": \"Help\", \"text\": \"x\"}",
                        "external id of an account",
                        "{\"account\": \"harbor\", \"text\": \"x\"}",
                        "what it is about",
                        "{\"account\": \"harbor\", \"subject\": \"Help\"}",
                        "Write something first",
                        "{\"account\": \"harbor\", \"subject\": \"Help\", \"text\": \"x\", \"impact\": \"all\"}",
                        "Say both",
                        "{\"account\": \"harbor\", \"contact\": \"eve\", \"subject\": \"Help\", \"text\": \"x\"}",
                        "person known at this account")
                .entrySet()) {
            HttpResponse<String> answer = chat.json("POST", "/api/v1/cases", wrong.getKey());
            assertThat(answer.statusCode()).as(wrong.getKey()).isEqualTo(422);
            assertThat(answer.body()).contains(wrong.getValue());
        }
        assertThat(database.sql("select count(*) from cases.support_case")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
