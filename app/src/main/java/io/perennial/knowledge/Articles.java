package io.perennial.knowledge;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.shared.Actor;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** The knowledge base for other modules: what answers a text, what customers may read, and how a case becomes an article. */
@Component
public class Articles {

    private final ArticleRows rows;
    private final ArticleSearch search;
    private final Suggestions suggestions;
    private final ArticleEditing editing;
    private final Clock clock;

    Articles(ArticleRows rows, ArticleSearch search, Suggestions suggestions, ArticleEditing editing, Clock clock) {
        this.rows = rows;
        this.search = search;
        this.suggestions = suggestions;
        this.editing = editing;
        this.clock = clock;
    }

    /**
     * @param excerpt plain text, to be escaped where it is shown
     * @param rank compares suggestions of one call, nothing else
     */
    public record Suggestion(UUID id, String title, String excerpt, double rank) {}

    /**
     * Articles that may answer a long text, such as that of a case, best first. Goes by the words of the text that few
     * articles have; empty when none says anything.
     *
     * @param text of any length; the first 20,000 characters count
     * @param audience who will read them: staff is shown internal ones too
     * @param language code such as {@code de}; unknown ones count as English
     */
    public List<Suggestion> suggest(String text, Audience audience, String language, int most) {
        return suggestions.of(text, audience, Language.of(language), most);
    }

    /** Articles with these words, as somebody types them; nothing is logged. A text over 200 characters finds nothing. */
    public List<Suggestion> find(String words, Audience audience, String language, int most) {
        if (words.length() > ArticleSearch.LONGEST) {
            return List.of();
        }
        return search.find(words, audience, Language.of(language), most).hits().stream()
                .map(hit ->
                        new Suggestion(hit.article(), hit.title(), hit.excerpt().text(), hit.rank()))
                .toList();
    }

    /** With all its texts, for staff. */
    public Optional<Article> find(UUID article) {
        return rows.find(article);
    }

    /** What a customer may read: in that language, else in the article's own. */
    public Optional<ArticleVersion> readable(UUID article, Language language) {
        return rows.find(article)
                .filter(found -> found.details().audience() == Audience.CUSTOMERS)
                .flatMap(found -> found.published(language).or(() -> found.published(found.language())));
    }

    /**
     * Begins an article from what is known already, such as the answer to a case. It is an internal draft that the actor
     * owns, to be reviewed in half a year; nobody but staff sees it until somebody publishes it for customers.
     *
     * @return the article
     * @throws NotPossible when title or text are empty or too long
     */
    public UUID draftFrom(String title, String text, Actor actor) {
        LocalDate review = LocalDate.ofInstant(clock.instant(), clock.getZone()).plusMonths(6);
        UUID owner = actor.kind() == Actor.Kind.PERSON ? actor.id() : null;
        ArticleDetails details = new ArticleDetails(Audience.INTERNAL, owner, review, null, null, List.of());
        return editing.create(details, new ArticleEditing.Text(Language.ENGLISH, title, text), actor)
                .article();
    }

    /** A text as readers will see it: safe to put on a page as it is. */
    public String preview(String markdown) {
        return Markdown.html(markdown.substring(0, Math.min(markdown.length(), ArticleEditing.LONGEST_BODY)));
    }

    /** Who works accounts or cases writes articles. */
    public static boolean mayWrite(Viewer viewer) {
        return viewer.role().mayWork() || viewer.role() == Role.SUPPORT;
    }

    public static void requireWriter(Viewer viewer) {
        if (!mayWrite(viewer)) {
            throw new AccessDeniedException("Only people who work accounts or cases write articles.");
        }
    }
}
