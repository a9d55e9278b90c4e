package io.perennial.knowledge;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Did it help? One answer per reader and article; a new one takes the place of the old. */
@Component
@Transactional
public class Votes {

    private static final int LONGEST = 2_000;

    private final JdbcClient database;
    private final SearchRows search;
    private final Clock clock;

    Votes(JdbcClient database, SearchRows search, Clock clock) {
        this.database = database;
        this.search = search;
        this.clock = clock;
    }

    public record Vote(boolean useful, @Nullable String comment, SearchLog.Who reader, Instant at) {}

    /** @param comments newest first, at most 50 */
    public record Votings(long yes, long no, List<Vote> comments) {

        public long all() {
            return yes + no;
        }
    }

    /** @param reader team member or contact */
    public void cast(
            UUID article,
            Language language,
            UUID reader,
            SearchLog.Who kind,
            boolean useful,
            @Nullable String comment) {
        String said = comment == null || comment.isBlank()
                ? null
                : Words.readable(comment).strip();
        if (said != null && said.length() > LONGEST) {
            throw new NotPossible("A comment has up to 2,000 characters.");
        }
        database.sql("""
                insert into knowledge.vote (article_id, reader_id, reader, language, useful, comment, at)
                values (:article, :reader, :kind, :language, :useful, :comment, :now)
                on conflict (article_id, reader_id) do update
                set useful = excluded.useful, comment = excluded.comment, language = excluded.language, at = excluded.at
                """)
                .param("article", article)
                .param("reader", reader)
                .param("kind", kind.key())
                .param("language", language.code())
                .param("useful", useful)
                .param("comment", said)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        search.weigh(article);
    }

    @Transactional(readOnly = true)
    public Optional<Vote> of(UUID article, UUID reader) {
        return database.sql("select * from knowledge.vote where article_id = :article and reader_id = :reader")
                .param("article", article)
                .param("reader", reader)
                .query((row, number) -> new Vote(
                        row.getBoolean("useful"),
                        row.getString("comment"),
                        row.getString("reader").equals("staff") ? SearchLog.Who.STAFF : SearchLog.Who.CUSTOMER,
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    @Transactional(readOnly = true)
    public Votings on(UUID article) {
        List<Vote> comments = database.sql("""
                select * from knowledge.vote where article_id = :article and comment is not null
                order by at desc limit 50
                """)
                .param("article", article)
                .query((row, number) -> new Vote(
                        row.getBoolean("useful"),
                        row.getString("comment"),
                        row.getString("reader").equals("staff") ? SearchLog.Who.STAFF : SearchLog.Who.CUSTOMER,
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
        return database.sql("""
                select count(*) filter (where useful) as yes, count(*) filter (where not useful) as no
                from knowledge.vote where article_id = :article
                """)
                .param("article", article)
                .query((row, number) -> new Votings(row.getLong("yes"), row.getLong("no"), comments))
                .single();
    }
}
