package io.perennial.cases.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.programs.Priority;
import io.perennial.programs.Targets;
import io.perennial.programs.hours.BusinessHours;
import io.perennial.world.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Examples that others published; the file lies beside the checkout. */
class GoldenClocksTests {

    /** A Monday, at midnight. */
    private static final Instant WEEK = Instant.parse("2026-11-16T00:00:00Z");

    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri");
    private static final DateTimeFormatter SAID =
            DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    @Test
    void dueTimesAreThoseThatOthersPublished() throws Exception {
        List<JsonNode> examples = examples("sla_due");
        assertThat(examples).isNotEmpty();
        for (JsonNode example : examples) {
            JsonNode inputs = example.get("inputs");
            assertThat(inputs.get("business_hours").stringValue()).isEqualTo("Mon-Fri 09-17");
            Targets target = new Targets(
                    null, null, Duration.ofHours(inputs.get("target_hours").intValue()));

            Instant due = CaseClocks.count(
                            said(inputs.get("created").stringValue()),
                            Priority.MEDIUM,
                            List.of(),
                            Map.of(Priority.MEDIUM, target),
                            CaseClocksTests.weekdays())
                    .getFirst()
                    .dueAt();

            assertThat(SAID.format(due))
                    .as(example.get("id").stringValue())
                    .isEqualTo(example.get("expected").stringValue());
        }
    }

    @Test
    void aNightCountsWhereTheClockRunsAroundTheClock() throws Exception {
        JsonNode example = examples("first_response_time").getFirst();
        Instant created = Instant.parse("2026-11-16T22:00:00Z");

        Clocked answer = CaseClocks.count(
                        created,
                        Priority.MEDIUM,
                        List.of(new Step.Answered(Instant.parse("2026-11-17T07:00:00Z"))),
                        Map.of(Priority.MEDIUM, new Targets(Duration.ofHours(12), null, null)),
                        BusinessHours.always(ZoneOffset.UTC))
                .getFirst();

        assertThat(answer.used().toMinutes()).isEqualTo(example.get("expected").longValue());
    }

    private static List<JsonNode> examples(String metric) throws IOException {
        JsonNode all = JsonMapper.shared().readTree(Files.readString(SharedData.beside("golden/metrics.json")));
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode example : all) {
            if (example.get("metric").stringValue().equals(metric)) {
                found.add(example);
            }
        }
        return found;
    }

    private static Instant said(String dayAndHour) {
        String[] parts = dayAndHour.split("[ :]", 3);
        return WEEK.plus(Duration.ofDays(DAYS.indexOf(parts[0])))
                .plus(Duration.ofHours(Long.parseLong(parts[1])))
                .plus(Duration.ofMinutes(Long.parseLong(parts[2])));
    }
}
