package io.perennial.renewals.web;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.ApiProblem;
import io.perennial.platform.web.ApiProblem.Field;
import io.perennial.platform.web.CurrentActor;
import io.perennial.renewals.Call;
import io.perennial.renewals.Calls;
import io.perennial.renewals.Renewal;
import io.perennial.renewals.RenewalFilter;
import io.perennial.renewals.RenewalPeople;
import io.perennial.renewals.RenewalPeople.Side;
import io.perennial.renewals.RenewalRefused;
import io.perennial.renewals.RenewalWork;
import io.perennial.renewals.Renewals;
import io.perennial.renewals.Stage;
import io.perennial.renewals.Worker;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Renewals for programs: a billing system that reads what is due, a CRM that brings the call. */
@RestController
@RequestMapping("/api/v1/renewals")
@Tag(name = "Renewals", description = "What is due, who decides, and what is expected of it")
class RenewalApi {

    private static final int MOST = 200;

    private final Renewals renewals;
    private final RenewalWork work;
    private final RenewalPeople people;
    private final Calls calls;
    private final Accounts accounts;
    private final CurrentActor caller;

    RenewalApi(
            Renewals renewals,
            RenewalWork work,
            RenewalPeople people,
            Calls calls,
            Accounts accounts,
            CurrentActor caller) {
        this.renewals = renewals;
        this.work = work;
        this.people = people;
        this.calls = calls;
        this.accounts = accounts;
        this.caller = caller;
    }

    record RenewalAnswer(
            UUID id,
            String account,
            String accountName,
            String product,
            int products,
            String currency,
            BigDecimal annual,
            BigDecimal proposed,
            @Nullable BigDecimal uplift,
            BigDecimal fees,
            LocalDate startsOn,
            LocalDate dueOn,
            boolean automatic,
            LocalDate noticeOn,
            @Nullable LocalDate noticedOn,
            @Nullable LocalDate renewedOn,
            String outcome,
            String stage,
            @Nullable String decider,
            @Nullable LocalDate confirmedOn,
            @Nullable String owner,
            BigDecimal chance,
            String expected,
            @Nullable String call,
            @Nullable String callReason,
            @Nullable LocalDate calledOn,
            @Nullable String settled,
            boolean disputed) {

        static RenewalAnswer of(Renewal renewal) {
            Call call = renewal.forecast().call();
            Call settled = renewal.forecast().settled();
            return new RenewalAnswer(
                    renewal.id(),
                    renewal.accountExternalId(),
                    renewal.accountName(),
                    renewal.product(),
                    renewal.products(),
                    renewal.currency(),
                    renewal.annual(),
                    renewal.proposed(),
                    renewal.uplift(),
                    renewal.fees(),
                    renewal.startsOn(),
                    renewal.dueOn(),
                    renewal.automatic(),
                    renewal.noticeOn(),
                    renewal.noticedOn(),
                    renewal.renewedOn(),
                    renewal.outcome().key(),
                    renewal.stage().key(),
                    renewal.decider(),
                    renewal.confirmedOn(),
                    renewal.ownerName(),
                    renewal.forecast().chance(),
                    renewal.forecast().expected().key(),
                    call == null ? null : call.key(),
                    renewal.forecast().reason(),
                    renewal.forecast().calledOn(),
                    settled == null ? null : settled.key(),
                    renewal.forecast().isDisputed());
        }
    }

    record RenewalList(
            List<RenewalAnswer> renewals, @Nullable String next) {}

    record RenewalCall(@Nullable String call, @Nullable String reason) {}

    record RenewalStage(@Nullable String stage) {}

    record RenewalUplift(@Nullable BigDecimal percent) {}

    record RenewalPerson(@Nullable String side, @Nullable Boolean decides) {}

