package io.perennial.health.web;

import io.perennial.health.AccountHealth;
import io.perennial.health.Health;
import io.perennial.health.HealthPart;
import io.perennial.health.Signal;
import io.perennial.health.SignalFinished;
import io.perennial.health.SignalNotFound;
import io.perennial.health.Signals;
import io.perennial.platform.web.ApiProblem;
import io.perennial.platform.web.CurrentActor;
import io.perennial.shared.AccountId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Health and signals for programs. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Health", description = "Scores with their reasons, and signals")
class HealthApi {

    private static final int MOST = 500;

    private final Health health;
    private final Signals signals;
    private final CurrentActor caller;
    private final JdbcClient database;
    private final Clock clock;

    HealthApi(Health health, Signals signals, CurrentActor caller, JdbcClient database, Clock clock) {
        this.health = health;
        this.signals = signals;
        this.caller = caller;
        this.database = database;
        this.clock = clock;
    }

    record Score(
            String account,
            @Nullable Double score,
            String band,
            double coverage,
            double segmentMean,
            String model,
            Instant asOf,
            String reason,
            List<Part> parts) {}

    record Part(
            String measure,
            String title,
            String group,
            String state,
            double possible,
            double earned,
            double contribution,
            @Nullable Double value,
            @Nullable LocalDate observedOn,
            String evidence,
            String remedy) {}

    record OpenSignal(
            UUID id,
            String account,
            String accountName,
            String cause,
            String title,
            int episode,
            String state,
            String urgency,
            String evidence,
            String remedy,
            @Nullable BigDecimal money,
            @Nullable BigDecimal atStake,
            @Nullable String currency,
            @Nullable String owner,
            Instant openedAt,
            @Nullable LocalDate snoozedUntil,
            @Nullable String outcome) {}

    record SignalList(List<OpenSignal> signals) {}

    record Snooze(@Nullable LocalDate until, @Nullable String reason) {}

    record Done(@Nullable String outcome) {}

    @GetMapping("/accounts/{externalId}/health")
    @Operation(summary = "Health of an account with its explanation, now or as of a day or an instant in the past")
    Score health(
            @PathVariable String externalId, @RequestParam(name = "as_of", required = false) @Nullable String asOf) {
        AccountId account = account(externalId);
        AccountHealth found = (asOf == null ? health.of(account) : health.asOf(account, instant(asOf)))
                .orElseThrow(() -> new ApiProblem(
                        404, "not_scored", "Not scored yet", "The score follows within a second of the first facts."));
        return new Score(
                externalId,
                found.shown(),
                found.band().name().toLowerCase(Locale.ROOT),
                found.score().coverage(),
                found.score().norm(),
                found.model().label(),
                found.asOf(),
                found.reason(),
                found.parts().stream().map(HealthApi::part).toList());
    }

    @GetMapping("/signals")
    @Operation(summary = "Open signals, what acting may save first; filter by cause and urgency")
    SignalList open(
            @RequestParam(defaultValue = "") String cause,
            @RequestParam(defaultValue = "") String urgency,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new ApiProblem(400, "out_of_range", "The limit cannot be used", "Ask for 1 to " + MOST + " signals.");
        }
        return new SignalList(signals.open(new Signals.Filter(cause, urgency), limit).stream()
                .map(HealthApi::signal)
                .toList());
    }

    @PostMapping("/signals/{id}/acknowledgement")
    @Operation(summary = "Somebody has seen the signal and works on it")
    OpenSignal acknowledge(@PathVariable UUID id) {
        return done(id, () -> signals.acknowledge(id, caller.actor()));
    }

    @PostMapping("/signals/{id}/snooze")
    @Operation(summary = "Out of sight until a day, with the reason")
    OpenSignal snooze(@PathVariable UUID id, @RequestBody Snooze snooze) {
        LocalDate until = snooze.until();
        if (until == null) {
            throw new ApiProblem(422, "required", "The day is missing", "Send until, such as 2026-12-01.");
        }
        String reason = snooze.reason() == null ? "" : snooze.reason();
        return done(id, () -> signals.snooze(id, until, reason, caller.actor()));
    }

    @PostMapping("/signals/{id}/outcome")
    @Operation(summary = "The signal is done, with what came of it")
    OpenSignal outcome(@PathVariable UUID id, @RequestBody Done done) {
        String outcome = done.outcome() == null ? "" : done.outcome();
        return done(id, () -> signals.done(id, outcome, caller.actor()));
    }

    private OpenSignal done(UUID id, Runnable command) {
        try {
            command.run();
            return signal(signals.find(id).orElseThrow(HealthApi::noSignal));
        } catch (SignalNotFound e) {
            throw noSignal();
        } catch (SignalFinished e) {
            throw new ApiProblem(409, "finished", "The signal is finished", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new ApiProblem(422, "invalid", "The command cannot be carried out", String.valueOf(e.getMessage()));
        }
    }

    private static ApiProblem noSignal() {
        return new ApiProblem(404, "not_found", "There is no such signal", "No signal has this id.");
    }

    private AccountId account(String externalId) {
        return database.sql("select id from accounts.account where external_id = :external")
                .param("external", externalId)
                .query(UUID.class)
                .optional()
                .map(AccountId::new)
                .orElseThrow(() -> new ApiProblem(
                        404, "not_found", "There is no such account", "No account has this external id."));
    }

    /** A day means its end, an instant itself; both in the past. */
    private Instant instant(String text) {
        try {
            Instant instant = text.indexOf('T') > 0
                    ? Instant.parse(text)
                    : LocalDate.parse(text)
                            .plusDays(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .minusNanos(1)
                            .toInstant();
            return instant.isAfter(clock.instant()) ? clock.instant() : instant;
        } catch (DateTimeParseException e) {
            throw new ApiProblem(
                    400,
                    "bad_date",
                    "The date cannot be read",
                    "Write as_of as a day, 2026-11-20, or as an instant in UTC, 2026-11-20T12:00:00Z.");
        }
    }

    private static Part part(HealthPart part) {
        return new Part(
                part.measure(),
                part.title(),
                part.group(),
                part.state(),
                part.possible(),
                part.earned(),
                part.contribution(),
                part.value(),
                part.observedOn(),
                part.evidence(),
                part.remedy());
    }

    private static OpenSignal signal(Signal signal) {
        return new OpenSignal(
                signal.id(),
                signal.accountExternalId(),
                signal.accountName(),
                signal.cause(),
                signal.title(),
                signal.episode(),
                signal.state(),
                signal.urgency().code(),
                signal.evidence(),
                signal.remedy(),
                signal.money(),
                signal.atStake(),
                signal.currency(),
                signal.ownerName(),
                signal.openedAt(),
                signal.snoozedUntil(),
                signal.outcome());
    }
}
