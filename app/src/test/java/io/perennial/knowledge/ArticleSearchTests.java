package io.perennial.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.knowledge.ArticleEditing.Seen;
import io.perennial.shared.Actor;
import io.perennial.world.PerennialTest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Searches that forgive, rank, speak the reader's language, and say what is missing. */
@PerennialTest
class ArticleSearchTests extends ArticleStory {

    @Test
    void slippingFingersFindWhatTheyMeantAndAreTold() {
        UUID article =
                published(Audience.CUSTOMERS, "Change the invoice address", "Open Billing and choose the invoice.");
        published(Audience.CUSTOMERS, "Sign in with your company", "Single sign-on and passwords.");

        for (String slip : List.of("invocie adress", "invoise", "inovice", "invoices adresss")) {
            assertThat(found(slip)).as(slip).startsWith(article);
        }
        assertThat(search.find("invocie", Audience.INTERNAL, ENGLISH, 10).corrections())
                .containsEntry("invocie", List.of("invoice"));
        assertThat(found("sgin")).as("short words too").isNotEmpty();
    }

    @Test
    void formsOfAWordAndAccentsMakeNoDifference() {
        UUID english = published(Audience.CUSTOMERS, "Exporting boards", "An export takes a while.");
        UUID german = write(Audience.CUSTOMERS, "Übungen für Prüfungen", "Übung macht den Meister.", GERMAN);
        editing.publish(german, GERMAN, ana);

        assertThat(found("exports")).containsExactly(english);
        assertThat(found("ubung")).containsExactly(german);
        assertThat(found("Prüfung")).containsExactly(german);
    }

    @Test
    void staffTeachesTheSearchWhatCustomersCallThings() {
        UUID article = published(Audience.CUSTOMERS, "Sign-in with your company", "Use single sign-on.");
        assertThat(found("login")).isEmpty();

        UUID change = synonyms.add("login, sign in, log on", ENGLISH, ana);

        assertThat(found("login")).containsExactly(article);
        assertThat(found("log on")).containsExactly(article);
        undo.undo(admin, change);
        assertThat(found("login")).isEmpty();
    }

    @Test
    void aTitleCountsMoreThanABody() {
        published(Audience.CUSTOMERS, "Reports", "A report can be exported. Exports take long. Export again.");
        UUID titled = published(Audience.CUSTOMERS, "Export a board", "Choose the board and wait.");

        assertThat(found("export")).first().isEqualTo(titled);
    }

    @Test
    void ofTwoAlikeTheOneThatHelpedReadersComesFirst() {
        UUID one = published(Audience.CUSTOMERS, "Share a board", "Choose Share.");
        UUID other = published(Audience.CUSTOMERS, "Share a board", "Choose Share.");
        for (UUID helpful : List.of(one, other)) {
            UUID useless = helpful.equals(one) ? other : one;
            for (Actor reader : List.of(ana, ben)) {
                votes.cast(helpful, ENGLISH, Objects.requireNonNull(reader.id()), SearchLog.Who.STAFF, true, null);
                votes.cast(useless, ENGLISH, Objects.requireNonNull(reader.id()), SearchLog.Who.STAFF, false, null);
            }
            assertThat(found("share board")).first().isEqualTo(helpful);
        }
        assertThat(votes.on(one).all()).as("one vote per reader").isEqualTo(2);
    }

    @Test
    void aTranslatedArticleComesOnceInTheLanguageOfTheReader() {
        UUID article = published(Audience.CUSTOMERS, "Export of a board", "Choose Export.");
        Article now = articles.find(article).orElseThrow();
        editing.save(
                article,
                text(GERMAN, "Export eines Boards", "Wählen Sie Export."),
                now.details(),
                Seen.of(now, GERMAN),
                false,
                ana);
        editing.publish(article, GERMAN, ana);

        assertThat(search.find("export", Audience.CUSTOMERS, GERMAN, 10).hits())
                .singleElement()
                .satisfies(hit -> assertThat(hit.language()).isEqualTo(GERMAN));
        assertThat(search.find("export", Audience.CUSTOMERS, ENGLISH, 10).hits())
                .singleElement()
                .satisfies(hit -> assertThat(hit.language()).isEqualTo(ENGLISH));
    }

    @Test
    void theTextOfACaseIsAnsweredByItsTellingWords() {
        UUID export =
                published(Audience.CUSTOMERS, "An export times out", "Large exports of rows run in the background.");
        published(Audience.CUSTOMERS, "Show due dates in Outlook", "Calendar feed.");
        published(Audience.CUSTOMERS, "Add users", "Licences and roles.");
        String words =
                "Hello team, since this morning the export of our planning board times out at ten thousand rows. "
                        + "Could you please have a look? Kind regards, Eva ";

        assertThat(articles.suggest(words.repeat(200), Audience.CUSTOMERS, "en", 3))
                .first()
                .satisfies(best -> assertThat(best.id()).isEqualTo(export));
        assertThat(articles.suggest("Thank you!", Audience.CUSTOMERS, "en", 3)).isEmpty();
        assertThat(articles.suggest("", Audience.CUSTOMERS, "en", 3)).isEmpty();
    }

    @Test
    void searchesInVainStandTogetherByMeaning() {
        note("merge two boards", 4);
        note("merging boards", 2);
        note("dark mode", 1);
        UUID answered = log.note("share", ENGLISH, SearchLog.Who.STAFF, 3);
        log.opened(answered, published(Audience.CUSTOMERS, "Share", "Words."));
        log.note("share", ENGLISH, SearchLog.Who.STAFF, 3);

        assertThat(gaps.list(10)).extracting(Gaps.Gap::wording).containsExactly("merge two boards", "dark mode");
        assertThat(gaps.list(10).getFirst()).satisfies(gap -> {
            assertThat(gap.inVain()).isEqualTo(6);
            assertThat(gap.others()).containsExactly("merging boards");
            assertThat(gap.answeredNow()).isFalse();
        });
        clock.moveBy(Duration.ofHours(1));
        assertThat(gaps.list(10))
                .as("found, but never opened, is in vain after half an hour")
                .anySatisfy(gap -> {
                    assertThat(gap.wording()).isEqualTo("share");
                    assertThat(gap.notOpened()).isEqualTo(1);
                    assertThat(gap.searches()).isEqualTo(2);
                });
    }

    @Test
    void searchesAreForgottenAfterHalfAYear() {
        note("merge two boards", 2);
        clock.moveBy(Duration.ofDays(179));
        note("dark mode", 1);
        clock.moveBy(Duration.ofDays(2));

        log.forget();

        assertThat(database.sql("select wanted from knowledge.search")
                        .query(String.class)
                        .list())
                .containsExactly("dark mode");
    }

    @Test
    void deflectionHasNoValueUntilSomebodyVisited() {
        assertThat(selfService.deflection(90).share()).isEmpty();
        assertThat(selfService.deflection(90).reason()).contains("Nobody opened an article");

        UUID helped = selfService.began();
        UUID notHelped = selfService.began();
        UUID later = selfService.began();
        selfService.began();
        for (UUID visit : List.of(helped, notHelped, later)) {
            selfService.askedForHelp(visit);
        }
        assertThat(selfService.deflection(90).reason()).contains("less than 24 hours");
        clock.moveBy(Duration.ofHours(2));
        selfService.openedCase(notHelped);
        clock.moveBy(Duration.ofHours(30));
        selfService.openedCase(later);

        assertThat(selfService.deflection(90).withIntent()).isEqualTo(3);
        assertThat(selfService.deflection(90).share()).hasValue(2.0 / 3);
    }
}
