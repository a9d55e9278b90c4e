package io.perennial.knowledge;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@code knowledge.article} and {@code knowledge.article_version}. */
@Repository
class ArticleRows {

    private final JdbcClient database;

    ArticleRows(JdbcClient database) {
        this.database = database;
    }

    /** Lets one change of an article at a time; false when there is none. */
    boolean lock(UUID article) {
        return database.sql("select id from knowledge.article where id = :id for update")
                .param("id", article)
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    Optional<Article> find(UUID article) {
        return database.sql("""
                select a.*, m.name as owner_name from knowledge.article a
                left join identity.team_member m on m.id = a.owner_id where a.id = :id
                """)
                .param("id", article)
                .query((row, number) -> article(row))
                .optional();
    }

    private Article article(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        return new Article(
                id,
                Language.of(row.getString("language")),
                new ArticleDetails(
                        Audience.of(row.getString("audience")),
                        row.getObject("owner_id", UUID.class),
                        row.getObject("review_on", LocalDate.class),
                        row.getString("product"),
                        row.getString("feature"),
                        texts(row.getArray("tags"))),
                row.getString("owner_name"),
                row.getInt("version"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                versions(id));
    }

    List<ArticleVersion> versions(UUID article) {
        return database.sql("""
                select * from knowledge.article_version where article_id = :id order by language, number desc
                """)
                .param("id", article)
                .query((row, number) -> version(row))
                .list();
    }

    private static ArticleVersion version(ResultSet row) throws SQLException {
        OffsetDateTime published = row.getObject("published_at", OffsetDateTime.class);
        OffsetDateTime retired = row.getObject("retired_at", OffsetDateTime.class);
        return new ArticleVersion(
                row.getObject("id", UUID.class),
                row.getObject("article_id", UUID.class),
                row.getString("language"),
                row.getInt("number"),
                row.getString("title"),
                row.getString("body"),
                State.of(row.getString("state")),
                row.getObject("author_id", UUID.class),
                row.getString("author"),
                row.getInt("edits"),
                row.getObject("saved_at", OffsetDateTime.class).toInstant(),
                published == null ? null : published.toInstant(),
                retired == null ? null : retired.toInstant());
    }

    /** The row as the database writes it: what undo compares with and brings back. */
    @Nullable
    String snapshot(ArticleTable table, UUID id) {
        return database.sql("select (to_jsonb(t) - 'updated_at')::text from " + table.table() + " t where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
