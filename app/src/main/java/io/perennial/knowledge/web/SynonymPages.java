package io.perennial.knowledge.web;

import io.perennial.identity.Viewer;
import io.perennial.knowledge.Articles;
import io.perennial.knowledge.Language;
import io.perennial.knowledge.NotPossible;
import io.perennial.knowledge.Synonyms;
import io.perennial.knowledge.Synonyms.Group;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Words that mean the same. */
@Controller
public class SynonymPages {

    private final Synonyms synonyms;
    private final KnowledgeTabs tabs;
    private final Frames frames;

    SynonymPages(Synonyms synonyms, KnowledgeTabs tabs, Frames frames) {
        this.synonyms = synonyms;
        this.tabs = tabs;
        this.frames = frames;
    }

    /** @param typed what was refused, kept as typed */
    public record View(
            List<Group> groups,
            List<Language> languages,
            String typed,
            Language language,
            @Nullable String problem,
            boolean mayWrite) {}

    @GetMapping("/knowledge/synonyms")
    String list(Viewer viewer, HttpServletRequest request, Model model) {
        model.addAttribute("notice", Notice.take(request));
        return show(viewer, "", Language.ENGLISH, null, model);
    }

    @PostMapping("/knowledge/synonyms")
    String add(
            Viewer viewer,
            @RequestParam(defaultValue = "") String words,
            @RequestParam(defaultValue = "en") String language,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Articles.requireWriter(viewer);
        try {
            UUID change = synonyms.add(words, Language.of(language), viewer.actor());
            new Notice("From now on whoever searches for one of them finds all.", change, null).leave(request);
        } catch (NotPossible refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, words, Language.of(language), refused.getMessage(), model);
        }
        return "redirect:/knowledge/synonyms";
    }

    @PostMapping("/knowledge/synonyms/{id}/removal")
    String remove(Viewer viewer, @PathVariable UUID id, HttpServletRequest request) {
        Articles.requireWriter(viewer);
        try {
            new Notice("Removed.", synonyms.remove(id, viewer.actor()), null).leave(request);
        } catch (NoSuchElementException gone) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, gone.getMessage(), gone);
        }
        return "redirect:/knowledge/synonyms";
    }

    private String show(Viewer viewer, String typed, Language language, @Nullable String problem, Model model) {
        model.addAttribute(
                "frame", frames.frame("Synonyms", KnowledgeNavigation.KNOWLEDGE).under("Knowledge", "/knowledge"));
        model.addAttribute("tabs", tabs.on("synonyms"));
        model.addAttribute(
                "view", new View(synonyms.all(), Language.ALL, typed, language, problem, Articles.mayWrite(viewer)));
        return "knowledge/synonyms";
    }
}
