package io.perennial.success.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.success.Blueprint;
import io.perennial.success.Blueprints;
import io.perennial.success.Blueprints.Experience;
import io.perennial.success.Journey;
import io.perennial.success.Journeys;
import io.perennial.success.PlanWork;
import io.perennial.success.SuccessRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is possible, as texts that plans begin with; and the journey map with who is where. */
@Controller
public class BlueprintPages {

    private final Blueprints blueprints;
    private final Journeys journeys;
    private final Frames frames;
    private final Clock clock;

    BlueprintPages(Blueprints blueprints, Journeys journeys, Frames frames, Clock clock) {
        this.blueprints = blueprints;
        this.journeys = journeys;
        this.frames = frames;
        this.clock = clock;
    }

    public record View(
            Map<Blueprint, Experience> blueprints,
            boolean mayWrite,
            boolean mayBegin,
            String key,
            String typed,
            @Nullable String problem,
            @Nullable Notice notice) {}

    public record JourneyView(
            Journey journey,
            Map<Integer, Journeys.Crowd> crowds,
            long elsewhere,
            @Nullable Integer chosen,
            List<Journeys.Here> here,
            boolean own,
            boolean mayWrite,
            String typed,
            @Nullable String problem,
            @Nullable Notice notice) {

        public long customers(int stage) {
            Journeys.Crowd crowd = crowds.get(stage);
            return crowd == null ? 0 : crowd.customers();
        }
    }

    @GetMapping("/success-plans/blueprints")
    String list(Viewer viewer, HttpServletRequest request, @RequestParam(defaultValue = "") String edit, Model model) {
        String typed = blueprints.find(edit).map(Blueprint::text).orElse("");
        return show(viewer, typed.isEmpty() ? "" : edit, typed, null, Notice.take(request), model);
    }

    @PostMapping("/success-plans/blueprints/{key}")
    String write(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String key,
            @RequestParam(defaultValue = "") String body,
            @RequestParam(defaultValue = "") String name,
            Model model) {
        String chosen = key.equals("new") ? name.strip() : key;
        try {
            UUID change = blueprints.write(chosen, body, viewer);
            if (change != null) {
                new Notice("The blueprint is saved.", change, null).leave(request);
            }
            return "redirect:/success-plans/blueprints";
        } catch (SuccessRefused e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, chosen, body, e.getMessage(), null, model);
        }
    }

    private String show(
            Viewer viewer, String key, String typed, @Nullable String problem, @Nullable Notice notice, Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Map<Blueprint, Experience> all = new LinkedHashMap<>();
        blueprints.all().forEach(one -> all.put(one, blueprints.experience(one.key(), today, viewer)));
        model.addAttribute(
                "frame", frames.frame("Blueprints", SuccessNavigation.PLANS).under("Success plans", "/success-plans"));
        model.addAttribute(
                "view",
                new View(all, Blueprints.mayWrite(viewer), PlanWork.mayWrite(viewer), key, typed, problem, notice));
        return "success/blueprints";
    }

    @GetMapping("/journey")
    String journey(
            Viewer viewer, HttpServletRequest request, @RequestParam(defaultValue = "") String stage, Model model) {
        return journey(viewer, stage, journeys.journey().text(), null, Notice.take(request), model);
    }

    @PostMapping("/journey")
    String writeJourney(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String body,
            Model model) {
        try {
            UUID change = journeys.write(body, viewer);
            if (change != null) {
                new Notice("The journey is saved.", change, null).leave(request);
            }
            return "redirect:/journey";
        } catch (SuccessRefused e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return journey(viewer, "", body, e.getMessage(), null, model);
        }
    }

    private String journey(
            Viewer viewer, String stage, String typed, @Nullable String problem, @Nullable Notice notice, Model model) {
        Journey journey = journeys.journey();
        Integer chosen = stage.matches("\\d{1,2}")
                        && Integer.parseInt(stage) < journey.stages().size()
                ? Integer.valueOf(stage)
                : null;
        Map<Integer, Journeys.Crowd> crowds = new LinkedHashMap<>();
        long elsewhere = 0;
        for (Journeys.Crowd crowd : journeys.crowds(journey, viewer)) {
            Integer at = crowd.stage();
            if (at == null) {
                elsewhere = crowd.customers();
            } else {
                crowds.put(at, crowd);
            }
        }
        model.addAttribute("frame", frames.frame("Journey", SuccessNavigation.JOURNEY));
        model.addAttribute(
                "view",
                new JourneyView(
                        journey,
                        crowds,
                        elsewhere,
                        chosen,
                        chosen == null ? List.of() : journeys.in(journey, chosen, viewer),
                        journeys.isOwn(),
                        Blueprints.mayWrite(viewer),
                        typed,
                        problem,
                        notice));
        return "success/journey";
    }
}
