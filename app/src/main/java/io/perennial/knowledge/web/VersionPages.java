package io.perennial.knowledge.web;

import io.perennial.identity.Viewer;
import io.perennial.knowledge.Article;
import io.perennial.knowledge.ArticleVersion;
import io.perennial.knowledge.Articles;
import io.perennial.knowledge.Language;
import io.perennial.platform.text.TextDifference;
import io.perennial.platform.web.Frames;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The versions of a text, and what changed between two of them. */
@Controller
public class VersionPages {

    private final Articles articles;
    private final Frames frames;

    VersionPages(Articles articles, Frames frames) {
        this.articles = articles;
        this.frames = frames;
    }

    /** @param from the older of the two compared; null while there is only one version */
    public record View(
            Article article,
            Language language,
            List<ArticleVersion> versions,
            @Nullable ArticleVersion from,
            @Nullable ArticleVersion to,
            List<TextDifference.Line> difference,
            boolean mayWrite) {}

    @GetMapping("/knowledge/{id}/versions")
    String versions(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String language,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "0") int to,
            Model model) {
        Article article = articles.find(id).orElseThrow(ArticlePages.unknown());
        Language wanted = Language.find(language).orElse(article.language());
        List<ArticleVersion> history = article.history(wanted);
        ArticleVersion newer = article.version(wanted, to)
                .or(() -> history.stream().findFirst())
                .orElse(null);
        ArticleVersion older = article.version(wanted, from)
                .or(() -> history.stream().skip(1).findFirst())
                .orElse(null);
        String title = newer == null ? "Article" : newer.title();
        model.addAttribute(
                "frame",
                frames.frame("Versions", KnowledgeNavigation.KNOWLEDGE)
                        .under("Knowledge", "/knowledge")
                        .under(title, "/knowledge/" + id));
        model.addAttribute(
                "view",
                new View(
                        article,
                        wanted,
                        history,
                        older,
                        newer,
                        older == null || newer == null ? List.of() : TextDifference.between(whole(older), whole(newer)),
                        Articles.mayWrite(viewer)));
        return "knowledge/versions";
    }

    private static String whole(ArticleVersion version) {
        return version.title() + "\n\n" + version.body();
    }
}
