package io.perennial.health.web;

import io.perennial.health.HealthModels;
import io.perennial.health.ScoreMeaning;
import io.perennial.health.model.ModelProblem;
import io.perennial.health.scoring.Measures;
import io.perennial.health.scoring.ModelVersion;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** A health model: its parts and weights, its text, its versions, and putting a draft in force. */
@Controller
public class ModelPages {

    private final HealthModels models;
    private final Measures measures;
    private final ScoreMeaning meaning;
    private final Frames frames;

    ModelPages(HealthModels models, Measures measures, ScoreMeaning meaning, Frames frames) {
        this.meaning = meaning;
        this.models = models;
        this.measures = measures;
        this.frames = frames;
    }

    /**
     * @param titles of measures by id
     * @param meaning what the version's colours have meant
     * @param text as in the editor, which may differ from the stored one after a refusal
     */
    public record View(
            ModelVersion model,
            List<ModelVersion> versions,
            Map<String, String> titles,
            ScoreMeaning.Meaning meaning,
            String text,
            boolean mayChange,
            List<String> problems) {}

    @GetMapping("/health/models/{id}")
    String model(Viewer viewer, @PathVariable UUID id, Model model) {
        ModelVersion version = found(id);
        return show(viewer, version, version.model().text(), List.of(), model);
    }

    @PostMapping("/health/models/{id}/drafts")
    String draft(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam String text,
            HttpServletResponse response,
            Model model) {
        ModelVersion version = found(id);
        try {
            return "redirect:/health/models/" + models.draft(version, text, viewer);
        } catch (ModelProblem e) {
            response.setStatus(422);
            return show(
                    viewer,
                    version,
                    text,
                    e.lines().stream().map(ModelProblem.Line::toString).toList(),
                    model);
        }
    }

    @PostMapping("/health/models/{id}/publication")
    String publish(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String reason,
            HttpServletResponse response,
            Model model) {
        ModelVersion version = found(id);
        try {
            models.publish(id, reason, viewer);
            return "redirect:/health/models/" + id;
        } catch (IllegalArgumentException | IllegalStateException e) {
            response.setStatus(422);
            return show(viewer, version, version.model().text(), List.of(String.valueOf(e.getMessage())), model);
        }
    }

    @PostMapping("/health/models/{id}/history")
    String history(Viewer viewer, @PathVariable UUID id) {
        models.rewriteHistory(viewer);
        return "redirect:/jobs";
    }

    private String show(Viewer viewer, ModelVersion version, String text, List<String> problems, Model model) {
        Map<String, String> titles = version.model().rules().stream()
                .map(rule -> rule.measure())
                .distinct()
                .collect(Collectors.toMap(
                        Function.identity(), id -> measures.named(id).title()));
        model.addAttribute(
                "frame", frames.frame(version.label(), HealthNavigation.HEALTH).under("Health", "/health"));
        model.addAttribute(
                "view",
                new View(
                        version,
                        models.versionsOf(version.name()),
                        titles,
                        meaning.of(version),
                        text,
                        viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER,
                        problems));
        return "health/model";
    }

    private ModelVersion found(UUID id) {
        return models.find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such model."));
    }
}
