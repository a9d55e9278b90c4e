package io.perennial.metrics.web;

import io.perennial.identity.Viewer;
import io.perennial.metrics.profit.CostRates;
import io.perennial.metrics.profit.EffectOfHours;
import io.perennial.metrics.profit.EffectOfHours.Due;
import io.perennial.metrics.profit.EffectOfHours.Relation;
import io.perennial.metrics.profit.Scenarios;
import io.perennial.metrics.profit.WhatIf;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** What would one more hour for each customer cost, and what would it keep? The address holds all assumptions. */
@Controller
public class WhatIfPages {

    private static final String PATH = "/profitability/what-if";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal MOST = new BigDecimal("1000000000000");
    private static final int DIGITS = 3;

    /** Names of the assumptions, with what the least and the most is. */
    private static final Map<String, BigDecimal[]> LIMITS = limits();

    private final EffectOfHours effects;
    private final CostRates rates;
    private final Scenarios scenarios;
    private final Frames frames;
    private final Clock clock;

    WhatIfPages(EffectOfHours effects, CostRates rates, Scenarios scenarios, Frames frames, Clock clock) {
        this.effects = effects;
        this.rates = rates;
        this.scenarios = scenarios;
        this.frames = frames;
        this.clock = clock;
    }

    private static Map<String, BigDecimal[]> limits() {
        Map<String, BigDecimal[]> limits = new LinkedHashMap<>();
        limits.put("customers", new BigDecimal[] {BigDecimal.ZERO, MOST});
        limits.put("hours", new BigDecimal[] {BigDecimal.ZERO, BigDecimal.valueOf(10_000)});
        limits.put("hour_cost", new BigDecimal[] {BigDecimal.ZERO, MOST});
        limits.put("revenue_due", new BigDecimal[] {BigDecimal.ZERO, MOST});
        limits.put("renewal_rate", new BigDecimal[] {BigDecimal.ZERO, HUNDRED});
        limits.put("low", new BigDecimal[] {HUNDRED.negate(), HUNDRED});
        limits.put("likely", new BigDecimal[] {HUNDRED.negate(), HUNDRED});
        limits.put("high", new BigDecimal[] {HUNDRED.negate(), HUNDRED});
        limits.put("margin", new BigDecimal[] {BigDecimal.ZERO, HUNDRED});
        limits.put("billed", new BigDecimal[] {BigDecimal.ZERO, MOST});
        return limits;
    }

    /** One assumption; where its value comes from is said. */
    public record Field(
            String name,
            String value,
            String source,
            @Nullable String problem) {}

    /** @param outcome null while an assumption cannot be used */
    public record View(
            String activity,
            String segment,
            List<String> activities,
            List<Relation> relations,
            Relation used,
            Map<String, Field> fields,
            String currency,
            List<Due> dues,
            @Nullable WhatIf outcome,
            String chart,
            List<Scenarios.Scenario> saved,
            boolean maySave,
            String problem,
            List<Tab> tabs,
            @Nullable Notice notice) {

        public Field field(String name) {
            return java.util.Objects.requireNonNull(fields.get(name));
        }

        public String url(Scenarios.Scenario scenario) {
            UriComponentsBuilder url = UriComponentsBuilder.fromPath(PATH);
            scenario.inputs().forEach((name, value) -> url.queryParam(name, "{" + name + "}"));
            return url.encode().buildAndExpand(scenario.inputs()).toUriString();
        }
    }

    @GetMapping(PATH)
    String plan(Viewer viewer, @RequestParam Map<String, String> said, HttpServletRequest request, Model model) {
        return show(viewer, said, "", Notice.take(request), model);
    }

    private String show(Viewer viewer, Map<String, String> said, String problem, @Nullable Notice notice, Model model) {
        String activity = clean(said.getOrDefault("activity", ""));
        String segment = clean(said.getOrDefault("segment", ""));
        List<Relation> relations = effects.of(activity, viewer);
        Relation used = relations.stream()
                .filter(one -> one.segment().equals(segment))
                .findFirst()
                .orElse(relations.getFirst());
        List<Due> dues = effects.due(segment, viewer);
        String wanted = clean(said.getOrDefault("currency", ""));
        Due due = dues.stream()
                .filter(one -> one.currency().equals(wanted))
                .findFirst()
                .orElse(dues.isEmpty() ? new Due(rateCurrency(), BigDecimal.ZERO, 0) : dues.getFirst());
        Map<String, Field> fields = fields(said, used, due);
        boolean usable = fields.values().stream().allMatch(field -> field.problem() == null);
        WhatIf outcome = usable ? whatIf(fields) : null;
        model.addAttribute(
                "frame",
                frames.frame("What if", MetricNavigation.PROFITABILITY).under("Profitability", "/profitability"));
        model.addAttribute(
                "view",
                new View(
                        activity,
                        segment,
                        effects.activities(),
                        relations,
                        used,
                        fields,
                        due.currency(),
                        dues,
                        outcome,
                        outcome == null ? "" : WhatIfChart.of(outcome, due.currency()),
                        scenarios.all(),
                        CostRates.maySet(viewer),
                        problem,
                        ProfitPages.tabs(PATH),
                        notice));
        return "metrics/whatIf";
    }

