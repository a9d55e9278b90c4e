package io.perennial.knowledge;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Articles that people of a customer were sent, and opened, on its timeline. Programs that check mail open nothing here. */
@Component
class ArticleTimeline implements TimelineSource {

    private static final String KIND = "article";

    private final JdbcClient database;

    ArticleTimeline(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(KIND);
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        return database.sql("""
                with links as (
                    select l.*, c.name as person
                    from accounts.contact c join knowledge.sent_link l on l.contact_id = c.id
                    where c.account_id = :account and l.sent_at < :before
                ), events as (
                    select sent_at as at, false as opened, article_id, language, person, openings, id from links
                    union all
                    select opened_at, true, article_id, language, person, openings, id from links where opened_at < :before
                    order by 1 desc, 2 desc, id limit :limit
                )
                select e.*, (
                        select v.title from knowledge.article_version v
                        where v.article_id = e.article_id and v.language = e.language
                        order by v.state = 'published' desc, v.number desc limit 1) as title
                from events e order by e.at desc, e.opened desc, e.id
                """)
                .param("account", account.value())
                .param("before", Timestamp.from(before))
                .param("limit", limit)
                .query((row, number) -> entry(row))
                .list();
    }

    private static TimelineEntry entry(ResultSet row) throws SQLException {
        boolean opened = row.getBoolean("opened");
        String title = row.getString("title");
        int openings = row.getInt("openings");
        return new TimelineEntry(
                row.getTimestamp("at").toInstant(),
                KIND,
                (opened ? "Article opened: " : "Article sent: ") + (title == null ? "one that is gone" : title),
                opened ? (openings > 1 ? openings + " times until now" : "") : "to " + row.getString("person"),
                opened ? row.getString("person") : "",
                "/knowledge/" + row.getString("article_id"));
    }
}
