package io.perennial.knowledge.web;

import io.perennial.identity.TeamMembers;
import io.perennial.identity.Viewer;
import io.perennial.knowledge.Article;
import io.perennial.knowledge.ArticleEditing;
import io.perennial.knowledge.ArticleEditing.Saved;
import io.perennial.knowledge.ArticleEditing.SavedInBetween;
import io.perennial.knowledge.ArticleEditing.Seen;
import io.perennial.knowledge.ArticleVersion;
import io.perennial.knowledge.Articles;
import io.perennial.knowledge.Language;
import io.perennial.knowledge.NotPossible;
import io.perennial.platform.text.TextDifference;
import io.perennial.platform.web.Frame;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Writes articles: the editor with its preview, and what happens when two people write at once. */
@Controller
public class EditorPages {

    private static final int MONTHS_TO_REVIEW = 6;

    private final Articles articles;
    private final ArticleEditing editing;
    private final TeamMembers team;
    private final Frames frames;
    private final Clock clock;

    EditorPages(Articles articles, ArticleEditing editing, TeamMembers team, Frames frames, Clock clock) {
        this.articles = articles;
        this.editing = editing;
        this.team = team;
        this.frames = frames;
        this.clock = clock;
    }

    /**
     * @param article null for a new one
     * @param seen what the form goes on from
     * @param newest the newest version in this language, null when there is none
     * @param theirs what somebody saved in between, against what the form holds; null without conflict
     * @param preview safe HTML, null when none was asked for
     */
    public record View(
            @Nullable Article article,
            EditorForm form,
            Seen seen,
            @Nullable ArticleVersion newest,
            @Nullable ArticleVersion theirs,
            List<TextDifference.Line> difference,
            @Nullable String preview,
            @Nullable String problem,
            List<Language> languages,
            List<TeamMembers.Colleague> team) {

        public String address() {
            return article == null ? "/knowledge" : "/knowledge/" + article.id() + "/text";
        }

        public Language language() {
            return Language.of(form.language());
        }
    }

    @GetMapping("/knowledge/new")
    String begin(
            Viewer viewer,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "en") String language,
            Model model) {
        Articles.requireWriter(viewer);
        LocalDate review = LocalDate.ofInstant(clock.instant(), clock.getZone()).plusMonths(MONTHS_TO_REVIEW);
        String start = title.substring(0, Math.min(title.length(), ArticleEditing.LONGEST_TITLE));
        return show(null, EditorForm.empty(start, Language.of(language), viewer.memberId(), review), null, null, model);
    }

    @PostMapping("/knowledge")
    String create(
            Viewer viewer,
            @ModelAttribute EditorForm form,
            @RequestParam(defaultValue = "draft") String then,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Articles.requireWriter(viewer);
        if (then.equals("preview")) {
            return show(null, form, null, articles.preview(form.body()), model);
        }
        try {
            Saved saved = editing.create(form.details(), form.text(), viewer.actor());
            return after(saved, form.in(), then, viewer, request);
        } catch (NotPossible refused) {
            return refused(null, form, refused, response, model);
        } catch (DataIntegrityViolationException refused) {
            return refused(null, form, new NotPossible("There is no such team member."), response, model);
        }
    }

    @GetMapping("/knowledge/{id}/edit")
    String edit(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String language,
            @RequestParam(defaultValue = "0") int version,
            Model model) {
        Articles.requireWriter(viewer);
        Article article = articles.find(id).orElseThrow(ArticlePages.unknown());
        Language wanted = Language.find(language).orElse(article.language());
        ArticleVersion from = article.version(wanted, version)
                .or(() -> article.newest(wanted))
                .orElse(null);
        return show(article, EditorForm.of(article, wanted, from), null, null, model);
    }

    @PostMapping("/knowledge/{id}/text")
    String save(
            Viewer viewer,
            @PathVariable UUID id,
            @ModelAttribute EditorForm form,
            @RequestParam(defaultValue = "") String seen,
            @RequestParam(defaultValue = "draft") String then,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Articles.requireWriter(viewer);
        Article article = articles.find(id).orElseThrow(ArticlePages.unknown());
        if (then.equals("preview")) {
            model.addAttribute("seen", Seen.parse(seen));
            return show(article, form, null, articles.preview(form.body()), model);
        }
        try {
            Saved saved = editing.save(
                    id, form.text(), form.details(), Seen.parse(seen), then.equals("over"), viewer.actor());
            return after(saved, form.in(), then, viewer, request);
        } catch (SavedInBetween conflict) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            Article now = articles.find(id).orElseThrow(ArticlePages.unknown());
            model.addAttribute("conflict", true);
            return show(now, form, conflict.getMessage(), null, model);
        } catch (NotPossible refused) {
            model.addAttribute("seen", Seen.parse(seen));
            return refused(article, form, refused, response, model);
        } catch (DataIntegrityViolationException refused) {
            model.addAttribute("seen", Seen.parse(seen));
            return refused(article, form, new NotPossible("There is no such team member."), response, model);
        }
    }

    /** The text as readers will see it, for the editor. */
    @PostMapping("/knowledge/preview")
    String preview(Viewer viewer, @RequestParam(defaultValue = "") String body, Model model) {
        Articles.requireWriter(viewer);
        model.addAttribute("html", articles.preview(body));
        return "knowledge/preview";
    }

    private String after(Saved saved, Language language, String then, Viewer viewer, HttpServletRequest request) {
        UUID published = then.equals("publish") ? editing.publish(saved.article(), language, viewer.actor()) : null;
        UUID change = published == null ? saved.change() : published;
        if (change != null) {
            String said = published == null
                    ? "Saved as a draft. Readers do not see it yet."
                    : "Published in " + language.title() + ".";
            new Notice(said, change, null).leave(request);
        }
        return ArticlePages.back(saved.article(), language);
    }

    private String refused(
            @Nullable Article article,
            EditorForm form,
            NotPossible refused,
            HttpServletResponse response,
            Model model) {
        response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
        return show(article, form, refused.getMessage(), null, model);
    }

    private String show(
            @Nullable Article article,
            EditorForm form,
            @Nullable String problem,
            @Nullable String preview,
            Model model) {
        Language language = form.in();
        ArticleVersion newest =
                article == null ? null : article.newest(language).orElse(null);
        Seen now = article == null ? new Seen(0, 0, 0) : Seen.of(article, language);
        Seen seen = model.getAttribute("seen") instanceof Seen before ? before : now;
        ArticleVersion theirs = model.containsAttribute("conflict") ? newest : null;
        Frame frame = frames.frame(article == null ? "New article" : "Edit", KnowledgeNavigation.KNOWLEDGE)
                .under("Knowledge", "/knowledge");
        model.addAttribute(
                "frame",
                article == null
                        ? frame
                        : frame.under(newest == null ? "Article" : newest.title(), "/knowledge/" + article.id()));
        model.addAttribute(
                "view",
                new View(
                        article,
                        form,
                        seen,
                        newest,
                        theirs,
                        theirs == null
                                ? List.of()
                                : TextDifference.between(
                                        theirs.body(), form.body().replace("\r\n", "\n")),
                        preview,
                        problem,
                        Language.ALL,
                        team.active()));
        return "knowledge/edit";
    }
}
