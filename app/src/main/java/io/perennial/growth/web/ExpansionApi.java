package io.perennial.growth.web;

import io.perennial.growth.expansion.ExpansionKind;
import io.perennial.growth.expansion.ExpansionSignal;
import io.perennial.growth.expansion.ExpansionSignals;
import io.perennial.growth.expansion.ExpansionSignals.Filter;
import io.perennial.growth.expansion.ExpansionSignals.Page;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.ApiCursors;
import io.perennial.platform.web.ApiProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Signals of growth for programs: a system of sales that wants to know whom to call. */
@RestController
@RequestMapping("/api/v1/expansion-signals")
@Tag(name = "Growth", description = "What customers could use more of, with its evidence")
class ExpansionApi {

    private static final int MOST = 500;

    private final ExpansionSignals signals;

    ExpansionApi(ExpansionSignals signals) {
        this.signals = signals;
    }

    record ExpansionAnswer(
            UUID id,
            String account,
            String accountName,
            String kind,
            String title,
            String subject,
            String state,
            String finding,
            List<ExpansionFact> rows,
            @Nullable BigDecimal low,
            @Nullable BigDecimal amount,
            @Nullable BigDecimal high,
            @Nullable String currency,
            String assumption,
            int confidence,
            String next,
            @Nullable String owner,
            Instant openedAt,
            @Nullable Instant decidedAt,
            @Nullable String decidedBy,
            @Nullable String reason,
            @Nullable UUID opportunity) {

        static ExpansionAnswer of(ExpansionSignal signal) {
            return new ExpansionAnswer(
                    signal.id(),
                    signal.accountExternalId(),
                    signal.accountName(),
                    signal.kind().key(),
                    signal.kind().title(),
                    signal.subject(),
                    signal.state(),
                    signal.finding(),
                    signal.rows().stream()
                            .map(fact -> new ExpansionFact(fact.what(), fact.value()))
                            .toList(),
                    signal.low(),
                    signal.amount(),
                    signal.high(),
                    signal.currency(),
                    signal.how(),
                    signal.confidence(),
                    signal.kind().next(),
                    signal.ownerName(),
                    signal.openedAt(),
                    signal.decidedAt(),
                    signal.decidedBy(),
                    signal.reason(),
                    signal.opportunity());
        }
    }

    record ExpansionFact(String what, String value) {}

    record ExpansionList(
            List<ExpansionAnswer> signals, @Nullable UUID next) {}

    @GetMapping
    @Operation(summary = "Signals of growth, what may be worth most first; filter and page on")
    ExpansionList list(
            @RequestParam(defaultValue = "open") String state,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String segment,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new ApiProblem(400, "out_of_range", "The limit cannot be used", "Ask for 1 to " + MOST + " signals.");
        }
        if (!state.matches("open|accepted|dismissed")) {
            throw new ApiProblem(400, "unknown_value", "The state cannot be used", "Send open, accepted or dismissed.");
        }
        if (!kind.isEmpty() && ExpansionKind.find(kind).isEmpty()) {
            throw new ApiProblem(
                    400, "unknown_value", "The kind cannot be used", "Send a kind that an answer of this list has.");
        }
        Page page = signals.list(
                new Filter(state, kind, segment.replace("\0", ""), "", ""),
                ApiCursors.row(after),
                limit,
                Viewer.EVERYTHING);
        return new ExpansionList(
                page.signals().stream().map(ExpansionAnswer::of).toList(), page.next());
    }
}
