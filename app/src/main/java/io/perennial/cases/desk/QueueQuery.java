package io.perennial.cases.desk;

import io.perennial.identity.Viewer;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One page that somebody asks of the queue, with what its statements are given. */
record QueueQuery(Queue.Question question, Viewer viewer, Instant now) {

    /** One more than is shown, which tells whether there is another page. */
    static final String LIMIT = " limit " + (Queue.PAGE + 1);

    static final String DUE = "coalesce(c.next_due_at, 'infinity'::timestamptz)";

    /** Customers of the viewer's own portfolio only. */
    static final String OWN =
            " and exists (select from accounts.account w where w.id = c.account_id and w.owner_id = :me)";

    /** Who was not satisfied longer ago has been heard, or is lost. */
    private static final Duration LATELY = Duration.ofDays(90);

    QueueFilter filter() {
        return question.filter();
    }

    String own() {
        return viewer.everything() ? "" : OWN;
    }

    @Nullable
    QueuePosition after() {
        return QueuePosition.parse(question.after());
    }

    List<UUID> ids(JdbcClient database, String sql) {
        return given(database, sql)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    JdbcClient.StatementSpec given(JdbcClient database, String sql) {
        QueuePosition after = after();
        return database.sql(sql)
                .param("me", viewer.memberId())
                .param("now", Timestamp.from(now))
                .param("lately", Timestamp.from(now.minus(LATELY)))
                .params(filter().parameters())
                .param("before", after == null ? Long.MAX_VALUE : after.number())
                .param("lastPlain", after != null && after.plain())
                .param("lastDue", after == null ? "infinity" : after.due())
                .param("lastId", after == null ? new UUID(0, 0) : after.id());
    }
}
