package io.perennial.usage.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.usage.FeatureCatalogue;
import io.perennial.usage.FeatureCatalogue.Feature;
import io.perennial.usage.FeatureCatalogue.NotPossible;
import io.perennial.usage.KeyActionDefinitions;
import io.perennial.usage.KeyActions;
import io.perennial.usage.KeyActions.KeyAction;
import io.perennial.usage.KeyActions.Run;
import io.perennial.usage.KeyActions.State;
import io.perennial.usage.SilentNow;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Key actions: what they are, how long they take, and who is stuck. */
@Controller
public class KeyActionPages {

    private static final String BACK = "redirect:/adoption/key-actions";
    private static final int LAST_PAGE = 100_000;

    private final KeyActions actions;
    private final KeyActionDefinitions definitions;
    private final FeatureCatalogue catalogue;
    private final SilentNow silent;
    private final Frames frames;

    KeyActionPages(
            KeyActions actions,
            KeyActionDefinitions definitions,
            FeatureCatalogue catalogue,
            SilentNow silent,
            Frames frames) {
        this.actions = actions;
        this.definitions = definitions;
        this.silent = silent;
        this.catalogue = catalogue;
        this.frames = frames;
    }

    /**
     * @param chosen whose runs are listed; null for none
     * @param silences of sources: time does not go by for their customers
     * @param problem why the last change was not made
     */
    public record View(
            List<KeyAction> actions,
            @Nullable KeyAction chosen,
            State state,
            List<Run> runs,
            int page,
            List<Feature> features,
            List<String> silences,
            boolean mayChange,
            @Nullable String problem) {}

    @GetMapping("/adoption/key-actions")
    String list(
            Viewer viewer,
            @RequestParam(required = false) @Nullable UUID action,
            @RequestParam(defaultValue = "STUCK") State state,
            @RequestParam(defaultValue = "1") int page,
            HttpServletRequest request,
            Model model) {
        model.addAttribute("notice", Notice.take(request));
        return show(viewer, action, state, Math.clamp(page, 1, LAST_PAGE), null, model);
    }

    @PostMapping("/adoption/key-actions")
    String define(
            Viewer viewer,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "0") int start,
            @RequestParam(defaultValue = "0") int finish,
            @RequestParam(defaultValue = "") String expected,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            definitions.define(viewer, name, start, finish, expected);
            new Notice("The key action is defined. Its runs are read with the next computation.", null, null)
                    .leave(request);
            return BACK;
        } catch (NotPossible refused) {
            return refuse(viewer, refused, response, model);
        }
    }

    @PostMapping("/adoption/key-actions/{id}/retirement")
    String retire(
            Viewer viewer,
            @PathVariable UUID id,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            definitions.retire(viewer, id);
            new Notice("The key action is retired.", null, null).leave(request);
            return BACK;
        } catch (NotPossible refused) {
            return refuse(viewer, refused, response, model);
        }
    }

    private String refuse(Viewer viewer, NotPossible refused, HttpServletResponse response, Model model) {
        response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
        return show(viewer, null, State.STUCK, 1, refused.getMessage(), model);
    }

    private String show(
            Viewer viewer, @Nullable UUID action, State state, int page, @Nullable String problem, Model model) {
        List<KeyAction> all = actions.list(viewer);
        KeyAction chosen =
                all.stream().filter(one -> one.id().equals(action)).findFirst().orElse(null);
        model.addAttribute(
                "frame",
                frames.frame("Key actions", AdoptionNavigation.ADOPTION).under("Adoption", "/adoption"));
        model.addAttribute(
                "view",
                new View(
                        all,
                        chosen,
                        state,
                        chosen == null ? List.of() : actions.runs(viewer, chosen.id(), state, page),
                        page,
                        catalogue.shown(),
                        silent.sources(),
                        FeatureCatalogue.mayChange(viewer),
                        problem));
        return "usage/keyActions";
    }
}
