package io.perennial.cancellations.web;

import io.perennial.cancellations.LeavingRules;
import io.perennial.cancellations.LeavingRules.BadRules;
import io.perennial.cancellations.LeavingRules.Offer;
import io.perennial.cancellations.LeavingRules.Rules;
import io.perennial.contracts.ReasonCategory;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is offered, when customers are asked back, and when a save is checked. */
@Controller
public class LeavingRulesPage {

    private static final String ADDRESS = "/cancellations/rules";

    private final LeavingRules rules;
    private final Frames frames;

    LeavingRulesPage(LeavingRules rules, Frames frames) {
        this.rules = rules;
        this.frames = frames;
    }

    /** @param waits as typed, by category */
    public record View(
            List<Offer> offers,
            Map<ReasonCategory, String> waits,
            String keptDays,
            boolean maySet,
            @Nullable String problem,
            @Nullable Notice notice) {

        public List<Tab> tabs() {
            return CancellationNavigation.tabs("rules");
        }

        public List<ReasonCategory> categories() {
            return List.of(ReasonCategory.values());
        }
    }

    @GetMapping(ADDRESS)
    String rules(Viewer viewer, HttpServletRequest request, Model model) {
        Rules now = rules.rules();
        Map<ReasonCategory, String> waits = new EnumMap<>(ReasonCategory.class);
        for (ReasonCategory category : ReasonCategory.values()) {
            waits.put(category, now.wait(category));
        }
        return show(
                new View(
                        now.offers(),
                        waits,
                        String.valueOf(now.keptDays()),
                        LeavingRules.maySet(viewer),
                        null,
                        Notice.take(request)),
                model);
    }

    private String show(View view, Model model) {
        model.addAttribute(
                "frame",
                frames.frame("Offers and rules", CancellationNavigation.CANCELLATIONS)
                        .under(CancellationNavigation.CANCELLATIONS, "/cancellations"));
        model.addAttribute("view", view);
        return "cancellations/rules";
    }

    @PostMapping(ADDRESS)
    String set(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam MultiValueMap<String, String> typed,
            Model model) {
        List<Offer> offers = new ArrayList<>();
        List<String> names = typed.getOrDefault("offer", List.of());
        List<String> meanings = typed.getOrDefault("meaning", List.of());
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).strip();
            if (!name.isEmpty()) {
                offers.add(new Offer(name, i < meanings.size() ? meanings.get(i).strip() : ""));
            }
        }
        Map<ReasonCategory, String> waits = new EnumMap<>(ReasonCategory.class);
        for (ReasonCategory category : ReasonCategory.values()) {
            waits.put(category, said(typed, "wait-" + category.key()));
        }
        String keptDays = said(typed, "keptDays");
        try {
            Map<ReasonCategory, Integer> days = new EnumMap<>(ReasonCategory.class);
            waits.forEach((category, text) -> {
                if (!text.isEmpty()) {
                    days.put(category, days(text));
                }
            });
            var change = rules.set(new Rules(offers, days, days(keptDays)), viewer);
            new Notice("Offers and waiting times are kept. Lists and figures follow them.", change, null)
                    .leave(request);
            return "redirect:" + ADDRESS;
        } catch (BadRules | NumberFormatException e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            String why = e instanceof BadRules ? e.getMessage() : "Days are whole numbers, such as 90.";
            return show(new View(offers, waits, keptDays, true, why, null), model);
        }
    }

    private static int days(String text) {
        return Integer.parseInt(text);
    }

    private static String said(MultiValueMap<String, String> typed, String name) {
        return Objects.requireNonNullElse(typed.getFirst(name), "").strip();
    }
}
