package io.perennial.knowledge;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.identity.changes.Undo;
import io.perennial.knowledge.ArticleEditing.Text;
import io.perennial.shared.Actor;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Our writers and their articles. */
abstract class ArticleStory {

    static final Language ENGLISH = Language.ENGLISH;
    static final Language GERMAN = Language.of("de");

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

    void note(String words, int times) {
        for (int i = 0; i < times; i++) {
            log.note(words, ENGLISH, SearchLog.Who.STAFF, 0);
        }
    }

    List<UUID> found(String words) {
        return search.find(words, Audience.INTERNAL, ENGLISH, 10).hits().stream()
                .map(ArticleSearch.Hit::article)
                .toList();
    }

    List<State> states(UUID article) {
        return articles.find(article).orElseThrow().history(ENGLISH).stream()
                .map(ArticleVersion::state)
                .toList();
    }

    UUID published(Audience audience, String title, String body) {
        UUID article = write(audience, title, body);
        editing.publish(article, ENGLISH, ana);
        return article;
    }

    UUID write(Audience audience, String title, String body) {
        return write(audience, title, body, ENGLISH);
    }

    UUID write(Audience audience, String title, String body, Language language) {
        return editing.create(details(audience), text(language, title, body), ana)
                .article();
    }

    static Text text(Language language, String title, String body) {
        return new Text(language, title, body);
    }

    static ArticleDetails details(Audience audience) {
        return new ArticleDetails(audience, null, null, null, null, List.of());
    }
}