    @GetMapping
    @Operation(summary = "Renewals, what is due first; filter and page on")
    RenewalList list(
            @RequestParam(defaultValue = "") String only,
            @RequestParam(defaultValue = "all") String window,
            @RequestParam(defaultValue = "") String month,
            @RequestParam(defaultValue = "") String way,
            @RequestParam(defaultValue = "") String stage,
            @RequestParam(defaultValue = "") String currency,
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new ApiProblem(
                    400, "out_of_range", "The limit cannot be used", "Ask for 1 to " + MOST + " renewals.");
        }
        RenewalFilter filter = new RenewalFilter(only, window, month, "", way, stage, currency, account, "", sort);
        known("only", only, filter.chosen().key());
        known("window", window, filter.window());
        known("month", month, filter.month());
        known("stage", stage, Stage.find(stage).map(Stage::key).orElse(""));
        known("way", way, way.matches("automatic|manual") ? way : "");
        known("sort", sort, filter.order().key());
        Renewals.Page page = renewals.list(filter, after, limit, Viewer.EVERYTHING);
        return new RenewalList(page.renewals().stream().map(RenewalAnswer::of).toList(), page.next());
    }

    @GetMapping("/{id}")
    @Operation(summary = "A renewal")
    RenewalAnswer one(@PathVariable UUID id) {
        return RenewalAnswer.of(renewals.find(id).orElseThrow(RenewalApi::none));
    }

    @PutMapping("/{id}/call")
    @Operation(summary = "Say what is expected of a renewal")
    RenewalAnswer call(@PathVariable UUID id, @RequestBody RenewalCall body) {
        Call call = Call.find(text(body.call()))
                .orElseThrow(() -> refused("call", text(body.call()), "Send commit, likely, risk, lost or monitor."));
        return done(id, worker -> calls.call(id, call, text(body.reason()), worker));
    }

    @PutMapping("/{id}/stage")
    @Operation(summary = "Say how far the work on a renewal is")
    RenewalAnswer stage(@PathVariable UUID id, @RequestBody RenewalStage body) {
        Stage stage = Stage.find(text(body.stage()))
                .orElseThrow(() -> refused(
                        "stage", text(body.stage()), "Send begun, confirmed, value, noticed, quoted or committed."));
        return done(id, worker -> work.move(id, stage, worker));
    }

    @PutMapping("/{id}/uplift")
    @Operation(summary = "Set the uplift of a renewal")
    RenewalAnswer uplift(@PathVariable UUID id, @RequestBody RenewalUplift body) {
        BigDecimal percent = body.percent();
        return done(id, worker -> work.uplift(id, percent == null ? "" : percent.toPlainString(), worker));
    }

    @PutMapping("/{id}/people/{contact}")
    @Operation(summary = "Confirm a person for a renewal")
    RenewalAnswer confirm(@PathVariable UUID id, @PathVariable String contact, @RequestBody RenewalPerson body) {
        Renewal renewal = renewals.find(id).orElseThrow(RenewalApi::none);
        UUID person = accounts.contacts(renewal.account()).stream()
                .filter(one -> one.externalId().equals(contact))
                .findFirst()
                .map(Contact::id)
                .orElseThrow(() -> new ApiProblem(
                        404,
                        "not_found",
                        "There is no such person",
                        "Send the external id of a contact of the account."));
        Side side = body.side() == null
                ? Side.BUSINESS
                : Side.find(text(body.side()))
                        .orElseThrow(() -> refused("side", text(body.side()), "Send business, technical or finance."));
        return done(id, worker -> people.confirm(id, person, side, Boolean.TRUE.equals(body.decides()), worker));
    }

    private interface Verb {
        @Nullable
        UUID run(Worker worker);
    }

    private RenewalAnswer done(UUID id, Verb verb) {
        if (renewals.find(id).isEmpty()) {
            throw none();
        }
        refusing(() -> verb.run(Worker.program(caller.actor())));
        return RenewalAnswer.of(renewals.find(id).orElseThrow(RenewalApi::none));
    }

    /** What the house refuses is told in its own words. */
    static <T extends @Nullable Object> T refusing(Supplier<T> verb) {
        try {
            return verb.get();
        } catch (RenewalRefused refused) {
            throw new ApiProblem(422, "refused", "Nothing was changed", String.valueOf(refused.getMessage()));
        }
    }

    /** A page may take unknown words for not said; a program wants to know that it is mistaken. */
    private static void known(String parameter, String said, String understood) {
        if (!said.isEmpty() && !said.equals(understood)) {
            throw new ApiProblem(
                    400,
                    "unknown_value",
                    "The filter cannot be used",
                    "The value of " + parameter + " is not known.",
                    List.of(new Field(parameter, "unknown", "The value is not known.", cut(said))),
                    Map.of());
        }
    }

    static ApiProblem refused(String field, String value, String message) {
        return new ApiProblem(
                422,
                "invalid",
                "Nothing was changed",
                message,
                List.of(new Field(field, "invalid", message, cut(value))),
                Map.of());
    }

    static ApiProblem none() {
        return new ApiProblem(404, "not_found", "There is no such renewal", "No renewal has this id.");
    }

    private static String cut(String value) {
        return value.length() > 100 ? value.substring(0, 100) : value;
    }

    static String text(@Nullable String sent) {
        return sent == null ? "" : sent.strip();
    }
}
