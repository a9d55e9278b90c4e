package io.perennial.defects.web;

import io.perennial.defects.Cause;
import io.perennial.defects.Causes;
import io.perennial.defects.Defect;
import io.perennial.defects.DefectCases;
import io.perennial.defects.DefectDraft;
import io.perennial.defects.DefectEditing;
import io.perennial.defects.DefectMoved;
import io.perennial.defects.DefectRefused;
import io.perennial.defects.Defects;
import io.perennial.defects.Severity;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Frame;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Registers and describes defects; one that begins at a case is linked to it. */
@Controller
public class DefectEditor {

    private final Defects defects;
    private final DefectEditing editing;
    private final DefectCases cases;
    private final Causes causes;
    private final Frames frames;

    DefectEditor(Defects defects, DefectEditing editing, DefectCases cases, Causes causes, Frames frames) {
        this.defects = defects;
        this.editing = editing;
        this.cases = cases;
        this.causes = causes;
        this.frames = frames;
    }

    /**
     * @param defect null for a new one
     * @param key of the form, so that sending it twice is sending it once
     * @param about the case that it begins with, or empty
     */
    public record View(
            @Nullable Defect defect,
            DefectDraft draft,
            int seen,
            String key,
            String about,
            boolean tell,
            List<Cause> causes,
            List<String> products,
            @Nullable String problem) {

        public List<Severity> severities() {
            return List.of(Severity.values());
        }

        public boolean knows(String key) {
            return key.isEmpty()
                    || causes.stream().anyMatch(cause -> cause.key().equals(key));
        }
    }

    @GetMapping("/defects/new")
    String begin(
            Viewer viewer,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String product,
            @RequestParam(name = "case", defaultValue = "") String about,
            Model model) {
        DefectEditing.requireWriter(viewer);
        return show(null, DefectDraft.empty(title, product), 0, Ids.next().toString(), about, true, null, model);
    }

    @PostMapping("/defects")
    String create(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @ModelAttribute DefectDraft draft,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(name = "case", defaultValue = "") String about,
            @RequestParam(defaultValue = "false") boolean tell,
            Model model) {
        try {
            DefectEditing.Saved saved = editing.create(draft, key, viewer);
            Ids.read(about).ifPresent(one -> cases.link(saved.defect(), one, tell, viewer));
            if (saved.change() != null) {
                new Notice("The defect is registered.", saved.change(), null).leave(request);
            }
            return "redirect:/defects/" + saved.defect();
        } catch (DefectRefused e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(null, draft, 0, key, about, tell, e.getMessage(), model);
        }
    }

    @GetMapping("/defects/{id}/edit")
    String edit(Viewer viewer, @PathVariable UUID id, Model model) {
        DefectEditing.requireWriter(viewer);
        Defect defect = defects.find(id).orElseThrow(DefectPage::none);
        return show(defect, DefectDraft.of(defect), defect.version(), "", "", false, null, model);
    }

    @PostMapping("/defects/{id}")
    String save(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @ModelAttribute DefectDraft draft,
            @RequestParam(defaultValue = "-1") int seen,
            Model model) {
        try {
            UUID change = editing.edit(id, seen, draft, viewer);
            if (change != null) {
                new Notice("Saved.", change, null).leave(request);
            }
            return "redirect:/defects/" + id;
        } catch (DefectMoved e) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            Defect now = defects.find(id).orElseThrow(DefectPage::none);
            String news = "Nothing was changed yet. Meanwhile: " + e.getMessage()
                    + " Your text is kept below; saving again writes it over theirs.";
            return show(now, draft, now.version(), "", "", false, news, model);
        } catch (DefectRefused e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            Defect now = defects.find(id).orElseThrow(DefectPage::none);
            return show(now, draft, seen, "", "", false, e.getMessage(), model);
        }
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    private String show(
            @Nullable Defect defect,
            DefectDraft draft,
            int seen,
            String key,
            String about,
            boolean tell,
            @Nullable String problem,
            Model model) {
        Frame frame = frames.frame(defect == null ? "New defect" : "Edit", DefectNavigation.DEFECTS)
                .under("Defects", "/defects");
        model.addAttribute("frame", defect == null ? frame : frame.under(defect.tag(), "/defects/" + defect.id()));
        model.addAttribute(
                "view", new View(defect, draft, seen, key, about, tell, causes.all(), defects.products(), problem));
        return "defects/edit";
    }
}
