package io.perennial.metrics.web;

import io.perennial.contracts.RevenueRules;
import io.perennial.contracts.RevenueRules.Rules;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How revenue is counted: the grace for late renewals, what silence means, discounts that end, and exchange rates. */
@Controller
public class RevenueRulesPage {

    private static final int LONGEST_GRACE = 730;
    private static final BigDecimal MOST_UNITS = new BigDecimal("1000000000");

    private final RevenueRules rules;
    private final Frames frames;

    RevenueRulesPage(RevenueRules rules, Frames frames) {
        this.rules = rules;
        this.frames = frames;
    }

    /** What stands in the fields; a problem belongs to one of them. */
    public record View(
            String grace,
            boolean silenceRenews,
            boolean allDiscounts,
            String own,
            boolean dated,
            String rates,
            boolean maySet,
            String field,
            String problem,
            @Nullable Notice notice) {

        public @Nullable String problemOf(String name) {
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

    @GetMapping("/revenue/rules")
    String rules(Viewer viewer, HttpServletRequest request, Model model) {
        Rules now = rules.rules();
        String rates = now.units().entrySet().stream()
                .map(rate -> rate.getKey() + " " + rate.getValue().toPlainString())
                .collect(Collectors.joining("\n"));
        return show(
                new View(
                        String.valueOf(now.graceDays()),
                        now.silenceRenews(),
                        now.allDiscounts(),
                        now.own(),
                        now.dated(),
                        rates,
                        RevenueRules.maySet(viewer),
                        "",
                        "",
                        Notice.take(request)),
                model);
    }

    private String show(View view, Model model) {
        model.addAttribute(
                "frame", frames.frame("Rules", MetricNavigation.REVENUE).under("Revenue", "/revenue"));
        model.addAttribute("view", view);
        return "metrics/revenueRules";
    }

    @PostMapping("/revenue/rules")
    String set(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String grace,
            @RequestParam(defaultValue = "renewed") String silence,
            @RequestParam(defaultValue = "permanent") String discounts,
            @RequestParam(defaultValue = "") String own,
            @RequestParam(defaultValue = "constant") String at,
            @RequestParam(defaultValue = "") String rates,
            Model model) {
        boolean renews = !silence.equals("lapsed");
        boolean all = discounts.equals("all");
        boolean dated = at.equals("days");
        try {
            String currency = own.isBlank() ? "" : currency("own", own);
            if (dated && currency.isEmpty()) {
                throw new Unusable("at", "Say first which currency is the company's own.");
            }
            Rules said = new Rules(grace(grace), renews, all, currency, dated, units(rates, currency));
            new Notice("Revenue is counted by these rules from now on.", rules.set(said, viewer), null).leave(request);
            return "redirect:/revenue/rules";
        } catch (Unusable e) {
            response.setStatus(422);
            return show(
                    new View(
                            grace, renews, all, own, dated, rates, true, e.field, String.valueOf(e.getMessage()), null),
                    model);
        }
    }

    private static int grace(String text) {
        try {
            int days = Integer.parseInt(text.strip());
            if (days >= 0 && days <= LONGEST_GRACE) {
                return days;
            }
        } catch (NumberFormatException e) {
            throw new Unusable("grace", "Write a whole number of days, such as 90.");
        }
        throw new Unusable("grace", "Between 0 and " + LONGEST_GRACE + " days.");
    }

    private static String currency(String field, String text) {
        String code = text.strip().toUpperCase(Locale.ROOT);
        if (Currency.getAvailableCurrencies().stream()
                .noneMatch(known -> known.getCurrencyCode().equals(code))) {
            throw new Unusable(field, "Write a currency as EUR, USD or NOK.");
        }
        return code;
    }

    private static Map<String, BigDecimal> units(String text, String own) {
        Map<String, BigDecimal> units = new TreeMap<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty()) {
                continue;
            }
            String[] words = line.split("\\s+");
            if (words.length != 2 || own.isEmpty()) {
                throw new Unusable(
                        "rates",
                        own.isEmpty()
                                ? "Say first which currency is the company's own."
                                : "One currency on each line, such as: USD 1.08");
            }
            String currency = currency("rates", words[0]);
            if (currency.equals(own) || units.put(currency, amount(words[1])) != null) {
                throw new Unusable("rates", currency + " is said twice.");
            }
        }
        return units;
    }

    private static BigDecimal amount(String text) {
        try {
            BigDecimal amount = new BigDecimal(text);
            if (amount.signum() > 0 && amount.compareTo(MOST_UNITS) < 0 && amount.scale() < 20) {
                return amount;
            }
        } catch (NumberFormatException e) {
            throw new Unusable("rates", text + " is no number. Write it as 1.08.");
        }
        throw new Unusable("rates", "A rate is above zero.");
    }
}
