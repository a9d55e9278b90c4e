package io.perennial.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.Visitor;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Eva of Oslo Ferry is asked, her mail scanner opens every link, and she answers three of ten. */
class DetractorTests extends CustomerStory {

    @ParameterizedTest
    @EnumSource(Days.class)
    void whoIsUnhappyIsCalledByOnePersonHearsWhoAndIsNotAskedAgain(Days how) {
        live(how);
        customer("oslo", "Oslo Ferry");
        contact("eva", "oslo", "Eva Lie", "champion");
        contact("tom", "oslo", "Tom Moe", "decision_maker");
        brings("contract-lines/oslo-1", """
                {"account": "oslo", "product": "Fleet Planner", "amount": 12000, "period": "year", "currency": "EUR",
                 "starts_on": "2026-01-01"}""");
        comes(() -> done(crm.json(
                "POST",
                "/api/v1/usage/bulk",
                "{\"items\": ["
                        + IntStream.rangeClosed(1, 90)
                                .mapToObj(ago -> """
                        {"external_id": "", "account": "oslo", "day": "%s", "users": 20, "events": 400}""".formatted(today.minusDays(ago)))
                                .collect(Collectors.joining(","))
                        + "]}")));
        brings("touchpoints/kick-off", """
                {"account": "oslo", "contact": "tom", "kind": "meeting", "at": "2026-11-20T07:30:00Z", "subject": "Review",
                 "member": "ana.reyes"}""");
        nothingHappened();
        asks("Autumn", "champion");
        happened("letter accepted to eva@oslo.example: How are we doing?");
        restart();

        on("2026-11-25");
        String link = link("eva@", "/s/");
        Visitor scanner = people.stranger();
        comes(() -> {
            for (int score = 0; score <= 10; score++) {
                for (String method : List.of("GET", "HEAD")) {
                    assertThat(scanner.send(method, link + "?score=" + score, BodyPublishers.noBody(), Map.of())
                                    .statusCode())
                            .isEqualTo(200);
                }
            }
        });
        nothingHappened();

        Visitor eva = people.stranger();
        comes(() -> done(eva.post(link, Map.of("score", "3", "comment", "Nobody called us back."))));
        happened(
                "answer: nps 3",
                "task for Ana Reyes by 2026-11-28: Call Eva Lie: 3 of 10 in “Autumn”",
                "letter accepted to eva@oslo.example: Thank you for your open answer",
                "signal open: detractor at Oslo Ferry");
        assertThat(said("eva@")).contains("Ana Reyes", "November 28, 2026");
        restart();

        until("2026-11-27");
        nothingHappened();
        finishes("Call Eva Lie: 3 of 10 in “Autumn”");
        happened("task for Ana Reyes by 2026-11-28: Call Eva Lie: 3 of 10 in “Autumn”, done: Done");
        until("2026-12-02");
        nothingHappened();
        restart();
        on("2026-12-03");
        happened("task for Ana Reyes by 2026-12-06: Tell Oslo Ferry what followed from their answer");

        on("2026-12-10");
        asks("Winter", "");
        happened("letter accepted to tom@oslo.example: How are we doing?");
        restart();
        on("2026-12-16");
        nothingHappened();
    }

    private void asks(String name, String role) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("name", name);
        form.put("kind", "nps");
        form.put("language", "en");
        form.put("subject-en", "How are we doing?");
        form.put("opening-en", "Hello {{contact.first_name}},");
        form.put("question-en", "How likely are you to recommend us?");
        form.put("followUp-en", "What is the reason?");
        form.put("percent", "100");
        form.put("when", "once");
        form.put("openDays", "30");
        form.put("reminderDays", "7");
        form.put("followUpDays", "3");
        form.put("heardLetter", "true");
        form.put("seen", "1");
        if (!role.isEmpty()) {
            form.put("role", role);
        }
        String survey = done(ana.post("/surveys/new", form))
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .split("/", 5)[2];
        comes(() -> done(ana.post("/surveys/" + survey + "/send", Map.of())));
    }
}
