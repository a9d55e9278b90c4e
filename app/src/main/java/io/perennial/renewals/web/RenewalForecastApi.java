package io.perennial.renewals.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.CurrentActor;
import io.perennial.renewals.ForecastBoard;
import io.perennial.renewals.ForecastBoard.Accuracy;
import io.perennial.renewals.ForecastBoard.Month;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The forecast of renewals for programs: what the page of the same name shows. */
@RestController
@RequestMapping("/api/v1/renewals/forecast")
@Tag(name = "Renewals", description = "What is due, who decides, and what is expected of it")
class RenewalForecastApi {

    private static final int MONTHS = 12;

    private final ForecastBoard board;
    private final CurrentActor caller;
    private final Clock clock;

    RenewalForecastApi(ForecastBoard board, CurrentActor caller, Clock clock) {
        this.board = board;
        this.caller = caller;
        this.clock = clock;
    }

    record ForecastMonth(
            String month,
            BigDecimal due,
            BigDecimal renewed,
            BigDecimal lost,
            BigDecimal commit,
            BigDecimal likely,
            BigDecimal risk,
            BigDecimal calledLost,
            BigDecimal unassessed,
            BigDecimal forecast,
            BigDecimal weighed,
            @Nullable BigDecimal target) {

        static ForecastMonth of(Month month) {
            return new ForecastMonth(
                    month.month().toString(),
                    month.due(),
                    month.renewed(),
                    month.lost(),
                    month.commit(),
                    month.likely(),
                    month.risk(),
                    month.gone(),
                    month.unassessed(),
                    month.forecast(),
                    month.weighed(),
                    month.target());
        }
    }

    record ForecastAccuracy(
            String quarter,
            int renewals,
            int open,
            BigDecimal expected,
            BigDecimal renewed,
            @Nullable BigDecimal accuracy,
            int right,
            int systemRight) {

        static ForecastAccuracy of(Accuracy quarter) {
            return new ForecastAccuracy(
                    quarter.quarter(),
                    quarter.renewals(),
                    quarter.open(),
                    quarter.expected(),
                    quarter.renewed(),
                    quarter.share(),
                    quarter.right(),
                    quarter.systemRight());
        }
    }

    record RenewalForecast(String currency, List<ForecastMonth> months, List<ForecastAccuracy> accuracy) {}

    @GetMapping
    @Operation(summary = "Twelve months of renewals against their targets, and how good the forecast was")
    RenewalForecast forecast(
            @RequestParam(defaultValue = "") String first, @RequestParam(defaultValue = "") String currency) {
        YearMonth from = first.isEmpty()
                ? YearMonth.from(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                : month("first", first);
        List<String> known = board.currencies(Viewer.EVERYTHING);
        if (!currency.isEmpty() && !currency.matches("[A-Z]{3}")) {
            throw RenewalApi.refused("currency", currency, "Send an ISO 4217 code, such as EUR.");
        }
        String chosen = !currency.isEmpty() ? currency : known.isEmpty() ? "EUR" : known.getFirst();
        return new RenewalForecast(
                chosen,
                board.months(from, MONTHS, chosen, Viewer.EVERYTHING).stream()
                        .map(ForecastMonth::of)
                        .toList(),
                board.accuracy(chosen, Viewer.EVERYTHING).stream()
                        .map(ForecastAccuracy::of)
                        .toList());
    }

    record RenewalTarget(
            @Nullable String currency, @Nullable BigDecimal amount) {}

    record RenewalTargetAnswer(
            String month, String currency, @Nullable BigDecimal amount) {}

    @PutMapping("/targets/{month}")
    @Operation(summary = "Set what is to be renewed in a month; no amount takes the target away")
    RenewalTargetAnswer target(@PathVariable String month, @RequestBody RenewalTarget body) {
        YearMonth meant = month("month", month);
        String currency = RenewalApi.text(body.currency());
        if (!currency.matches("[A-Z]{3}")) {
            throw RenewalApi.refused("currency", currency, "Send an ISO 4217 code, such as EUR.");
        }
        BigDecimal amount = body.amount();
        RenewalApi.refusing(
                () -> board.target(meant, currency, amount == null ? "" : amount.toPlainString(), caller.actor()));
        return new RenewalTargetAnswer(
                meant.toString(),
                currency,
                board.months(meant, 1, currency, Viewer.EVERYTHING).getFirst().target());
    }

    private static YearMonth month(String field, String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException e) {
            throw RenewalApi.refused(field, text, "Write a month as 2027-01.");
        }
    }
}
