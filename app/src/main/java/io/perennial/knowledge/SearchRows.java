package io.perennial.knowledge;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps what can be found in step with what is published, in the transaction of the publication, so that a reader finds a
 * text as soon as it can be read and never after it was retired.
 */
@Component
class SearchRows {

    /** Distinct words of one text that are known for typing errors; more than the longest article has. */
    private static final int VOCABULARY = 20_000;

    private final JdbcClient database;

    SearchRows(JdbcClient database) {
        this.database = database;
    }

    private record Published(
            String language, String audience, List<String> tags, String title, String body, OffsetDateTime at) {}

    /** After anything changed about the article. */
    void refresh(UUID article) {
        database.sql("""
                with gone as (delete from knowledge.search_text where article_id = :id returning language, audience, vocabulary)
                insert into knowledge.word as w (language, audience, word, articles)
                select language, audience, word, 0 from gone, unnest(vocabulary) as word order by 1, 2, 3
                on conflict (language, audience, word) do update set articles = greatest(0, w.articles - 1)
                """).param("id", article).update();
        database.sql("""
                select v.language, a.audience, a.tags, v.title, v.body, v.published_at
                from knowledge.article_version v join knowledge.article a on a.id = v.article_id
                where v.article_id = :id and v.state = 'published'
                """)
                .param("id", article)
                .query((row, number) -> published(row))
                .list()
                .forEach(text -> write(article, text));
    }

    private static Published published(ResultSet row) throws SQLException {
        return new Published(
                row.getString("language"),
                row.getString("audience"),
                ArticleRows.texts(row.getArray("tags")),
                row.getString("title"),
                row.getString("body"),
                row.getObject("published_at", OffsetDateTime.class));
    }

    private void write(UUID article, Published text) {
        String plain = Words.readable(Markdown.plain(text.body()));
        String tags = String.join(" ", text.tags());
        String[] vocabulary =
                Words.of(text.title() + " " + tags + " " + plain, VOCABULARY).toArray(String[]::new);
        database.sql("""
                insert into knowledge.search_text (article_id, language, audience, title, body, title_folded,
                    title_words, words, vocabulary, merit, published_at)
                select :id, :language, :audience, :title, :body, :titleFolded,
                    to_tsvector(cast(:stemming as regconfig), :titleFolded),
                    setweight(to_tsvector(cast(:stemming as regconfig), :titleFolded), 'A')
                        || setweight(to_tsvector(cast(:stemming as regconfig), :tags), 'B')
                        || setweight(to_tsvector(cast(:stemming as regconfig), :bodyFolded), 'D'),
                    :vocabulary, knowledge.merit(:id), :at
                """)
                .param("id", article)
                .param("language", text.language())
                .param("audience", text.audience())
                .param("title", Words.readable(text.title()))
                .param("body", plain)
                .param("titleFolded", Words.folded(text.title()))
                .param("stemming", Language.of(text.language()).stemming())
                .param("tags", Words.folded(tags))
                .param("bodyFolded", Words.folded(plain))
                .param("vocabulary", vocabulary)
                .param("at", text.at())
                .update();
        database.sql("""
                insert into knowledge.word as w (language, audience, word, articles)
                select :language, :audience, word, 1 from unnest(:vocabulary) as word order by word
                on conflict (language, audience, word) do update set articles = w.articles + 1
                """)
                .param("language", text.language())
                .param("audience", text.audience())
                .param("vocabulary", vocabulary)
                .update();
    }

    /** After a vote. */
    void weigh(UUID article) {
        database.sql("update knowledge.search_text set merit = knowledge.merit(:id) where article_id = :id")
                .param("id", article)
                .update();
    }
}
