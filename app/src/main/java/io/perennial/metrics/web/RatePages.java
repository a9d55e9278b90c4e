package io.perennial.metrics.web;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.metrics.profit.CostRates;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What an hour costs, and what counts where nothing was recorded. */
@Controller
public class RatePages {

    private static final String PATH = "/profitability/rates";
    private static final BigDecimal MOST = new BigDecimal("100000000");
    private static final BigDecimal MOST_OVERHEAD = BigDecimal.valueOf(5);
    private static final BigDecimal MONTH = BigDecimal.valueOf(744);
    private static final Set<String> MINUTES = Set.of("call", "meeting", "mail", "task");

    private final CostRates rates;
    private final Frames frames;

    RatePages(CostRates rates, Frames frames) {
        this.rates = rates;
        this.frames = frames;
    }

    public record View(
            List<CostRates.Rate> rates,
            List<CostRates.Assumption> assumptions,
            List<CostRates.Team> teams,
            List<String> units,
            List<Role> roles,
            boolean maySet,
            String field,
            String problem,
            List<Tab> tabs,
            @Nullable Notice notice) {

        public @Nullable String problem(String name) {
            return field.equals(name) ? problem : null;
        }
    }

    private static final class Unusable extends RuntimeException {

        private final String field;

        Unusable(String field, String words) {
            super(words);
            this.field = field;
        }
    }

    @GetMapping(PATH)
    String show(Viewer viewer, HttpServletRequest request, Model model) {
        return show(viewer, "", "", Notice.take(request), model);
    }

    private String show(Viewer viewer, String field, String problem, @Nullable Notice notice, Model model) {
        model.addAttribute(
                "frame",
                frames.frame("Cost rates", MetricNavigation.PROFITABILITY).under("Profitability", "/profitability"));
        model.addAttribute(
                "view",
                new View(
                        rates.rates(),
                        rates.assumptions(),
                        rates.teams(),
                        rates.unitsWithoutCost(),
                        List.of(Role.CSM, Role.SUPPORT, Role.LEADER, Role.ADMIN),
                        CostRates.maySet(viewer),
                        field,
                        problem,
                        ProfitPages.tabs(PATH),
                        notice));
        return "metrics/rates";
    }

    @PostMapping(PATH)
    String set(
            Viewer viewer,
            @RequestParam(defaultValue = "") String whose,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String hourly,
            @RequestParam(defaultValue = "") String overhead,
            @RequestParam(defaultValue = "") String hours,
            @RequestParam(defaultValue = "") String currency,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        UUID change;
        try {
            change = rates.set(
                    whose(whose),
                    day(from),
                    amount("hourly", hourly, MOST),
                    overhead.isBlank() ? BigDecimal.ZERO : amount("overhead", overhead, MOST_OVERHEAD),
                    hours.isBlank() ? null : amount("hours", hours, MONTH),
                    currency(currency),
                    viewer);
        } catch (Unusable e) {
            response.setStatus(422);
            return show(viewer, e.field, String.valueOf(e.getMessage()), null, model);
        }
        new Notice("The rate is set; costs since then follow.", change, null).leave(request);
        return "redirect:" + PATH;
    }

    @PostMapping(PATH + "/{id}/take-back")
    String takeBack(Viewer viewer, @PathVariable UUID id, HttpServletRequest request) {
        new Notice("The rate is taken back.", rates.takeBack(id, viewer), null).leave(request);
        return "redirect:" + PATH;
    }

    /** An empty amount takes back what was said for that day. */
    @PostMapping(PATH + "/assumed")
    String assume(
            Viewer viewer,
            @RequestParam(defaultValue = "") String what,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String amount,
            @RequestParam(defaultValue = "") String currency,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        UUID change;
        try {
            String key = what.strip();
            boolean minutes = MINUTES.contains(key);
            if (!minutes && !key.equals("case") && !key.matches("unit:[^|\\p{Cntrl}]{1,100}")) {
                throw new Unusable("what", "Choose what it is that nothing was recorded of.");
            }
            change = rates.assume(
                    key,
                    day(from),
                    amount.isBlank() ? null : amount("amount", amount, MOST),
                    minutes ? null : amount.isBlank() ? null : currency(currency),
                    viewer);
        } catch (Unusable e) {
            response.setStatus(422);
            return show(viewer, e.field, String.valueOf(e.getMessage()), null, model);
        }
        new Notice("This counts from now on.", change, null).leave(request);
        return "redirect:" + PATH;
    }

    private String whose(String text) {
        boolean known = text.isEmpty()
                || List.of(Role.values()).stream().anyMatch(role -> role.name().equals(text))
                || rates.teams().stream().anyMatch(team -> team.id().toString().equals(text));
        if (!known) {
            throw new Unusable("whose", "There is no such role or team.");
        }
        return text;
    }

    private static LocalDate day(String text) {
        try {
            LocalDate day = LocalDate.parse(text.strip());
            if (day.getYear() >= 1970 && day.getYear() <= 2100) {
                return day;
            }
        } catch (DateTimeException e) {
            throw new Unusable("from", "Say from which day on, such as 2026-11-01.");
        }
        throw new Unusable("from", "Say a day between 1970 and 2100.");
    }

    private static BigDecimal amount(String field, String text, BigDecimal most) {
        try {
            BigDecimal amount = new BigDecimal(text.strip().replace(",", ""));
            if (amount.signum() >= 0 && amount.compareTo(most) <= 0 && amount.scale() <= 6) {
                return amount;
            }
        } catch (NumberFormatException e) {
            throw new Unusable(field, "Write a number, such as 62.50.");
        }
        throw new Unusable(field, "This lies between 0 and " + most.toPlainString() + ".");
    }

    private static String currency(String text) {
        String code = text.strip().toUpperCase(Locale.ROOT);
        if (Currency.getAvailableCurrencies().stream()
                .noneMatch(known -> known.getCurrencyCode().equals(code))) {
            throw new Unusable("currency", "Write the currency as EUR, USD or NOK.");
        }
        return code;
    }
}
