package io.perennial.surveys.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import io.perennial.surveys.AskingRule;
import io.perennial.surveys.AskingRules;
import io.perennial.surveys.LeftOut;
import io.perennial.surveys.SurveyRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How often a person may be asked, and who was left out of which question because of it. */
@Controller
public class ProtectionPage {

    private static final String ADDRESS = "/surveys/protection";

    private final AskingRules rules;
    private final LeftOut leftOut;
    private final Frames frames;

    ProtectionPage(AskingRules rules, LeftOut leftOut, Frames frames) {
        this.rules = rules;
        this.leftOut = leftOut;
        this.frames = frames;
    }

    /** @param quietDays and the other two as typed */
    public record View(
            AskingRule rule,
            String quietDays,
            String afterCaseDays,
            String mostAYear,
            boolean maySet,
            String reason,
            LeftOut.Page page,
            String field,
            @Nullable String problem,
            @Nullable Notice notice) {

        public List<Tab> tabs() {
            return SurveyNavigation.tabs("protection");
        }

        public List<String> reasons() {
            return LeftOut.reasons();
        }

        public @Nullable String problemOf(String name) {
            return field.equals(name) ? problem : null;
        }
    }

    @GetMapping(ADDRESS)
    String look(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(required = false) @Nullable String before,
            Model model) {
        AskingRule rule = rules.rule();
        return show(
                new View(
                        rule,
                        String.valueOf(rule.quietDays()),
                        String.valueOf(rule.afterCaseDays()),
                        String.valueOf(rule.mostAYear()),
                        AskingRules.maySet(viewer),
                        reason,
                        leftOut.page(null, reason, before, viewer),
                        "",
                        null,
                        Notice.take(request)),
                model);
    }

    private String show(View view, Model model) {
        model.addAttribute(
                "frame",
                frames.frame("Not asked too often", SurveyNavigation.SURVEYS)
                        .under(SurveyNavigation.SURVEYS, SurveyNavigation.ADDRESS));
        model.addAttribute("view", view);
        return "surveys/protection";
    }

    @PostMapping(ADDRESS)
    String set(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String quietDays,
            @RequestParam(defaultValue = "") String afterCaseDays,
            @RequestParam(defaultValue = "") String mostAYear,
            Model model) {
        try {
            UUID change = rules.set(
                    new AskingRule(
                            number("quietDays", quietDays),
                            number("afterCaseDays", afterCaseDays),
                            number("mostAYear", mostAYear)),
                    viewer);
            new Notice("The rule holds for every question that is put from now on.", change, null).leave(request);
            return "redirect:" + ADDRESS;
        } catch (SurveyRefused e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(
                    new View(
                            rules.rule(),
                            quietDays,
                            afterCaseDays,
                            mostAYear,
                            true,
                            "",
                            leftOut.page(null, "", null, viewer),
                            e.field(),
                            e.getMessage(),
                            null),
                    model);
        }
    }

    private static int number(String field, String text) {
        if (!text.strip().matches("[0-9]{1,4}")) {
            throw new SurveyRefused(field, "Write a whole number.");
        }
        return Integer.parseInt(text.strip());
    }
}
