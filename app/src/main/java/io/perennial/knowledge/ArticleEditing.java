package io.perennial.knowledge;

import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes articles. Every verb leaves an audit row that can be undone and returns the change; doing again what is done
 * already changes nothing and returns null.
 */
@Component
@Transactional
public class ArticleEditing {

    public static final int LONGEST_TITLE = 300;

    /** Characters of a text; a page of a book has 3,000. */
    public static final int LONGEST_BODY = 200_000;

    private final JdbcClient database;
    private final ArticleRows rows;
    private final SearchRows search;
    private final Audit audit;
    private final Clock clock;

    ArticleEditing(JdbcClient database, ArticleRows rows, SearchRows search, Audit audit, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.search = search;
        this.audit = audit;
        this.clock = clock;
    }

    /** What an editor had before the eyes: version and edits of the text, version of the details. */
    public record Seen(int number, int edits, int details) {

        public static Seen of(Article article, Language language) {
            return article.newest(language)
                    .map(text -> new Seen(text.number(), text.edits(), article.version()))
                    .orElse(new Seen(0, 0, article.version()));
        }

        /** As a form carries it; what is no such text was never seen. */
        public static Seen parse(String text) {
            String[] parts = text.split("\\.", -1);
            try {
                return new Seen(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                return new Seen(-1, -1, -1);
            }
        }

        @Override
        public String toString() {
            return number + "." + edits + "." + details;
        }
    }

    /** Somebody else saved in between; nothing was written. */
    public static final class SavedInBetween extends RuntimeException {
        SavedInBetween() {
            super("Somebody saved this article after you opened it.");
        }
    }

    /** @param change to undo by; null when nothing was changed */
    public record Saved(UUID article, @Nullable UUID change) {}

    public record Text(Language language, String title, String body) {
        public Text {
            title = Words.readable(title).strip();
            body = Words.readable(body).replace("\r\n", "\n").stripTrailing();
            if (title.isEmpty()) {
                throw new NotPossible("An article needs a title.");
            }
            if (title.length() > LONGEST_TITLE) {
                throw new NotPossible("A title has up to 300 characters.");
            }
            if (body.length() > LONGEST_BODY) {
                throw new NotPossible("A text has up to 200,000 characters. Divide it, or bring pictures as files.");
            }
        }
    }

    public Saved create(ArticleDetails details, Text text, Actor actor) {
        UUID id = Ids.next();
        Timestamp now = Timestamp.from(clock.instant());
        described(database.sql("""
                insert into knowledge.article (id, audience, language, owner_id, review_on, product, feature, tags,
                    created_at, updated_at)
                values (:id, :audience, :language, :owner, :review, :product, :feature, :tags, :now, :now)
                """), details)
                .param("id", id)
                .param("language", text.language().code())
                .param("now", now)
                .update();
        UUID version = insertDraft(id, text, 1, actor);
        List<ChangedThing> things =
                List.of(thing(ArticleTable.ARTICLE, id, null), thing(ArticleTable.VERSION, version, null));
        return new Saved(id, record(id, actor, "Article \"" + text.title() + "\" written", things));
    }

    /**
     * Saves a text, as a new draft unless the newest is a draft of the same author, and the details. Nobody's words are
     * written over: the draft of another stays as a version.
     *
     * @param asNew whether the newest draft is kept as a version whoever wrote it
     * @throws SavedInBetween when the newest is not what the editor had seen
     */
    public Saved save(UUID id, Text text, ArticleDetails details, Seen seen, boolean asNew, Actor actor) {
        Article article = locked(id);
        if (!Seen.of(article, text.language()).equals(seen)) {
            throw new SavedInBetween();
        }
        List<ChangedThing> things = new ArrayList<>();
        if (!article.details().equals(details)) {
            String before = rows.snapshot(ArticleTable.ARTICLE, id);
            describe(id, details);
            things.add(thing(ArticleTable.ARTICLE, id, before));
        }
        ArticleVersion newest = article.newest(text.language()).orElse(null);
        if (!isSaved(newest, text)) {
            things.add(saveText(id, text, newest, asNew, actor));
        }
        if (things.isEmpty()) {
            return new Saved(id, null);
        }
        search.refresh(id);
        return new Saved(id, record(id, actor, "Article \"" + text.title() + "\" saved", things));
    }

    private static boolean isSaved(@Nullable ArticleVersion newest, Text text) {
        return newest != null
                && newest.state() != State.RETIRED
                && newest.title().equals(text.title())
                && newest.body().equals(text.body());
    }

