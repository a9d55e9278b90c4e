package io.perennial.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.identity.changes.Undo;
import io.perennial.knowledge.ArticleEditing.Saved;
import io.perennial.knowledge.ArticleEditing.SavedInBetween;
import io.perennial.knowledge.ArticleEditing.Seen;
import io.perennial.knowledge.ArticleEditing.Text;
import io.perennial.shared.Actor;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class ArticlesTests {

    private static final Language ENGLISH = Language.ENGLISH;
    private static final Language GERMAN = Language.of("de");

    @Autowired
    Articles articles;

    @Autowired
    ArticleEditing editing;

    @Autowired
    ArticleSearch search;

    @Autowired
    Synonyms synonyms;

    @Autowired
    SearchLog log;

    @Autowired
    Gaps gaps;

    @Autowired
    Votes votes;

    @Autowired
    SelfService selfService;

    @Autowired
    Undo undo;

    @Autowired
    People people;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient database;

    Actor ana;
    Actor ben;
    Viewer admin;

    @BeforeEach
    void ourWriters() {
        ana = Actor.person(people.member("Ana Reyes", Role.CSM, true), "Ana Reyes");
        ben = Actor.person(people.member("Ben Carter", Role.SUPPORT, true), "Ben Carter");
        admin = new Viewer(
                people.member("Grace Hopper", Role.ADMIN, true), "Grace Hopper", "g@x.example", Role.ADMIN, true);
    }

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

    private void note(String words, int times) {
        for (int i = 0; i < times; i++) {
            log.note(words, ENGLISH, SearchLog.Who.STAFF, 0);
        }
    }

    private List<UUID> found(String words) {
        return search.find(words, Audience.INTERNAL, ENGLISH, 10).hits().stream()
                .map(ArticleSearch.Hit::article)
                .toList();
    }

    private List<State> states(UUID article) {
        return articles.find(article).orElseThrow().history(ENGLISH).stream()
                .map(ArticleVersion::state)
                .toList();
    }

    private UUID published(Audience audience, String title, String body) {
        UUID article = write(audience, title, body);
        editing.publish(article, ENGLISH, ana);
        return article;
    }

    private UUID write(Audience audience, String title, String body) {
        return write(audience, title, body, ENGLISH);
    }

    private UUID write(Audience audience, String title, String body, Language language) {
        return editing.create(details(audience), text(language, title, body), ana)
                .article();
    }

    private static Text text(Language language, String title, String body) {
        return new Text(language, title, body);
    }

    private static ArticleDetails details(Audience audience) {
        return new ArticleDetails(audience, null, null, null, null, List.of());
    }
}
