package io.perennial.renewals.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.KeptViews;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.SentForm;
import io.perennial.platform.web.Tab;
import io.perennial.platform.web.Wording;
import io.perennial.renewals.Call;
import io.perennial.renewals.Calls;
import io.perennial.renewals.ForecastBoard;
import io.perennial.renewals.ForecastBoard.Accuracy;
import io.perennial.renewals.ForecastBoard.Month;
import io.perennial.renewals.Renewal;
import io.perennial.renewals.RenewalFilter;
import io.perennial.renewals.RenewalFilter.Only;
import io.perennial.renewals.RenewalRefused;
import io.perennial.renewals.Renewals;
import io.perennial.renewals.SavePlans;
import io.perennial.renewals.Worker;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What will be renewed, who said so, and how good that was. */
@Controller
public class RenewalForecastPage {

    private static final int MONTHS = 12;
    private static final int LISTED = 20;

    private final ForecastBoard board;
    private final Calls calls;
    private final Renewals renewals;
    private final SavePlans plans;
    private final RenewalPage desk;
    private final KeptViews kept;
    private final Frames frames;
    private final Clock clock;

    RenewalForecastPage(
            ForecastBoard board,
            Calls calls,
            Renewals renewals,
            SavePlans plans,
            RenewalPage desk,
            KeptViews kept,
            Frames frames,
            Clock clock) {
        this.board = board;
        this.calls = calls;
        this.renewals = renewals;
        this.plans = plans;
        this.desk = desk;
        this.kept = kept;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param missing terms without a call at their checkpoint @param disputed terms that wait for a leader */
    public record View(
            YearMonth from,
            String currency,
            List<String> currencies,
            List<Month> months,
            Month total,
            List<Accuracy> accuracy,
            List<Renewal> missing,
            List<Renewal> disputed,
            String chart,
            SavePlans.Rate saved,
            boolean maySet,
            LocalDate today,
            @Nullable String problem,
            @Nullable Notice notice) {

        public List<Tab> tabs() {
            return RenewalListPage.tabs("forecast", RenewalFilter.plain());
        }

        public String url(YearMonth month, String other) {
            return "/renewals/forecast?from=" + month + "&currency=" + other;
        }

        /** The rows behind a month. */
        public String rows(Month month) {
            return "/renewals?window=all&month=" + month.month() + "&currency=" + currency;
        }

        public String headline() {
            BigDecimal target = total.target();
            String counted = Wording.shortAmount(total.forecast()) + " " + currency;
            if (total.due().signum() == 0) {
                return "Nothing is due in these twelve months";
            }
            return target == null
                    ? counted + " of " + Wording.shortAmount(total.due()) + " counted on in twelve months"
                    : counted + " counted on against a target of " + Wording.shortAmount(target);
        }
    }

    @GetMapping("/renewals/forecast")
    String forecast(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String currency,
            Model model) {
        return show(viewer, from, currency, null, Notice.take(request), model);
    }

    @PostMapping("/renewals/targets")
    String target(
            Viewer viewer,
            SentForm sent,
            @RequestParam String month,
            @RequestParam String currency,
            @RequestParam(defaultValue = "") String amount,
            @RequestParam(defaultValue = "") String from) {
        YearMonth meant = month(month);
        if (meant == null || !currency.matches("[A-Z]{3}")) {
            throw new NoSuchElementException("There is no such month.");
        }
        try {
            return sent.done(
                    "The target of " + meant + " is set.",
                    board.target(meant, currency, amount, viewer),
                    "/renewals/forecast?currency=" + currency + (month(from) == null ? "" : "&from=" + month(from)));
        } catch (RenewalRefused e) {
            return show(viewer, from, currency, e.getMessage(), null, sent.refused());
        }
    }

    @PostMapping("/renewals/{id}/call")
    String call(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String call,
            @RequestParam(defaultValue = "") String reason) {
        return desk.after(
                viewer, sent, id, "The call is made.", () -> calls.call(id, chosen(call), reason, Worker.of(viewer)));
    }

    @PostMapping("/renewals/{id}/settlement")
    String settle(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String call,
            @RequestParam(defaultValue = "") String reason) {
        return desk.after(
                viewer, sent, id, "It is decided.", () -> calls.settle(id, chosen(call), reason, Worker.of(viewer)));
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    private static Call chosen(String call) {
        return Call.find(call).orElseThrow(() -> new RenewalRefused("Choose what you expect. Nothing was changed."));
    }

    /** What is read of renewals. */
    private record Read(
            String currency,
            List<String> currencies,
            List<Month> months,
            List<Accuracy> accuracy,
            List<Renewal> missing,
            List<Renewal> disputed,
            SavePlans.Rate saved,
            Instant asOf) {}

    private Read read(YearMonth first, String currency, Viewer viewer) {
        Instant asOf = clock.instant();
        List<String> currencies = board.currencies(viewer);
        String code = currencies.contains(currency) ? currency : currencies.isEmpty() ? "EUR" : currencies.getFirst();
        RenewalFilter all = new RenewalFilter("", "all", "", "", "", "", "", "", "", "");
        return new Read(
                code,
                currencies,
                board.months(first, MONTHS, code, viewer),
                board.accuracy(code, viewer),
                renewals.list(all.with(Only.CALL), "", LISTED, viewer).renewals(),
                renewals.list(all.with(Only.DISPUTED), "", LISTED, viewer).renewals(),
                plans.rate(viewer),
                asOf);
    }

    private String show(
            Viewer viewer,
            String from,
            String currency,
            @Nullable String problem,
            @Nullable Notice notice,
            Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        YearMonth asked = month(from);
        YearMonth first = asked == null ? YearMonth.from(today) : asked;
        Read read = kept.of("renewals forecast", () -> read(first, currency, viewer), first, currency, viewer, today);
        List<Month> months = read.months();
        model.addAttribute("again", kept.again(read.asOf()));
        model.addAttribute(
                "frame",
                frames.frame("Forecast", RenewalNavigation.RENEWALS).under("Renewals", RenewalNavigation.ADDRESS));
        model.addAttribute(
                "view",
                new View(
                        first,
                        read.currency(),
                        read.currencies(),
                        months,
                        ForecastBoard.total(months),
                        read.accuracy(),
                        read.missing(),
                        read.disputed(),
                        RenewalCharts.forecast(months, read.currency()),
                        read.saved(),
                        ForecastBoard.maySet(viewer),
                        today,
                        problem,
                        notice));
        return "renewals/forecast";
    }

    private static @Nullable YearMonth month(String text) {
        try {
            YearMonth month = text.isEmpty() ? null : YearMonth.parse(text);
            return month == null || month.getYear() < 2000 || month.getYear() > 2200 ? null : month;
        } catch (DateTimeParseException none) {
            return null;
        }
    }
}
