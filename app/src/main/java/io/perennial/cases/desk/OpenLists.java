package io.perennial.cases.desk;

import static io.perennial.cases.desk.QueueQuery.DUE;
import static io.perennial.cases.desk.QueueQuery.LIMIT;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which open cases a list of the queue shows, what is due first at first. Each list is read in its order from an index of its
 * own; of one's own customers few enough are open to be read and sorted.
 */
@Component
class OpenLists {

    private final JdbcClient database;

    OpenLists(JdbcClient database) {
        this.database = database;
    }

    List<UUID> ids(QueueQuery query) {
        String narrowed = query.filter().where() + query.filter().subject().walked() + after(query);
        Queue.View view = query.question().view();
        if (!query.viewer().everything()) {
            return query.ids(database, own(view, narrowed));
        }
        return query.ids(
                database,
                view == Queue.View.RISK
                        ? atRisk(narrowed)
                        : "select c.id from cases.support_case c where " + view.condition() + narrowed + order(view)
                                + LIMIT);
    }

    private static String own(Queue.View view, String narrowed) {
        return """
                with own as materialized (
                    select c.id, c.reopened_at, c.next_due_at
                    from accounts.account w join cases.support_case c on c.account_id = w.id
                    where w.owner_id = :me and %s)
                select c.id from own c %s
                """.formatted(view.condition() + narrowed, order(view) + LIMIT);
    }

    /** What is overdue, in order; behind it what has little time left, which is few and sorted. */
    private static String atRisk(String narrowed) {
        return """
                with near as materialized (
                    select c.id, %1$s as due from cases.support_case c where %2$s and %1$s > :now %3$s)
                select id from (
                    (select c.id, %1$s as due from cases.support_case c where %4$s and %1$s <= :now %3$s
                     order by %1$s, c.id %5$s)
                    union all select id, due from near) c
                order by due, id %5$s
                """.formatted(DUE, Queue.View.RISK.condition(), narrowed, Queue.View.OPEN, LIMIT);
    }

    private static String order(Queue.View view) {
        return view == Queue.View.MINE
                ? " order by c.reopened_at is null, " + DUE + ", c.id"
                : " order by " + DUE + ", c.id";
    }

    private static String after(QueueQuery query) {
        if (query.after() == null) {
            return "";
        }
        return query.question().view() == Queue.View.MINE
                ? " and (c.reopened_at is null, " + DUE + ", c.id)"
                        + " > (:lastPlain, cast(:lastDue as timestamptz), :lastId)"
                : " and (" + DUE + ", c.id) > (cast(:lastDue as timestamptz), :lastId)";
    }
}
