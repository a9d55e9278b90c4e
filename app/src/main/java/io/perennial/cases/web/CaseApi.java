package io.perennial.cases.web;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.cases.desk.CaseDesk;
import io.perennial.cases.desk.CaseDesk.OpenedCase;
import io.perennial.cases.desk.CaseRefused;
import io.perennial.cases.desk.NewCase;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Answers;
import io.perennial.platform.web.Answers.Answer;
import io.perennial.platform.web.ApiProblem;
import io.perennial.platform.web.ApiProblem.Field;
import io.perennial.platform.web.CurrentActor;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Cases that a program opens for a customer. Unlike the records of another help desk, which come by {@code PUT}, such a case
 * is new here: it is timed, counted against what was bought, and acknowledged to the person who asks.
 */
@RestController
@Tag(name = "Cases", description = "Requests for help")
class CaseApi {

    private final CaseDesk desk;
    private final Accounts accounts;
    private final Answers answers;
    private final CurrentActor caller;
    private final JsonMapper json;

    CaseApi(CaseDesk desk, Accounts accounts, Answers answers, CurrentActor caller, JsonMapper json) {
        this.desk = desk;
        this.accounts = accounts;
        this.answers = answers;
        this.caller = caller;
        this.json = json;
    }

    record CaseRequest(
            @Nullable String account,
            @Nullable String contact,
            @Nullable String subject,
            @Nullable String text,
            @Nullable String impact,
            @Nullable String urgency,
            @Nullable String product,
            @Nullable String channel) {}

    @PostMapping("/api/v1/cases")
    @Operation(summary = "Open a case")
    @ApiResponse(
            responseCode = "201",
            description = "The case, with the time by which a person answers.",
            content = @Content(schema = @Schema(implementation = OpenedCase.class)))
    ResponseEntity<byte[]> open(@RequestBody CaseRequest request, HttpServletRequest http) {
        Actor program = caller.actor();
        return answers.once(http, json.writeValueAsBytes(request), program, () -> {
            OpenedCase taken = taken(request, program);
            return new Answer(
                    201,
                    json.writeValueAsBytes(taken),
                    true,
                    Map.of("Location", "/api/v1/cases/" + taken.externalId()));
        });
    }

    private OpenedCase taken(CaseRequest request, Actor program) {
        String name = text(request.account());
        AccountId account = accounts.byExternalId(name)
                .orElseThrow(() -> refused("account", name, "Send the external id of an account that is known here."));
        try {
            return desk.take(
                    new NewCase(
                            account,
                            contact(account, text(request.contact())),
                            text(request.subject()),
                            text(request.text()),
                            text(request.impact()),
                            text(request.urgency()),
                            text(request.product()),
                            request.channel() == null ? "api" : request.channel(),
                            "",
                            Ids.next().toString()),
                    program);
        } catch (CaseRefused refused) {
            throw new ApiProblem(422, "invalid", "The case cannot be opened", String.valueOf(refused.getMessage()));
        }
    }

    /** By external id or mail address; somebody unknown is a mistake, nobody is not. */
    private @Nullable UUID contact(AccountId account, String name) {
        if (name.isEmpty()) {
            return null;
        }
        return accounts.contacts(account).stream()
                .filter(person -> name.equals(person.externalId()) || name.equalsIgnoreCase(person.email()))
                .findFirst()
                .map(Contact::id)
                .orElseThrow(() -> refused(
                        "contact", name, "Send the external id or mail address of a person known at this account."));
    }

    private static ApiProblem refused(String field, String value, String message) {
        return new ApiProblem(
                422,
                "invalid",
                "The case cannot be opened",
                message,
                List.of(new Field(field, "unknown", message, value.length() > 100 ? value.substring(0, 100) : value)),
                Map.of());
    }

    private static String text(@Nullable String sent) {
        return sent == null ? "" : sent.strip();
    }
}