    private String rateCurrency() {
        return rates.usual(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .map(CostRates.Rate::currency)
                .orElse("EUR");
    }

    private Map<String, Field> fields(Map<String, String> said, Relation used, Due due) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        CostRates.Rate usual = rates.usual(today).orElse(null);
        Map<String, Field> fields = new LinkedHashMap<>();
        put(
                fields,
                said,
                "customers",
                Long.toString(due.customers()),
                "customers with a term due in the next twelve months");
        put(fields, said, "hours", "1", "an assumption");
        BigDecimal hour =
                usual == null ? BigDecimal.valueOf(60) : usual.hourly().multiply(BigDecimal.ONE.add(usual.overhead()));
        Optional<BigDecimal> here =
                usual == null ? Optional.of(hour) : effects.converted(hour, usual.currency(), due.currency());
        put(
                fields,
                said,
                "hour_cost",
                short3(here.orElse(hour)),
                usual == null
                        ? "an assumption; nobody has said what an hour costs"
                        : here.isEmpty()
                                ? "an assumption: the cost rate is in " + usual.currency()
                                        + ", and there is no exchange rate to " + due.currency()
                                : "the cost rate with its overhead");
        put(
                fields,
                said,
                "revenue_due",
                due.annual().setScale(2, RoundingMode.HALF_UP).toPlainString(),
                "a year of the terms due in the next twelve months");
        put(
                fields,
                said,
                "renewal_rate",
                used.terms() == 0
                        ? "90"
                        : short3(BigDecimal.valueOf(100L * used.renewed())
                                .divide(BigDecimal.valueOf(used.terms()), DIGITS, RoundingMode.HALF_UP)),
                used.terms() == 0 ? "an assumption" : used.renewed() + " of " + used.terms() + " terms of two years");
        boolean known = used.points() != null && used.low() != null && used.high() != null;
        String source = known ? "your own terms, 95 % interval" : "an assumption: " + used.why();
        put(fields, said, "low", known ? short3(used.low()) : "0", source);
        put(fields, said, "likely", known ? short3(used.points()) : "0.5", source);
        put(fields, said, "high", known ? short3(used.high()) : "1", source);
        put(fields, said, "margin", "100", "an assumption: revenue counts in full");
        put(fields, said, "billed", "0", "an assumption: the time is included and not charged");
        return fields;
    }

    private static void put(
            Map<String, Field> fields, Map<String, String> said, String name, String usual, String source) {
        String typed = clean(said.getOrDefault(name, "")).strip();
        boolean own = !typed.isEmpty() && !typed.equals(usual);
        String value = typed.isEmpty() ? usual : typed;
        BigDecimal[] limits = java.util.Objects.requireNonNull(LIMITS.get(name));
        String problem = null;
        try {
            BigDecimal number = new BigDecimal(value.replace(",", ""));
            if (number.compareTo(limits[0]) < 0 || number.compareTo(limits[1]) > 0 || number.scale() > 12) {
                problem = "This lies between " + limits[0].toPlainString() + " and " + limits[1].toPlainString() + ".";
            }
        } catch (NumberFormatException e) {
            problem = "Write a number, such as 1.5.";
        }
        fields.put(name, new Field(name, value, own ? "typed" : source, problem));
    }

    private static WhatIf whatIf(Map<String, Field> fields) {
        return new WhatIf(
                number(fields, "customers"),
                number(fields, "hours"),
                number(fields, "hour_cost"),
                number(fields, "revenue_due"),
                number(fields, "renewal_rate"),
                number(fields, "low"),
                number(fields, "likely"),
                number(fields, "high"),
                number(fields, "margin"),
                number(fields, "billed"));
    }

    private static BigDecimal number(Map<String, Field> fields, String name) {
        return new BigDecimal(
                java.util.Objects.requireNonNull(fields.get(name)).value().replace(",", ""));
    }

    private static String short3(@Nullable BigDecimal number) {
        return number == null
                ? ""
                : number.setScale(DIGITS, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static String clean(String text) {
        return text.replace("\0", "");
    }

    @PostMapping(PATH)
    String save(
            Viewer viewer,
            @RequestParam Map<String, String> said,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        String name = clean(said.getOrDefault("name", "")).strip();
        if (name.isEmpty() || name.length() > 120) {
            response.setStatus(422);
            return show(viewer, said, "Give the scenario a name of at most 120 letters.", null, model);
        }
        Map<String, String> inputs = new LinkedHashMap<>();
        for (String known : List.of("activity", "segment", "currency")) {
            inputs.put(known, clean(said.getOrDefault(known, "")));
        }
        LIMITS.keySet().forEach(known -> inputs.put(known, clean(said.getOrDefault(known, ""))));
        UUID change = scenarios.save(name, inputs, viewer);
        new Notice("The scenario " + name + " is saved.", change, null).leave(request);
        UriComponentsBuilder url = UriComponentsBuilder.fromPath(PATH);
        inputs.forEach((known, value) -> url.queryParam(known, "{" + known + "}"));
        return "redirect:" + url.encode().buildAndExpand(inputs).toUriString();
    }

    @PostMapping(PATH + "/{id}/remove")
    String remove(Viewer viewer, @PathVariable UUID id, HttpServletRequest request) {
        new Notice("The scenario is removed.", scenarios.remove(id, viewer), null).leave(request);
        return "redirect:" + PATH;
    }
}
