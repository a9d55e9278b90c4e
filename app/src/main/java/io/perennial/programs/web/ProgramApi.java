package io.perennial.programs.web;

import io.perennial.accounts.Accounts;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Answers;
import io.perennial.platform.web.Answers.Answer;
import io.perennial.platform.web.ApiProblem;
import io.perennial.platform.web.ApiProblem.Field;
import io.perennial.platform.web.CurrentActor;
import io.perennial.programs.Catalogue;
import io.perennial.programs.Entitlements;
import io.perennial.programs.Entitlements.Decision;
import io.perennial.programs.Programs;
import io.perennial.programs.web.ProgramAnswers.AccountProgramAnswer;
import io.perennial.programs.web.ProgramAnswers.DrawAnswer;
import io.perennial.programs.web.ProgramAnswers.DrawRequest;
import io.perennial.programs.web.ProgramAnswers.ProgramAnswer;
import io.perennial.programs.web.ProgramAnswers.ProgramList;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Programs and entitlements for programs: a time sheet that counts hours, a booking tool that asks for a training seat. */
@RestController
@Tag(name = "Programs", description = "What was promised, and what is left of it")
class ProgramApi {

    private static final BigDecimal LARGEST = new BigDecimal("1000000000");

    private final Catalogue catalogue;
    private final Programs programs;
    private final Entitlements entitlements;
    private final Accounts accounts;
    private final Answers answers;
    private final CurrentActor caller;
    private final JsonMapper json;
    private final Clock clock;

    ProgramApi(
            Catalogue catalogue,
            Programs programs,
            Entitlements entitlements,
            Accounts accounts,
            Answers answers,
            CurrentActor caller,
            JsonMapper json,
            Clock clock) {
        this.catalogue = catalogue;
        this.programs = programs;
        this.entitlements = entitlements;
        this.accounts = accounts;
        this.answers = answers;
        this.caller = caller;
        this.json = json;
        this.clock = clock;
    }

    @GetMapping("/api/v1/programs")
    @Operation(summary = "Programs that are sold today, the highest tier last")
    ProgramList sold() {
        return new ProgramList(catalogue.sold(today()).stream()
                .map(version ->
                        ProgramAnswer.of(catalogue.program(version.program()).orElseThrow(), version))
                .toList());
    }

    @GetMapping("/api/v1/accounts/{externalId}/program")
    @Operation(summary = "What an account may expect today, and what is left of it")
    AccountProgramAnswer of(@PathVariable String externalId) {
        AccountId account = account(externalId);
        return AccountProgramAnswer.of(
                externalId, programs.coverage(account, today()), entitlements.balances(account, today()));
    }

    @PostMapping("/api/v1/accounts/{externalId}/entitlements")
    @Operation(summary = "Use units of an account")
    @ApiResponse(
            responseCode = "201",
            description = "Used; the sentence may be shown to the customer. 409 with the sentence when somebody has to"
                    + " approve it: nothing was used then.",
            content = @Content(schema = @Schema(implementation = DrawAnswer.class)))
    ResponseEntity<byte[]> draw(
            @PathVariable String externalId, @RequestBody DrawRequest request, HttpServletRequest http) {
        Actor program = caller.actor();
        return answers.once(http, json.writeValueAsBytes(request), program, () -> {
            DrawAnswer done = drawn(account(externalId), request, program);
            return new Answer(201, json.writeValueAsBytes(done), true, Map.of());
        });
    }

    private DrawAnswer drawn(AccountId account, DrawRequest request, Actor program) {
        BigDecimal amount = request.amount();
        String unit = request.unit() == null ? "" : request.unit().strip();
        String purpose = request.purpose() == null ? "" : request.purpose().strip();
        if (unit.isEmpty() || unit.length() > 60 || unit.indexOf('\0') >= 0) {
            throw refused("unit", unit, "Send the name of a unit in the ledger, such as expert-hours.");
        }
        if (amount == null || amount.signum() <= 0 || amount.compareTo(LARGEST) > 0 || amount.scale() > 6) {
            throw refused("amount", String.valueOf(amount), "Send a number above zero with at most six decimals.");
        }
        if (purpose.isEmpty() || purpose.length() > 200 || purpose.indexOf('\0') >= 0) {
            throw refused("purpose", purpose, "Say in at most 200 characters what for; the customer may read it.");
        }
        Decision decision = entitlements.draw(account, unit, amount, purpose, "api:" + Ids.next(), program);
        if (decision.rule() == Entitlements.Rule.APPROVAL) {
            throw new ApiProblem(409, "needs_approval", "Somebody has to approve it", decision.sentence());
        }
        return DrawAnswer.of(decision);
    }

    private AccountId account(String externalId) {
        return accounts.byExternalId(externalId)
                .orElseThrow(() -> new ApiProblem(
                        404, "not_found", "There is no such account", "Send the external id of an account here."));
    }

    private static ApiProblem refused(String field, @Nullable String value, String message) {
        String shown = value == null ? "" : value.length() > 100 ? value.substring(0, 100) : value;
        return new ApiProblem(
                422,
                "invalid",
                "Nothing was used",
                message,
                List.of(new Field(field, "invalid", message, shown)),
                Map.of());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
