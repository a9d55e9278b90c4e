package io.perennial.cases.desk;

import io.perennial.identity.Viewer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which case next: what is due first comes first. Pages are found by the last row of the page before, so a page deep in a
 * long queue costs as much as the first.
 */
@Component
public class Queue {

    public static final int PAGE = 50;

    private final JdbcClient database;
    private final OpenLists open;
    private final NewestFirst newest;
    private final OpenSums sums;
    private final Clock clock;

    Queue(JdbcClient database, OpenLists open, NewestFirst newest, OpenSums sums, Clock clock) {
        this.database = database;
        this.open = open;
        this.newest = newest;
        this.sums = sums;
        this.clock = clock;
    }

    /** The lists that the queue offers. */
    public enum View {
        DUE("due", "Due next"),
        RISK("risk", "At risk"),
        MINE("mine", "Mine"),
        FOLLOWED("followed", "Followed"),
        UNASSIGNED("unassigned", "Unassigned"),
        ESCALATED("escalated", "Escalated"),
        WAITING("waiting", "Waiting"),
        UNHAPPY("unhappy", "Not satisfied"),
        ALL("all", "All");

        private final String key;
        private final String title;

        View(String key, String title) {
            this.key = key;
            this.title = title;
        }

        public String key() {
            return key;
        }

        public String title() {
            return title;
        }

        /** Whether it looks at open cases only: those are few, and counted; the others are listed by number. */
        boolean isOpen() {
            return this != UNHAPPY && this != ALL && this != FOLLOWED;
        }

        static final String OPEN = "c.state in ('open', 'waiting', 'on-hold')";

        /** On {@code c}, a case. */
        String condition() {
            return switch (this) {
                case DUE -> "c.state in ('open', 'on-hold')";
                case RISK -> OPEN + " and least(c.next_risk_at, c.next_due_at) <= :now";
                case MINE -> OPEN + " and c.assignee_id = :me";
                case FOLLOWED -> "c.id = any(array(select f.case_id from cases.follower f where f.member_id = :me))";
                case ESCALATED -> "c.escalated_why is not null and " + OPEN;
                case UNASSIGNED -> "c.state in ('open', 'on-hold') and c.assignee_id is null and c.assignee is null";
                case WAITING -> "c.state = 'waiting'";
                case UNHAPPY ->
                    "c.satisfaction <= 0.4 * coalesce(c.satisfaction_scale, 5) and c.resolved_at > :lately"
                            + " and c.state in ('resolved', 'closed')";
                case ALL -> "true";
            };
        }

        public static View of(String key) {
            for (View view : values()) {
                if (view.key.equals(key)) {
                    return view;
                }
            }
            return DUE;
        }
    }

    /** @param after position after which to go on, or empty */
    public record Question(View view, QueueFilter filter, String after) {}

    /** @param next position after the last row; null at the end */
    public record Page(List<CaseRow> rows, @Nullable String next) {}

    /** The time by which rows are to be read. */
    public Instant now() {
        return clock.instant();
    }

    /** Rows of a view, reopened ones of their owner first. */
    public Page page(Question question, Viewer viewer) {
        List<UUID> ids = ids(new QueueQuery(question, viewer, clock.instant()));
        boolean more = ids.size() > PAGE;
        List<CaseRow> shown = rows(more ? ids.subList(0, PAGE) : ids, viewer);
        return new Page(
                shown,
                more && !shown.isEmpty() ? QueuePosition.of(shown.getLast()).text() : null);
    }

    private List<UUID> ids(QueueQuery query) {
        View view = query.question().view();
        if (view.isOpen()) {
            return open.ids(query);
        }
        return view == View.ALL ? newest.ids(query) : query.ids(database, few(query));
    }

    /** Lists by number that are short, or have an index. */
    private static String few(QueueQuery query) {
        QueueFilter filter = query.filter();
        return "select c.id from cases.support_case c where c.number < :before and "
                + query.question().view().condition() + filter.where()
                + filter.subject().walked() + query.own() + " order by c.number desc" + QueueQuery.LIMIT;
    }

    Optional<CaseRow> one(UUID id, Viewer viewer) {
        return rows(List.of(id), viewer).stream().findFirst();
    }

