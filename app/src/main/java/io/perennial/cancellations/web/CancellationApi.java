package io.perennial.cancellations.web;

import io.perennial.cancellations.Attempts.Attempt;
import io.perennial.cancellations.LossCut;
import io.perennial.cancellations.LossFigures;
import io.perennial.cancellations.LossQuestion;
import io.perennial.cancellations.Losses;
import io.perennial.cancellations.WorkList;
import io.perennial.cancellations.WorkLists;
import io.perennial.platform.web.ApiProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Losses by what they can be cut by, and the work lists, for programs. */
@RestController
@Tag(name = "Cancellations", description = "Why customers leave, who comes back, and whom to work on")
class CancellationApi {

    private static final int MOST_PAGES = 2_000;

    private final Losses losses;
    private final WorkLists lists;
    private final Clock clock;

    CancellationApi(Losses losses, WorkLists lists, Clock clock) {
        this.losses = losses;
        this.lists = lists;
        this.clock = clock;
    }

    record LossMoney(String currency, BigDecimal amount, BigDecimal amountBack) {}

    record LossGroup(
            String group,
            String name,
            long losses,
            long customers,
            long cameBack,
            long withoutAmount,
            List<LossMoney> money) {

        static LossGroup of(LossFigures.Group group) {
            return new LossGroup(
                    group.key(),
                    group.name(),
                    group.losses(),
                    group.customers(),
                    group.back(),
                    group.without(),
                    group.money().stream()
                            .map(sum -> new LossMoney(sum.currency(), sum.amount(), sum.back()))
                            .toList());
        }
    }

    record LossAnalysis(
            LocalDate from, LocalDate to, String by, Instant asOf, LossGroup total, List<LossGroup> groups) {}

    record ListedOffer(
            String offer,
            LocalDate madeOn,
            String result,
            @Nullable String answer) {

        static @Nullable ListedOffer of(@Nullable Attempt attempt) {
            return attempt == null
                    ? null
                    : new ListedOffer(attempt.offer(), attempt.madeOn(), attempt.result(), attempt.answer());
        }
    }

    record ListedCustomer(
            String account,
            String name,
            @Nullable String owner,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            @Nullable String reason,
            String why,
            @Nullable ListedOffer offer,
            String facts) {}

    record WorkListAnswer(String list, long all, List<ListedCustomer> customers) {}

    @GetMapping("/api/v1/analysis/cancellations")
    @Operation(
            summary = "Count losses by reason, month, segment, tenure, use or competitor",
            description =
                    "From the first day to the first day that is not in the period any more, by the first day without"
                            + " the service; the last 365 days when left out. Amounts are those of a year, by currency.")
    LossAnalysis analysis(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "reason") String by) {
        LocalDate today = today();
        LocalDate until = to == null ? today.plusDays(1) : day("to", to);
        LocalDate start = from == null ? until.minusDays(365) : day("from", from);
        if (!start.isBefore(until) || start.plusYears(LossQuestion.MOST_YEARS).isBefore(until)) {
            throw refused(
                    "from",
                    "out_of_range",
                    "The period begins before it ends, and has at most 20 years.",
                    start.toString());
        }
        LossCut cut = LossCut.of(by)
                .orElseThrow(() -> refused(
                        "by",
                        "unknown_choice",
                        "Known are: "
                                + String.join(
                                        ", ",
                                        Arrays.stream(LossCut.values())
                                                .map(LossCut::key)
                                                .toList()) + ".",
                        by));
        LossFigures figures = losses.figures(new LossQuestion(start, until, today, cut, null, "", null));
        return new LossAnalysis(
                start,
                until,
                cut.key(),
                clock.instant(),
                LossGroup.of(figures.total()),
                figures.groups().stream().map(LossGroup::of).toList());
    }

    @GetMapping("/api/v1/work-lists/{list}")
    @Operation(
            summary = "Read a work list of customers who leave, may leave or may return",
            description =
                    "still-active, at-risk or win-back; show=due, work (open offers) or done. 50 customers a page.")
    WorkListAnswer list(
            @Parameter(description = "still-active, at-risk or win-back.") @PathVariable String list,
            @Parameter(description = "due, work (open offers) or done.") @RequestParam(defaultValue = "due")
                    String show,
            @Parameter(description = "From 1.") @RequestParam(defaultValue = "1") int page) {
        WorkList known = WorkList.of(list)
                .orElseThrow(() -> new ApiProblem(
                        404,
                        "not_found",
                        "There is no such work list",
                        "Known are still-active, at-risk and win-back."));
        WorkLists.Show part = Arrays.stream(WorkLists.Show.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(show))
                .findFirst()
                .orElseThrow(() -> refused("show", "unknown_choice", "Known are: due, work, done.", show));
        if (page < 1 || page > MOST_PAGES) {
            throw refused("page", "out_of_range", "From 1 to " + MOST_PAGES + ".", String.valueOf(page));
        }
        WorkLists.Page found = lists.page(known, part, page, today(), null);
        return new WorkListAnswer(
                known.key(),
                found.all(),
                found.rows().stream()
                        .map(row -> new ListedCustomer(
                                row.externalId(),
                                row.name(),
                                row.owner(),
                                row.money(),
                                row.currency(),
                                row.category(),
                                row.why(),
                                ListedOffer.of(row.attempt()),
                                row.facts()))
                        .toList());
    }

    private static LocalDate day(String name, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw refused(name, "bad_date", "Write a day as 2026-11-20.", text);
        }
    }

    private static ApiProblem refused(String field, String code, String words, String value) {
        return new ApiProblem(
                422,
                code,
                "This cannot be answered",
                field + ": " + words,
                List.of(new ApiProblem.Field(field, code, words, value)),
                Map.of());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
