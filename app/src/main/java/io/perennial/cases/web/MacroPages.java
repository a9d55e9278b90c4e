package io.perennial.cases.web;

import io.perennial.cases.desk.CaseMoved;
import io.perennial.cases.desk.CaseRefused;
import io.perennial.cases.desk.Macros;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
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

/** Texts that staff keep for answers. */
@Controller
public class MacroPages {

    private final Macros macros;
    private final Frames frames;

    MacroPages(Macros macros, Frames frames) {
        this.macros = macros;
        this.frames = frames;
    }

    /** @param title and body of what could not be saved */
    public record View(
            List<Macros.Macro> macros,
            String title,
            String body,
            boolean mayWork,
            @Nullable String problem) {}

    @GetMapping("/cases/macros")
    String list(Viewer viewer, Model model) {
        return show(viewer, "", "", null, model);
    }

    @PostMapping("/cases/macros")
    String save(
            Viewer viewer,
            HttpServletResponse response,
            @RequestParam(required = false) @Nullable UUID id,
            @RequestParam(defaultValue = "0") int version,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String body,
            Model model) {
        try {
            macros.save(id, version, title, body, viewer);
            return "redirect:/cases/macros";
        } catch (CaseRefused e) {
            response.setStatus(422);
            return show(viewer, title, body, e.getMessage(), model);
        } catch (CaseMoved e) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            return show(viewer, title, body, e.getMessage(), model);
        }
    }

    @PostMapping("/cases/macros/{id}/removal")
    String remove(Viewer viewer, @PathVariable UUID id) {
        macros.remove(id, viewer);
        return "redirect:/cases/macros";
    }

    private String show(Viewer viewer, String title, String body, @Nullable String problem, Model model) {
        model.addAttribute("frame", frames.frame("Macros", CaseNavigation.CASES).under("Cases", "/cases"));
        model.addAttribute("view", new View(macros.all(), title, body, QueuePage.mayWork(viewer), problem));
        return "cases/macros";
    }
}
