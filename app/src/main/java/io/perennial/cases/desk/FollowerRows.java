package io.perennial.cases.desk;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@code cases.follower}: who wants to hear of a case, and what of it is still to be told by letter. */
@Repository
class FollowerRows {

    private final JdbcClient database;
    private final Clock clock;

    FollowerRows(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param seen what came later is new on screen
     * @param told what came later is told by letter
     * @param news when it began to be new to them; null when nothing is
     */
    void add(UUID id, UUID member, Timestamp seen, Timestamp told, @Nullable Timestamp news) {
        database.sql("""
                insert into cases.follower (case_id, member_id, seen_at, told_at, news_since)
                values (:id, :member, :seen, :told, :news) on conflict do nothing
                """)
                .param("id", id)
                .param("member", member)
                .param("seen", seen)
                .param("told", told)
                .param("news", news)
                .update();
    }

    /**
     * Something is about to happen to the case. Comes before it, and keeps the rows locked until it is committed: no letter can
     * say meanwhile that it has told everything.
     */
    void news(UUID id) {
        news(List.of(id));
    }

    void news(Collection<UUID> ids) {
        if (!ids.isEmpty()) {
            database.sql("""
                    update cases.follower set news_since = coalesce(news_since, :now) where case_id = any(:ids)
                    """)
                    .param("ids", ids.toArray(UUID[]::new))
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        }
    }
}