    /** In the order of the identities, without those that are not the viewer's to see. */
    private List<CaseRow> rows(List<UUID> ids, Viewer viewer) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<UUID, CaseRow> rows = new HashMap<>();
        database.sql(SELECT)
                .param("ids", ids.toArray(UUID[]::new))
                .param("me", viewer.memberId())
                .param("everything", viewer.everything())
                .query(row -> {
                    CaseRow one = row(row);
                    rows.put(one.id(), one);
                });
        return ids.stream().filter(rows::containsKey).map(rows::get).toList();
    }

    /** How many cases each view of open cases has. */
    public Map<View, Long> counts(Viewer viewer) {
        Map<View, Long> counts = sums.counts(viewer, clock.instant());
        counts.put(View.FOLLOWED, news(viewer));
        return counts;
    }

    private long news(Viewer viewer) {
        return database.sql("""
                select count(*) from cases.follower f join cases.support_case c on c.id = f.case_id
                where f.member_id = :me and f.seen_at < c.updated_at
                """)
                .param("me", viewer.memberId())
                .query(Long.class)
                .single();
    }

    /** Products of open cases, for choosing. */
    public List<String> products() {
        return database.sql("""
                with recursive next as (
                    select min(lower(product)) as product from cases.support_case
                    where state in ('open', 'waiting', 'on-hold') and product is not null
                    union all
                    select (select min(lower(c.product)) from cases.support_case c
                            where c.state in ('open', 'waiting', 'on-hold') and c.product is not null
                              and lower(c.product) > n.product)
                    from next n where n.product is not null
                )
                (select product from next where product is not null limit 200)
                union select skill from cases.skill order by 1 limit 200
                """).query((row, number) -> row.getString(1)).list();
    }

    private static CaseRow row(ResultSet row) throws SQLException {
        double score = row.getDouble("score");
        Double known = row.wasNull() ? null : Double.valueOf(score);
        String subject = row.getString("subject");
        return new CaseRow(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                subject == null ? "Case " + row.getString("external_id") : subject,
                CaseState.of(row.getString("state")),
                row.getString("priority"),
                row.getString("product"),
                row.getString("assignee"),
                row.getObject("assignee_id", UUID.class),
                row.getTimestamp("opened_at").toInstant(),
                instant(row, "next_due_at"),
                instant(row, "next_risk_at"),
                row.getString("next_due"),
                instant(row, "reopened_at"),
                "needed".equals(row.getString("approval")),
                row.getObject("account_id", UUID.class),
                row.getString("account"),
                known,
                row.getString("band"),
                row.getBigDecimal("arr"),
                row.getString("currency"),
                row.getString("contact"),
                row.getBigDecimal("satisfaction"),
                row.getBigDecimal("satisfaction_scale"),
                row.getString("attention"),
                row.getString("escalated_why"),
                row.getString("team"),
                tags(row.getString("tags")),
                row.getBoolean("news"));
    }

    private static List<String> tags(@Nullable String tags) {
        return tags == null
                ? List.of()
                : Arrays.stream(tags.split(",", -1))
                        .map(String::strip)
                        .filter(tag -> !tag.isEmpty())
                        .toList();
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private static final String SELECT = """
            select c.id, c.external_id, c.number, c.subject, c.state, c.priority, c.product, c.assignee, c.assignee_id,
                c.opened_at, c.next_due_at, c.next_risk_at, c.next_due, c.reopened_at, c.approval, c.account_id,
                a.name as account, o.score, o.band, o.arr, o.currency, p.name as contact,
                c.satisfaction, coalesce(c.satisfaction_scale, 5) as satisfaction_scale, c.attention, c.escalated_why, c.tags,
                (select t.name from identity.team t where t.id = c.team_id) as team,
                exists (select from cases.follower f where f.case_id = c.id and f.member_id = :me
                    and f.seen_at < c.updated_at) as news
            from cases.support_case c
            join accounts.account a on a.id = c.account_id
            left join accounts.overview o on o.account_id = c.account_id
            left join accounts.contact p on p.id = c.contact_id
            where c.id = any(:ids) and (:everything or a.owner_id = :me)
            """;
}
