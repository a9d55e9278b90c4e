package io.perennial.knowledge;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists of articles for those who keep them. */
@Component
@Transactional(readOnly = true)
public class Library {

    public static final int PAGE = 50;

    private final JdbcClient database;
    private final Clock clock;

    Library(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Which part of the library. */
    public enum Shelf {
        PUBLISHED("Published", "exists (select from knowledge.search_text s where s.article_id = a.id)"),
        DRAFTS("Drafts", """
                exists (select from knowledge.article_version d where d.article_id = a.id and d.state = 'draft'
                    and not exists (select from knowledge.article_version n
                        where n.article_id = d.article_id and n.language = d.language and n.number > d.number))
                """),
        STALE("Review due", """
                a.review_on <= :today and exists (select from knowledge.search_text s where s.article_id = a.id)
                """),
        RETIRED("Retired", """
                exists (select from knowledge.article_version d where d.article_id = a.id and d.state = 'retired')
                and not exists (select from knowledge.search_text s where s.article_id = a.id)
                """);

        private final String title;
        private final String condition;

        Shelf(String title, String condition) {
            this.title = title;
            this.condition = condition;
        }

        public String title() {
            return title;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Shelf of(String key) {
            return Arrays.stream(values())
                    .filter(shelf -> shelf.key().equals(key))
                    .findFirst()
                    .orElse(PUBLISHED);
        }
    }

    /** @param languages of published texts, or of all when none is published */
    public record Row(
            UUID id,
            String title,
            List<Language> languages,
            Audience audience,
            @Nullable String owner,
            @Nullable LocalDate reviewOn,
            List<String> tags,
            Instant updatedAt,
            long yes,
            long no) {}

    public long count(Shelf shelf) {
        return database.sql("select count(*) from knowledge.article a where " + shelf.condition)
                .param("today", today())
                .query(Long.class)
                .single();
    }

    /** @param page from 1 */
    public List<Row> list(Shelf shelf, String tag, int page) {
        String order = shelf == Shelf.STALE ? "a.review_on, a.id" : "a.updated_at desc, a.id";
        return database.sql("""
                with shown as materialized (
                    select a.* from knowledge.article a
                    where (:tag = '' or :tag = any (a.tags)) and %1$s
                    order by %2$s limit :most offset :skipped)
                select a.*, m.name as owner_name,
                    (select v.title from knowledge.article_version v where v.article_id = a.id
                     order by v.language = a.language desc, v.state = 'published' desc, v.number desc limit 1) as title,
                    coalesce((select array_agg(s.language) from knowledge.search_text s where s.article_id = a.id),
                        (select array_agg(distinct v.language) from knowledge.article_version v
                         where v.article_id = a.id)) as languages,
                    (select count(*) from knowledge.vote v where v.article_id = a.id and v.useful) as yes,
                    (select count(*) from knowledge.vote v where v.article_id = a.id and not v.useful) as no
                from shown a left join identity.team_member m on m.id = a.owner_id
                order by %2$s
                """.formatted(shelf.condition, order))
                .param("today", today())
                .param("tag", tag)
                .param("most", PAGE)
                .param("skipped", (long) (Math.clamp(page, 1, 10_000) - 1) * PAGE)
                .query((row, number) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                row.getString("title"),
                ArticleRows.texts(row.getArray("languages")).stream()
                        .map(Language::of)
                        .toList(),
                Audience.of(row.getString("audience")),
                row.getString("owner_name"),
                row.getObject("review_on", LocalDate.class),
                ArticleRows.texts(row.getArray("tags")),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("yes"),
                row.getLong("no"));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), clock.getZone());
    }
}
