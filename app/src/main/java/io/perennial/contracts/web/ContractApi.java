package io.perennial.contracts.web;

import io.perennial.contracts.AgreedLines;
import io.perennial.contracts.AgreedLines.Line;
import io.perennial.contracts.AgreedLines.Version;
import io.perennial.contracts.Agreements;
import io.perennial.platform.web.ApiProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a contract said, for programs: its versions, and its lines on any day. */
@RestController
@RequestMapping("/api/v1/contracts/{id}")
@Tag(name = "Contract versions", description = "What a contract and its lines said, and when that changed")
class ContractApi {

    private final Agreements agreements;
    private final AgreedLines lines;
    private final Clock clock;

    ContractApi(Agreements agreements, AgreedLines lines, Clock clock) {
        this.agreements = agreements;
        this.lines = lines;
        this.clock = clock;
    }

    record ContractChange(String field, String before, String after) {}

    /** @param product of the line that changed; empty for the contract itself */
    record ContractVersion(Instant at, String by, String product, boolean created, List<ContractChange> changes) {

        static ContractVersion of(Version version) {
            return new ContractVersion(
                    version.at(),
                    version.by(),
                    version.what(),
                    version.created(),
                    version.fields().stream()
                            .map(field ->
                                    new ContractChange(field.name().replace(' ', '_'), field.before(), field.after()))
                            .toList());
        }
    }

    record ContractVersions(String contract, List<ContractVersion> versions) {}

    record ContractLineOnDay(
            String product,
            @Nullable String kind,
            @Nullable Integer seats,
            @Nullable BigDecimal amount,
            @Nullable String period,
            String currency,
            BigDecimal annual,
            LocalDate startsOn,
            @Nullable LocalDate endsOn,
            @Nullable Boolean autoRenew,
            String state) {

        static ContractLineOnDay of(Line line) {
            return new ContractLineOnDay(
                    line.product(),
                    line.kind(),
                    line.seats(),
                    line.amount(),
                    line.period(),
                    line.currency(),
                    line.annual(),
                    line.startsOn(),
                    line.endsOn(),
                    line.autoRenew(),
                    line.state().name().toLowerCase(Locale.ROOT));
        }
    }

    record ContractOnDay(String contract, LocalDate on, String known, List<ContractLineOnDay> lines) {}

    @GetMapping("/versions")
    @Operation(summary = "What our records were told of a contract and its lines, the latest first")
    ContractVersions versions(@PathVariable String id) {
        return new ContractVersions(
                id,
                lines.versions(contract(id)).stream().map(ContractVersion::of).toList());
    }

    @GetMapping("/lines")
    @Operation(summary = "The lines of a contract on a day, as known now or as known then")
    ContractOnDay lines(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "now") String known) {
        if (!known.matches("now|then")) {
            throw new ApiProblem(
                    400, "unknown_value", "The question cannot be answered", "Send known=now or known=then.");
        }
        LocalDate day = day(on);
        return new ContractOnDay(
                id,
                day,
                known,
                lines.on(contract(id), day, known.equals("then")).stream()
                        .map(ContractLineOnDay::of)
                        .toList());
    }

    private UUID contract(String externalId) {
        return agreements
                .byExternalId(externalId)
                .orElseThrow(() -> new ApiProblem(
                        404, "not_found", "There is no such contract", "Send the external id of a contract."));
    }

    private LocalDate day(String text) {
        try {
            return text.isEmpty() ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new ApiProblem(
                    400,
                    "unknown_value",
                    "The question cannot be answered",
                    "Write the day as 2026-12-01.",
                    List.of(),
                    Map.of());
        }
    }
}
