package io.perennial.demo;

import io.perennial.knowledge.ArticleDetails;
import io.perennial.knowledge.ArticleEditing;
import io.perennial.knowledge.ArticleEditing.Seen;
import io.perennial.knowledge.ArticleEditing.Text;
import io.perennial.knowledge.Articles;
import io.perennial.knowledge.Audience;
import io.perennial.knowledge.Language;
import io.perennial.knowledge.SearchLog;
import io.perennial.knowledge.SearchLog.Who;
import io.perennial.knowledge.Synonyms;
import io.perennial.knowledge.Votes;
import io.perennial.shared.Actor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the demo company knows: its articles, what was looked for in vain, and what readers thought. */
@Component
class DemoKnowledge {

    /** In the order they were written; the two longest ago are due for review. */
    private static final List<String> ARTICLES = List.of(
            "share-a-board",
            "old-data",
            "export-slow",
            "add-users",
            "wrong-total",
            "duplicate-notifications",
            "open-attachment",
            "sign-in-loop",
            "sign-in-loop-internal",
            "credits-internal",
            "api-limits",
            "calendar-feed");

    private static final List<String> TRANSLATED = List.of("share-a-board", "export-slow");

    /** Looked for, how often, and whether anything was found. */
    private static final Map<String, Integer> IN_VAIN = Map.of(
            "merge two boards", 7,
            "merging boards", 3,
            "invoice address change", 5,
            "change invoice address", 4,
            "dark mode", 4,
            "gdpr export of personal data", 2);

    private final Articles articles;
    private final ArticleEditing editing;
    private final Synonyms synonyms;
    private final SearchLog searches;
    private final Votes votes;
    private final JdbcClient database;

    DemoKnowledge(
            Articles articles,
            ArticleEditing editing,
            Synonyms synonyms,
            SearchLog searches,
            Votes votes,
            JdbcClient database) {
        this.articles = articles;
        this.editing = editing;
        this.synonyms = synonyms;
        this.searches = searches;
        this.votes = votes;
        this.database = database;
    }

    /** Writes everything once. */
    void load(LocalDate today) {
        Map<String, Actor> team = new HashMap<>();
        database.sql("select id, external_id, name from identity.team_member").query(row -> {
            team.put(row.getString(2), Actor.person(row.getObject(1, UUID.class), row.getString(3)));
        });
        Actor dev = team.getOrDefault("dev", Actor.SYSTEM);
        Map<String, UUID> written = new HashMap<>();
        for (int i = 0; i < ARTICLES.size(); i++) {
            String name = ARTICLES.get(i);
            LocalDate review = today.plusDays(i < 2 ? -12L + i * 9 : 20L * i);
            written.put(name, write(name, review, dev));
        }
        articles.draftFrom(
                "Merge two boards into one",
                "There is no button for it yet. Export the smaller board, then import its cards into the larger one.",
                dev);
        synonyms.add("sign in, login, log on", Language.ENGLISH, dev);
        synonyms.add("licence, seat, license", Language.ENGLISH, dev);
        synonyms.add("attachment, file, document", Language.ENGLISH, dev);
        IN_VAIN.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(search -> {
            for (int i = 0; i < search.getValue(); i++) {
                searches.note(search.getKey(), Language.ENGLISH, i % 2 == 0 ? Who.CUSTOMER : Who.STAFF, 0);
            }
        });
        look("export times out", written.get("export-slow"));
        look("share board", written.get("share-a-board"));
        vote(written, team);
        send(written.get("export-slow"), today);
    }

    /** To champions who asked; every second one read it. */
    private void send(@Nullable UUID article, LocalDate today) {
        database.sql("""
                insert into knowledge.sent_link
                    (id, token_hash, article_id, language, contact_id, sent_at, opened_at, last_opened_at, openings)
                select gen_random_uuid(), 'demo-' || c.id, :article, 'en', c.id, t.sent_at, t.opened_at, t.opened_at,
                    case when t.opened_at is null then 0 else 1 end
                from accounts.contact c cross join lateral (
                    select cast(:today as date)::timestamp at time zone 'UTC' - t.days * interval '1 day' + interval '9 hours' as sent_at,
                        case when t.days % 2 = 0 then cast(:today as date)::timestamp at time zone 'UTC' - t.days * interval '1 day'
                            + interval '11 hours' end as opened_at
                    from (select 6 + abs(hashtext(c.external_id)) % 50 as days) t) t
                where c.external_id like '%-champion' and abs(hashtext(c.external_id)) % 4 = 0 or c.external_id = 'oslo-ferry-champion'
                """).param("article", article).param("today", today).update();
    }

    private UUID write(String name, LocalDate review, Actor author) {
        List<String> lines = lines(name, Language.ENGLISH);
        Map<String, String> facts = new HashMap<>();
        int line = 1;
        for (; !lines.get(line).isBlank(); line++) {
            String[] parts = lines.get(line).split(": ", 2);
            facts.put(parts[0], parts[1]);
        }
        ArticleDetails details = new ArticleDetails(
                Audience.of(facts.getOrDefault("audience", "")),
                author.id(),
                review,
                facts.get("product"),
                facts.get("feature"),
                Arrays.stream(facts.getOrDefault("tags", "").split(", ", -1)).toList());
        UUID article = editing.create(details, text(Language.ENGLISH, lines, line), author)
                .article();
        editing.publish(article, Language.ENGLISH, author);
        if (TRANSLATED.contains(name)) {
            Language german = Language.of("de");
            editing.save(article, text(german, lines(name, german), 1), details, new Seen(0, 0, 1), false, author);
            editing.publish(article, german, author);
        }
        return article;
    }

    private static Text text(Language language, List<String> lines, int from) {
        return new Text(
                language,
                lines.getFirst(),
                String.join("\n", lines.subList(from, lines.size())).strip());
    }

    private static List<String> lines(String name, Language language) {
        try {
            return new ClassPathResource("demo/articles/" + name + "." + language.code() + ".md")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private void look(String words, @Nullable UUID article) {
        if (article != null) {
            searches.opened(searches.note(words, Language.ENGLISH, Who.STAFF, 2), article);
        }
    }

    private void vote(Map<String, UUID> written, Map<String, Actor> team) {
        team.values().forEach(member -> {
            UUID reader = member.id();
            if (reader == null) {
                return;
            }
            say(written.get("share-a-board"), reader, true, null);
            say(written.get("sign-in-loop"), reader, true, null);
            say(
                    written.get("export-slow"),
                    reader,
                    !member.name().startsWith("B"),
                    member.name().startsWith("B") ? "The customer had 9,000 rows and it still timed out." : null);
        });
    }

    private void say(@Nullable UUID article, UUID reader, boolean useful, @Nullable String comment) {
        if (article != null) {
            votes.cast(article, Language.ENGLISH, reader, Who.STAFF, useful, comment);
        }
    }
}
