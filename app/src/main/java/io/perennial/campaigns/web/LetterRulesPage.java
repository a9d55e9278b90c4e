package io.perennial.campaigns.web;

import io.perennial.campaigns.CampaignRefused;
import io.perennial.campaigns.LetterRules;
import io.perennial.campaigns.LetterRules.Rules;
import io.perennial.identity.Viewer;
import io.perennial.mail.Purpose;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How the house writes to people who did not ask for it. */
@Controller
public class LetterRulesPage {

    private final LetterRules rules;
    private final Frames frames;

    LetterRulesPage(LetterRules rules, Frames frames) {
        this.rules = rules;
        this.frames = frames;
    }

    public record View(
            Rules rules,
            boolean maySet,
            @Nullable String problem,
            @Nullable Notice notice) {

        public List<String> days() {
            return UnsubscribeWords.in("en").days();
        }

        public List<Purpose> purposes() {
            return Arrays.stream(Purpose.values()).filter(Purpose::mayBeRefused).toList();
        }
    }

    @GetMapping("/campaigns/settings")
    String show(Viewer viewer, HttpServletRequest request, Model model) {
        return show(rules.now(), viewer, null, Notice.take(request), model);
    }

    @PostMapping("/campaigns/settings")
    String set(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam MultiValueMap<String, String> typed,
            Model model) {
        Rules before = rules.now();
        try {
            UUID change = rules.set(read(typed, before), viewer);
            new Notice(
                            change == null ? "Nothing is different." : "Kept. It counts from the next letter on.",
                            change,
                            null)
                    .leave(request);
            return "redirect:/campaigns/settings";
        } catch (CampaignRefused e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(before, viewer, e.getMessage(), null, model);
        }
    }

    private static Rules read(MultiValueMap<String, String> typed, Rules before) {
        int days = 0;
        for (String day : CampaignForm.some(typed, "day")) {
            days |= day.matches("[0-6]") ? 1 << Integer.parseInt(day) : 0;
        }
        Set<Purpose> asked = EnumSet.noneOf(Purpose.class);
        CampaignForm.some(typed, "asked")
                .forEach(key -> Purpose.find(key).filter(Purpose::mayBeRefused).ifPresent(asked::add));
        return new Rules(
                CampaignForm.number(typed, "most", before.mostLetters()),
                CampaignForm.number(typed, "within", before.withinDays()),
                CampaignForm.number(typed, "from", before.fromHour()),
                CampaignForm.number(typed, "to", before.toHour()),
                days,
                CampaignForm.one(typed, "zone").strip(),
                asked,
                CampaignForm.number(typed, "leader", before.leaderAbove()));
    }

    private String show(Rules shown, Viewer viewer, @Nullable String problem, @Nullable Notice notice, Model model) {
        model.addAttribute(
                "frame",
                frames.frame("How we write", CampaignNavigation.CAMPAIGNS).under("Campaigns", "/campaigns"));
        model.addAttribute("view", new View(shown, LetterRules.maySet(viewer), problem, notice));
        return "campaigns/settings";
    }
}
