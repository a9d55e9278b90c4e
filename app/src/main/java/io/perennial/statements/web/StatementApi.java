package io.perennial.statements.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.ApiCursors;
import io.perennial.platform.web.ApiProblem;
import io.perennial.statements.Line;
import io.perennial.statements.Section;
import io.perennial.statements.Sending;
import io.perennial.statements.Statement;
import io.perennial.statements.Statements;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Statements of use and value, for programs such as a portal. */
@RestController
@RequestMapping("/api/v1/statements")
@Tag(name = "Statements", description = "What customers used, what it was worth, and how it was sent")
class StatementApi {

    private static final int MOST = 500;

    private final Statements statements;
    private final Sending sending;

    StatementApi(Statements statements, Sending sending) {
        this.statements = statements;
        this.sending = sending;
    }

    record StatementItem(
            UUID id,
            UUID account,
            String accountName,
            LocalDate from,
            LocalDate until,
            String state,
            int number,
            @Nullable Instant sentAt) {}

    record StatementList(
            List<StatementItem> statements, @Nullable UUID next) {}

    record StatementLine(
            String section,
            String definition,
            boolean known,
            String what,
            @Nullable BigDecimal number,
            @Nullable BigDecimal of,
            @Nullable String unit,
            @Nullable BigDecimal worth,
            @Nullable String currency,
            @Nullable String words) {

        static StatementLine of(Line line) {
            return new StatementLine(
                    line.section(),
                    Section.find(line.section()).map(Section::definition).orElse(""),
                    line.isKnown(),
                    line.what(),
                    line.number(),
                    line.of(),
                    none(line.unit()),
                    line.worth(),
                    line.currency(),
                    none(line.words()));
        }

        private static @Nullable String none(String text) {
            return text.isEmpty() ? null : text;
        }
    }

    record StatementLetter(
            String to,
            String edition,
            int number,
            Instant sentAt,
            @Nullable String delivery) {}

    record StatementAnswer(
            UUID id,
            UUID account,
            String accountName,
            LocalDate from,
            LocalDate until,
            String state,
            int number,
            Instant madeAt,
            @Nullable String note,
            @Nullable Instant approvedAt,
            @Nullable String approvedBy,
            List<StatementLine> lines,
            List<StatementLetter> letters) {}

    @GetMapping
    @Operation(summary = "Statements, the latest periods first; filter and page on")
    StatementList list(
            @Parameter(description = "draft, approved or sent; every one when left out.")
                    @RequestParam(defaultValue = "")
                    String state,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new ApiProblem(
                    400, "out_of_range", "The limit cannot be used", "Ask for 1 to " + MOST + " statements.");
        }
        if (!state.matches("|draft|approved|sent")) {
            throw new ApiProblem(400, "unknown_value", "The state cannot be used", "Send draft, approved or sent.");
        }
        Statements.Page page = statements.page(
                new Statements.Filter(state, false, ""), ApiCursors.row(after), limit, Viewer.EVERYTHING);
        return new StatementList(
                page.items().stream()
                        .map(one -> new StatementItem(
                                one.id(),
                                one.account().value(),
                                one.accountName(),
                                one.from(),
                                one.until(),
                                one.state(),
                                one.number(),
                                one.sentAt()))
                        .toList(),
                page.next());
    }

    @GetMapping("/{id}")
    @Operation(summary = "One statement with its figures, definitions and letters")
    StatementAnswer one(@PathVariable UUID id) {
        Statement found = find(id);
        return new StatementAnswer(
                found.id(),
                found.account().value(),
                found.accountName(),
                found.from(),
                found.until(),
                found.state(),
                found.number(),
                found.madeAt(),
                found.note().isEmpty() ? null : found.note(),
                found.approvedAt(),
                found.approvedBy(),
                found.lines().stream().map(StatementLine::of).toList(),
                sending.of(id).stream()
                        .map(sent -> new StatementLetter(
                                sent.to(),
                                sent.edition().key(),
                                sent.number(),
                                sent.at(),
                                sent.delivery() == null
                                        ? null
                                        : sent.delivery().state().name().toLowerCase(java.util.Locale.ROOT)))
                        .toList());
    }

    private Statement find(UUID id) {
        return statements
                .find(id)
                .orElseThrow(() -> new ApiProblem(
                        404, "not_found", "There is no such statement", "No statement has this identifier."));
    }
}
