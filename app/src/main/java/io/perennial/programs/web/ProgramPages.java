package io.perennial.programs.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Notice;
import io.perennial.programs.Catalogue;
import io.perennial.programs.Catalogue.NotPossible;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The shelf of programs, and each program with its versions. */
@Controller
class ProgramPages {

    private final Catalogue catalogue;
    private final ProgramViews views;

    ProgramPages(Catalogue catalogue, ProgramViews views) {
        this.catalogue = catalogue;
        this.views = views;
    }

    @GetMapping("/programs")
    String shelf(Viewer viewer, HttpServletRequest request, Model model) {
        model.addAttribute("notice", Notice.take(request));
        return views.shelf(viewer, null, model);
    }

    @PostMapping("/programs")
    String add(
            Viewer viewer,
            @RequestParam(defaultValue = "") String name,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            Catalogue.Done done = catalogue.create(viewer, name);
            new Notice("The program is added. Say what it promises, then publish it.", done.change(), null)
                    .leave(request);
            return "redirect:/programs/" + done.program();
        } catch (NotPossible refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return views.shelf(viewer, refused.getMessage(), model);
        }
    }

    @GetMapping("/programs/compare")
    String compare(Viewer viewer, @RequestParam MultiValueMap<String, String> query, Model model) {
        return views.compare(viewer, query.getOrDefault("version", List.of()), model);
    }

    @GetMapping("/programs/{id}")
    String one(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String version,
            @RequestParam(defaultValue = "1") String page,
            HttpServletRequest request,
            Model model) {
        model.addAttribute("notice", Notice.take(request));
        return views.one(viewer, id, version, Numbers.read(page, 1), null, null, model);
    }

    @PostMapping("/programs/{id}")
    String rename(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String tier,
            @RequestParam(defaultValue = "false") boolean house,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            UUID change = catalogue.rename(viewer, id, name, Numbers.read(tier, -1), house);
            new Notice("The program is changed.", change, null).leave(request);
            return "redirect:/programs/" + id;
        } catch (NotPossible refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return views.one(viewer, id, "", 1, null, refused.getMessage(), model);
        }
    }
}