    private ChangedThing saveText(UUID id, Text text, @Nullable ArticleVersion newest, boolean asNew, Actor actor) {
        if (!asNew
                && newest != null
                && newest.state() == State.DRAFT
                && Objects.equals(newest.authorId(), actor.id())) {
            String before = rows.snapshot(ArticleTable.VERSION, newest.id());
            database.sql("""
                    update knowledge.article_version set title = :title, body = :body, edits = edits + 1, saved_at = :now
                    where id = :id
                    """)
                    .param("title", text.title())
                    .param("body", text.body())
                    .param("now", Timestamp.from(clock.instant()))
                    .param("id", newest.id())
                    .update();
            return thing(ArticleTable.VERSION, newest.id(), before);
        }
        UUID version = insertDraft(id, text, newest == null ? 1 : newest.number() + 1, actor);
        return thing(ArticleTable.VERSION, version, null);
    }

    /** Shows the newest draft to readers; what they saw before is kept as a retired version. */
    public @Nullable UUID publish(UUID id, Language language, Actor actor) {
        Article article = locked(id);
        ArticleVersion draft = article.draft(language).orElse(null);
        if (draft == null) {
            return null;
        }
        if (draft.body().isBlank()) {
            throw new NotPossible("Write a text before it is published.");
        }
        List<ChangedThing> things = new ArrayList<>();
        article.published(language).ifPresent(old -> things.add(move(old, State.RETIRED)));
        things.add(move(draft, State.PUBLISHED));
        search.refresh(id);
        return record(id, actor, "Article \"" + draft.title() + "\" published in " + language.title(), things);
    }

    /** Readers do not see it any more, and search does not find it. */
    public @Nullable UUID retire(UUID id, Language language, Actor actor) {
        Optional<ArticleVersion> published = locked(id).published(language);
        if (published.isEmpty()) {
            return null;
        }
        List<ChangedThing> things = List.of(move(published.get(), State.RETIRED));
        search.refresh(id);
        return record(id, actor, "Article \"" + published.get().title() + "\" retired in " + language.title(), things);
    }

    /** Somebody read it and found it true. */
    public @Nullable UUID reviewed(UUID id, LocalDate next, Actor actor) {
        Article article = locked(id);
        ArticleDetails old = article.details();
        if (!next.isAfter(LocalDate.ofInstant(clock.instant(), clock.getZone()))) {
            throw new NotPossible("The next review is on a day that is still to come.");
        }
        if (next.equals(old.reviewOn())) {
            return null;
        }
        String before = rows.snapshot(ArticleTable.ARTICLE, id);
        describe(id, new ArticleDetails(old.audience(), old.owner(), next, old.product(), old.feature(), old.tags()));
        String title =
                article.shown(article.language()).map(ArticleVersion::title).orElse("without a text");
        return record(
                id,
                actor,
                "Article \"" + title + "\" reviewed, next on " + next,
                List.of(thing(ArticleTable.ARTICLE, id, before)));
    }

    private Article locked(UUID id) {
        if (!rows.lock(id)) {
            throw new NoSuchElementException("There is no such article.");
        }
        return rows.find(id).orElseThrow();
    }

    private UUID insertDraft(UUID article, Text text, int number, Actor actor) {
        UUID id = Ids.next();
        database.sql("""
                insert into knowledge.article_version (id, article_id, language, number, title, body, state, author_id,
                    author, saved_at)
                values (:id, :article, :language, :number, :title, :body, 'draft', :authorId, :author, :now)
                """)
                .param("id", id)
                .param("article", article)
                .param("language", text.language().code())
                .param("number", number)
                .param("title", text.title())
                .param("body", text.body())
                .param("authorId", actor.id())
                .param("author", actor.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return id;
    }

    private ChangedThing move(ArticleVersion version, State state) {
        String before = rows.snapshot(ArticleTable.VERSION, version.id());
        String moment = state == State.PUBLISHED ? "published_at" : "retired_at";
        database.sql("update knowledge.article_version set state = :state, " + moment + " = :now where id = :id")
                .param("state", state.key())
                .param("now", Timestamp.from(clock.instant()))
                .param("id", version.id())
                .update();
        return thing(ArticleTable.VERSION, version.id(), before);
    }

    private void describe(UUID id, ArticleDetails details) {
        described(database.sql("""
                update knowledge.article set audience = :audience, owner_id = :owner, review_on = :review,
                    product = :product, feature = :feature, tags = :tags, updated_at = :now, version = version + 1
                where id = :id
                """), details)
                .param("id", id)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private static JdbcClient.StatementSpec described(JdbcClient.StatementSpec statement, ArticleDetails details) {
        return statement
                .param("audience", details.audience().key())
                .param("owner", details.owner())
                .param("review", details.reviewOn())
                .param("product", details.product())
                .param("feature", details.feature())
                .param("tags", details.tags().toArray(String[]::new));
    }

    private ChangedThing thing(ArticleTable table, UUID id, @Nullable String before) {
        return new ChangedThing(table.key(), id.toString(), null, before, rows.snapshot(table, id));
    }

    private UUID record(UUID article, Actor actor, String summary, List<ChangedThing> things) {
        database.sql("update knowledge.article set updated_at = :now where id = :id")
                .param("now", Timestamp.from(clock.instant()))
                .param("id", article)
                .update();
        return audit.record(actor, ArticleUndo.KIND, summary, things);
    }
}
