package io.perennial.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.knowledge.ArticleEditing.Saved;
import io.perennial.knowledge.ArticleEditing.SavedInBetween;
import io.perennial.knowledge.ArticleEditing.Seen;
import io.perennial.world.PerennialTest;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Articles from draft to reader, and back. */
@PerennialTest
class ArticlesTests extends ArticleStory {

    @Test
    void aDraftIsNotFoundUntilItIsPublished() {
        UUID article = write(Audience.CUSTOMERS, "How do I share a board?", "Choose Share in the corner.");
        assertThat(found("share board")).isEmpty();

        editing.publish(article, ENGLISH, ana);

        assertThat(found("share board")).containsExactly(article);
        editing.retire(article, ENGLISH, ana);
        assertThat(found("share board")).isEmpty();
    }

    @Test
    void whatStaffAloneMayKnowNeverReachesCustomers() {
        UUID secret = published(Audience.INTERNAL, "Goodwill credits", "Up to one day without asking: kulanz.");
        UUID open = published(Audience.CUSTOMERS, "How credits work", "A credit lowers the next invoice.");

        assertThat(found("credits")).containsExactlyInAnyOrder(secret, open);
        assertThat(search.find("credits", Audience.CUSTOMERS, ENGLISH, 10).hits())
                .extracting(ArticleSearch.Hit::article)
                .containsExactly(open);
        assertThat(search.find("kulnaz", Audience.CUSTOMERS, ENGLISH, 10)).satisfies(nothing -> {
            assertThat(nothing.hits()).isEmpty();
            assertThat(nothing.corrections().values()).noneMatch(words -> words.contains("kulanz"));
        });
        assertThat(articles.suggest("goodwill kulanz credits asking", Audience.CUSTOMERS, "en", 5))
                .noneMatch(suggestion -> suggestion.id().equals(secret));
        assertThat(articles.readable(secret, ENGLISH)).isEmpty();
        assertThat(articles.readable(open, GERMAN)).isPresent();
    }

    @Test
    void anArticleThatIsMadeInternalLeavesTheSearchOfCustomersAtOnce() {
        UUID article = published(Audience.CUSTOMERS, "How credits work", "A credit lowers the next invoice.");

        Article now = articles.find(article).orElseThrow();
        editing.save(
                article,
                text(ENGLISH, "How credits work", "A credit lowers the next invoice."),
                details(Audience.INTERNAL),
                Seen.of(now, ENGLISH),
                false,
                ana);

        assertThat(search.find("credits", Audience.CUSTOMERS, ENGLISH, 10).hits())
                .isEmpty();
        assertThat(found("credits")).containsExactly(article);
    }

    @Test
    void whoSavesLaterIsToldAndNothingIsWrittenOver() {
        UUID article = write(Audience.CUSTOMERS, "Share", "First.");
        Article opened = articles.find(article).orElseThrow();
        Seen seen = Seen.of(opened, ENGLISH);
        editing.save(article, text(ENGLISH, "Share", "Ben's words."), opened.details(), seen, false, ben);

        assertThatThrownBy(() -> editing.save(
                        article, text(ENGLISH, "Share", "Ana's words."), opened.details(), seen, false, ana))
                .isInstanceOf(SavedInBetween.class);
        Article now = articles.find(article).orElseThrow();
        editing.save(article, text(ENGLISH, "Share", "Ana's words."), now.details(), Seen.of(now, ENGLISH), true, ana);

        assertThat(articles.find(article).orElseThrow().history(ENGLISH))
                .extracting(ArticleVersion::body)
                .containsExactly("Ana's words.", "Ben's words.", "First.");
    }

    @Test
    void publishingAgainKeepsWhatReadersSawBeforeAndUndoBringsItBack() {
        UUID article = published(Audience.CUSTOMERS, "Share", "Old words.");
        Article now = articles.find(article).orElseThrow();
        editing.save(article, text(ENGLISH, "Share", "Fresh words."), now.details(), Seen.of(now, ENGLISH), false, ben);
        assertThat(found("fresh")).isEmpty();

        UUID change = editing.publish(article, ENGLISH, ben);

        assertThat(found("fresh")).containsExactly(article);
        assertThat(states(article)).containsExactly(State.PUBLISHED, State.RETIRED);
        undo.undo(admin, Objects.requireNonNull(change));
        assertThat(found("fresh")).isEmpty();
        assertThat(found("old")).containsExactly(article);
        assertThat(states(article)).containsExactly(State.DRAFT, State.PUBLISHED);
    }

    @Test
    void anArticleThatWasWrittenByMistakeIsTakenBackWhole() {
        Saved saved = editing.create(details(Audience.CUSTOMERS), text(ENGLISH, "Oops", "Nothing."), ana);

        undo.undo(admin, Objects.requireNonNull(saved.change()));

        assertThat(articles.find(saved.article())).isEmpty();
    }

    @Test
    void savingTheSameAgainChangesNothing() {
        UUID article = published(Audience.CUSTOMERS, "Share", "Words.");
        Article now = articles.find(article).orElseThrow();

        assertThat(editing.save(
                                article,
                                text(ENGLISH, "Share", "Words."),
                                now.details(),
                                Seen.of(now, ENGLISH),
                                false,
                                ben)
                        .change())
                .isNull();
        assertThat(editing.publish(article, ENGLISH, ben)).isNull();
    }

    @Test
    void anAnswerToACaseBecomesAnInternalDraftOfWhoGaveIt() {
        UUID article = articles.draftFrom("Merge two boards", "Export one, import it into the other.", ben);

        assertThat(articles.find(article)).hasValueSatisfying(draft -> {
            assertThat(draft.details().audience()).isEqualTo(Audience.INTERNAL);
            assertThat(draft.details().owner()).isEqualTo(ben.id());
            assertThat(draft.draft(ENGLISH)).isPresent();
        });
        assertThat(found("merge boards")).isEmpty();
    }
}
