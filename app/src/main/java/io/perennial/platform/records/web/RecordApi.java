package io.perennial.platform.records.web;

import io.perennial.platform.records.Limits;
import io.perennial.platform.records.RecordPage;
import io.perennial.platform.records.RecordQuery;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Problem;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.platform.web.Answers;
import io.perennial.platform.web.Answers.Answer;
import io.perennial.platform.web.ApiBody;
import io.perennial.platform.web.ApiProblem;
import io.perennial.platform.web.CurrentActor;
import io.perennial.shared.Actor;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** One record of any type: read it, write it; and lists of them. Described to clients by {@link RecordOpenApi}. */
@RestController
@Hidden
@RequestMapping("/api/v1/{type}")
class RecordApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Records records;
    private final Answers answers;
    private final ObjectProvider<CurrentActor> actors;

    RecordApi(Records records, Answers answers, ObjectProvider<CurrentActor> actors) {
        this.records = records;
        this.answers = answers;
        this.actors = actors;
    }

    @GetMapping
    ResponseEntity<byte[]> list(@PathVariable String type, HttpServletRequest request) {
        RecordPage page = refusing(() -> records.list(ListParameters.query(required(type), request)));
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("records", page.records());
        body.put("next", page.next());
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(JSON.writeValueAsBytes(body));
    }

    @GetMapping("/{externalId}")
    ResponseEntity<byte[]> find(@PathVariable String type, @PathVariable String externalId) {
        RecordType recordType = required(type);
        Map<String, @Nullable Object> record = refusing(() -> records.find(recordType, externalId))
                .orElseThrow(() -> new ApiProblem(
                        404,
                        "not_found",
                        "There is no such record",
                        "No record among the " + type + " has this external id."));
        return ResponseEntity.ok()
                .eTag("\"" + record.get("version") + "\"")
                .contentType(MediaType.APPLICATION_JSON)
                .body(JSON.writeValueAsBytes(record));
    }

    @PutMapping("/{externalId}")
    ResponseEntity<byte[]> put(@PathVariable String type, @PathVariable String externalId, HttpServletRequest request) {
        RecordType recordType = required(type);
        byte[] body = ApiBody.read(request, Limits.BODY_BYTES);
        RecordItems.Item item = RecordItems.read(recordType, 0, externalId, ApiBody.object(body));
        if (!item.problems().isEmpty()) {
            throw invalid(item.problems());
        }
        Actor actor = actors.getObject().actor();
        return answers.once(request, body, actor, () -> {
            requireVersion(recordType, externalId, request.getHeader("If-Match"));
            String summary = "%s %s received over the API".formatted(recordType.title(), externalId.strip());
            RowOutcome outcome = records.upsert(
                            recordType,
                            List.of(item.row()),
                            actor,
                            new Records.Write(null, summary, Records.Formats.ISO))
                    .getFirst();
            if (outcome.result() == Result.INVALID) {
                throw invalid(outcome.problems());
            }
            Map<String, @Nullable Object> written = new LinkedHashMap<>();
            written.put("external_id", outcome.externalId());
            written.put("result", outcome.result().name().toLowerCase(Locale.ROOT));
            written.put("id", outcome.id() == null ? null : outcome.id().toString());
            int status = outcome.result() == Result.CREATED ? 201 : 200;
            return new Answer(status, JSON.writeValueAsBytes(written), true, Map.of());
        });
    }

    private void requireVersion(RecordType type, String externalId, @Nullable String ifMatch) {
        if (ifMatch == null || !records.readable(type)) {
            return;
        }
        String present = records.lockedVersion(type, externalId.strip())
                .map(version -> "\"" + version + "\"")
                .orElse("");
        if (!present.equals(ifMatch.strip()) && !(ifMatch.strip().equals("*") && !present.isEmpty())) {
            throw new ApiProblem(
                    412,
                    "stale_version",
                    "The record was changed since you read it",
                    "Read it again and send the ETag of that answer as If-Match.");
        }
    }

    private RecordType required(String type) {
        return records.type(type)
                .orElseThrow(() -> new ApiProblem(
                        404,
                        "unknown_type",
                        "There is no such type of record",
                        "Known are: "
                                + records.types().stream().map(RecordType::name).collect(Collectors.joining(", "))
                                + "."));
    }

    static ApiProblem invalid(List<Problem> problems) {
        List<String> codes = problems.stream().map(Problem::code).distinct().toList();
        boolean forbidden = codes.equals(List.of("forbidden"));
        return new ApiProblem(
                forbidden ? 403 : 422,
                codes.size() == 1 ? codes.getFirst() : "invalid_record",
                forbidden ? "This record may not be written" : "The record was not written",
                problems.size() == 1
                        ? problems.getFirst().message()
                        : "%d values are not right; each is listed.".formatted(problems.size()),
                fields(problems),
                Map.of());
    }

    static List<ApiProblem.Field> fields(List<Problem> problems) {
        return problems.stream()
                .map(problem ->
                        new ApiProblem.Field(problem.column(), problem.code(), problem.message(), problem.value()))
                .toList();
    }

    private static <T> T refusing(Supplier<T> query) {
        try {
            return query.get();
        } catch (RecordQuery.Refused refused) {
            int status = switch (refused.code()) {
                case "bad_cursor" -> 400;
                case "not_listed" -> 404;
                default -> 422;
            };
            String message = String.valueOf(refused.getMessage());
            throw new ApiProblem(
                    status,
                    refused.code(),
                    "The query cannot be answered",
                    message,
                    List.of(new ApiProblem.Field(refused.parameter(), refused.code(), message, refused.value())),
                    Map.of());
        }
    }
}
