package io.perennial.knowledge.web;

import io.perennial.identity.Viewer;
import io.perennial.knowledge.Article;
import io.perennial.knowledge.ArticleEditing;
import io.perennial.knowledge.ArticleVersion;
import io.perennial.knowledge.Articles;
import io.perennial.knowledge.Language;
import io.perennial.knowledge.NotPossible;
import io.perennial.knowledge.SearchLog;
import io.perennial.knowledge.SentLinks;
import io.perennial.knowledge.Votes;
import io.perennial.knowledge.Votes.Vote;
import io.perennial.knowledge.Votes.Votings;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** One article: read it, say whether it helped, publish, retire and review it. */
@Controller
public class ArticlePages {

    private final Articles articles;
    private final ArticleEditing editing;
    private final Votes votes;
    private final SentLinks links;
    private final Searching searching;
    private final Frames frames;
    private final Clock clock;

    ArticlePages(
            Articles articles,
            ArticleEditing editing,
            Votes votes,
            SentLinks links,
            Searching searching,
            Frames frames,
            Clock clock) {
        this.articles = articles;
        this.editing = editing;
        this.votes = votes;
        this.links = links;
        this.searching = searching;
        this.frames = frames;
        this.clock = clock;
    }

    /**
     * @param wanted language that was asked for
     * @param text what is shown: in another language when there is none in the wanted one; null when there is no text
     * @param draft newer than what is shown; null when there is none
     * @param mine what this reader answered
     * @param sent in answers to customers
     */
    public record View(
            Article article,
            Language wanted,
            @Nullable ArticleVersion text,
            @Nullable ArticleVersion draft,
            Votings votings,
            @Nullable Vote mine,
            SentLinks.Sent sent,
            LocalDate today,
            boolean mayWrite,
            @Nullable String problem) {

        /** The text is not in the language that was asked for. */
        public boolean isMissing() {
            return text == null || !text.language().equals(wanted.code());
        }

        public boolean isDue() {
            LocalDate due = article.details().reviewOn();
            return due != null && !due.isAfter(today);
        }
    }

    @GetMapping("/knowledge/{id}")
    String read(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String language,
            @RequestParam(required = false) @Nullable UUID search,
            HttpServletRequest request,
            Model model) {
        Article article = article(id);
        if (search != null) {
            searching.opened(search, id, request);
        }
        model.addAttribute("notice", Notice.take(request));
        return show(viewer, article, Language.find(language).orElse(article.language()), null, model);
    }

    @PostMapping("/knowledge/{id}/vote")
    String vote(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String language,
            @RequestParam(defaultValue = "") String useful,
            @RequestParam(defaultValue = "") String comment,
            HttpServletRequest request,
            Model model) {
        Article article = article(id);
        Language read = Language.find(language).orElse(article.language());
        try {
            if (!useful.equals("yes") && !useful.equals("no")) {
                throw new NotPossible("Say yes or no.");
            }
            votes.cast(id, read, viewer.memberId(), SearchLog.Who.STAFF, useful.equals("yes"), comment);
        } catch (NotPossible refused) {
            return show(viewer, article, read, refused.getMessage(), model);
        }
        new Notice("Thank you. Your answer is counted once; a new one takes its place.", null, null).leave(request);
        return back(id, read);
    }

    @PostMapping("/knowledge/{id}/publication")
    String publish(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String language,
            HttpServletRequest request,
            Model model) {
        return settle(
                viewer,
                id,
                language,
                "Published in %s.",
                request,
                model,
                read -> editing.publish(id, read, viewer.actor()));
    }

    @PostMapping("/knowledge/{id}/retirement")
    String retire(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String language,
            HttpServletRequest request,
            Model model) {
        return settle(
                viewer,
                id,
                language,
                "Retired in %s: readers and search do not find it any more.",
                request,
                model,
                read -> editing.retire(id, read, viewer.actor()));
    }

    @PostMapping("/knowledge/{id}/review")
    String review(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String language,
            @RequestParam(defaultValue = "") String next,
            HttpServletRequest request,
            Model model) {
        return settle(
                viewer,
                id,
                language,
                "Reviewed.",
                request,
                model,
                read -> editing.reviewed(id, EditorForm.day(next), viewer.actor()));
    }

    private interface Step {
        @Nullable
        UUID on(Language language);
    }

    private String settle(
            Viewer viewer, UUID id, String language, String said, HttpServletRequest request, Model model, Step step) {
        Articles.requireWriter(viewer);
        Article article = article(id);
        Language read = Language.find(language).orElse(article.language());
        try {
            UUID change = step.on(read);
            if (change != null) {
                new Notice(said.formatted(read.title()), change, null).leave(request);
            }
        } catch (NotPossible refused) {
            return show(viewer, article, read, refused.getMessage(), model);
        }
        return back(id, read);
    }

    private String show(Viewer viewer, Article article, Language wanted, @Nullable String problem, Model model) {
        ArticleVersion text = article.shown(wanted)
                .or(() -> article.shown(article.language()))
                .or(() -> article.versions().stream().findFirst())
                .orElse(null);
        ArticleVersion draft = text == null
                ? null
                : article.draft(Language.of(text.language()))
                        .filter(newer -> newer.number() != text.number())
                        .orElse(null);
        String title = text == null ? "Article" : text.title();
        model.addAttribute(
                "frame", frames.frame(title, KnowledgeNavigation.KNOWLEDGE).under("Knowledge", "/knowledge"));
        model.addAttribute(
                "view",
                new View(
                        article,
                        wanted,
                        text,
                        draft,
                        votes.on(article.id()),
                        votes.of(article.id(), viewer.memberId()).orElse(null),
                        links.of(article.id()),
                        LocalDate.ofInstant(clock.instant(), clock.getZone()),
                        Articles.mayWrite(viewer),
                        problem));
        return "knowledge/article";
    }

    private Article article(UUID id) {
        return articles.find(id).orElseThrow(unknown());
    }

    static Supplier<ResponseStatusException> unknown() {
        return () -> new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    static String back(UUID id, Language language) {
        return "redirect:/knowledge/" + id + "?language=" + language.code();
    }

    /** All languages that a reader can ask for, those with a text first. */
    public static List<Language> languages(Article article) {
        return Stream.concat(article.languages().stream(), Language.ALL.stream())
                .distinct()
                .toList();
    }
}
