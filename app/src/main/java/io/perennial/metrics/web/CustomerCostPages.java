package io.perennial.metrics.web;

import io.perennial.identity.Viewer;
import io.perennial.metrics.revenue.CustomerCosts;
import io.perennial.metrics.web.SurvivalPage.CostForm;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Leaders say what customers cost to win and leave. */
@Controller
class CustomerCostPages {

    private static final BigDecimal MOST = new BigDecimal("1000000000000");
    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    private final CustomerCosts costs;
    private final SurvivalPage page;

    CustomerCostPages(CustomerCosts costs, SurvivalPage page) {
        this.costs = costs;
        this.page = page;
    }

    private static final class Unusable extends RuntimeException {

        private final String field;

        Unusable(String field, String words) {
            super(words);
            this.field = field;
        }
    }

    /** An empty margin takes back what was said for that day. */
    @PostMapping("/revenue/costs")
    String set(
            Viewer viewer,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String margin,
            @RequestParam(defaultValue = "") String acquisition,
            @RequestParam(defaultValue = "") String currency,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        UUID change;
        try {
            BigDecimal share =
                    margin.isBlank() ? null : amount("margin", margin, ALL).movePointLeft(2);
            BigDecimal spent = acquisition.isBlank() ? null : amount("acquisition", acquisition, MOST);
            change = costs.set(day(from), share, spent, spent == null ? null : currency(currency), viewer);
        } catch (Unusable e) {
            response.setStatus(422);
            return page.show(
                    viewer,
                    page.usual(),
                    new CostForm(from, margin, acquisition, currency, e.field, String.valueOf(e.getMessage())),
                    null,
                    model);
        }
        new Notice(
                        margin.isBlank()
                                ? "What was said from " + from + " on is taken back."
                                : "Lifetime value and payback follow from this.",
                        change,
                        null)
                .leave(request);
        return "redirect:" + SurvivalPage.PATH + "#costs";
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
        throw new Unusable("from", "Between 1970 and 2100.");
    }

    private static BigDecimal amount(String field, String text, BigDecimal most) {
        try {
            BigDecimal amount = new BigDecimal(text.strip().replace(",", ""));
            if (amount.signum() >= 0 && amount.compareTo(most) <= 0 && amount.scale() <= 10) {
                return amount;
            }
        } catch (NumberFormatException e) {
            throw new Unusable(field, "Write a number, such as " + (most.equals(ALL) ? "78.5." : "22000."));
        }
        throw new Unusable(field, most.equals(ALL) ? "Between 0 and 100 percent." : "Between nothing and a trillion.");
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
