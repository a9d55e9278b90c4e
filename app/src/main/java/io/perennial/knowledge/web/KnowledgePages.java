package io.perennial.knowledge.web;

import io.perennial.identity.Viewer;
import io.perennial.knowledge.ArticleSearch;
import io.perennial.knowledge.ArticleSearch.Found;
import io.perennial.knowledge.Articles;
import io.perennial.knowledge.Language;
import io.perennial.knowledge.Library;
import io.perennial.knowledge.Library.Row;
import io.perennial.knowledge.Library.Shelf;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The knowledge base: search it, and see what is on its shelves. */
@Controller
public class KnowledgePages {

    private final Library library;
    private final Searching searching;
    private final KnowledgeTabs tabs;
    private final Frames frames;
    private final Clock clock;

    KnowledgePages(Library library, Searching searching, KnowledgeTabs tabs, Frames frames, Clock clock) {
        this.library = library;
        this.searching = searching;
        this.tabs = tabs;
        this.frames = frames;
        this.clock = clock;
    }

    /**
     * @param search identity of the search; null when nothing was searched
     * @param problem why nothing was searched
     */
    public record Results(
            String words,
            Language language,
            List<Language> languages,
            @Nullable Found found,
            @Nullable UUID search,
            @Nullable String problem) {}

    public record Shown(
            Shelf shelf, List<Row> rows, String tag, int page, boolean hasNext, LocalDate today, boolean mayWrite) {}

    @GetMapping("/knowledge")
    String knowledge(
            Viewer viewer,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String language,
            @RequestParam(defaultValue = "") String shelf,
            @RequestParam(defaultValue = "") String tag,
            @RequestParam(defaultValue = "1") String page,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Language wanted = Language.find(language)
                .orElseGet(() -> Language.of(request.getLocale().getLanguage()));
        Results results = results(q, wanted, request);
        if (results.problem() != null) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
        }
        boolean searched = results.found() != null || results.problem() != null;
        Shelf chosen = Shelf.of(shelf);
        model.addAttribute("frame", frames.frame("Knowledge", KnowledgeNavigation.KNOWLEDGE));
        model.addAttribute("notice", Notice.take(request));
        model.addAttribute("results", results);
        model.addAttribute("tabs", tabs.on(searched ? "" : chosen.key()));
        model.addAttribute("shown", searched ? nothing(viewer) : shown(chosen, tag, page, viewer));
        return "knowledge/knowledge";
    }

    private Results results(String q, Language language, HttpServletRequest request) {
        String words = q.replace("\0", " ").strip();
        if (words.length() > ArticleSearch.LONGEST) {
            String start = words.substring(0, ArticleSearch.LONGEST);
            return new Results(start, language, Language.ALL, null, null, "Search for up to 200 characters.");
        }
        if (words.isEmpty()) {
            return new Results("", language, Language.ALL, null, null, null);
        }
        Searching.Done done = searching.find(words, language, request);
        return new Results(words, language, Language.ALL, done.found(), done.id(), null);
    }

    private Shown shown(Shelf shelf, String tag, String page, Viewer viewer) {
        int number = number(page);
        List<Row> rows = library.list(shelf, tag, number);
        return new Shown(shelf, rows, tag, number, rows.size() == Library.PAGE, today(), Articles.mayWrite(viewer));
    }

    private Shown nothing(Viewer viewer) {
        return new Shown(Shelf.PUBLISHED, List.of(), "", 1, false, today(), Articles.mayWrite(viewer));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), clock.getZone());
    }

    private static int number(String text) {
        try {
            return Math.clamp(Integer.parseInt(text), 1, 10_000);
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}
