package io.perennial.success;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Plans and customers as lists: what runs, what is overdue, what is over, and who has none. */
@Component
@Transactional(readOnly = true)
public class PlanList {

    public static final int PAGE = 50;

    private static final String SEEN = " (:everything or a.owner_id = :member)";

    private final JdbcClient database;
    private final PlanRows rows;

    PlanList(JdbcClient database, PlanRows rows) {
        this.database = database;
        this.rows = rows;
    }

    /** A way to look. */
    public enum Look {
        OPEN("Open", "p.phase = 'open'"),
        OVERDUE("Overdue", """
                p.phase = 'open' and (p.ends_on < :today or exists (
                    select from success.outcome o where o.plan_id = p.id and o.reached_on is null
                      and coalesce(o.due_on, p.ends_on) <= :today))"""),
        DRAFT("Drafts", "p.phase = 'draft'"),
        CLOSED("Closed", "p.phase = 'closed'"),
        NONE("Without a plan", "false");

        private final String title;
        private final String condition;

        Look(String title, String condition) {
            this.title = title;
            this.condition = condition;
        }

        public String title() {
            return title;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Look> find(String key) {
            return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
        }
    }

    /** @param words in the name of the plan or the customer */
    public record Filter(Look look, boolean mine, String words) {}

    /** @param next for the following page; null on the last one */
    public record Page(List<Plan> plans, @Nullable UUID next) {}

    /** A live customer without an open plan. */
    public record Bare(
            AccountId account,
            String name,
            @Nullable String segment,
            @Nullable String owner,
            @Nullable BigDecimal arr,
            @Nullable String currency,
            @Nullable LocalDate renewsOn) {}

    private JdbcClient.StatementSpec asked(String sql, Filter filter, LocalDate today, Viewer viewer) {
        return database.sql(sql)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("mine", filter.mine())
                .param("today", today)
                .param("words", filter.words())
                .param("like", "%" + filter.words().replaceAll("([\\\\%_])", "\\\\$1") + "%");
    }

    private static String where(Look look) {
        return " where" + SEEN + " and " + look.condition + """
                 and (not :mine or coalesce(p.owner_id, a.owner_id) = :member)
                 and (:words = '' or p.name ilike :like or a.name ilike :like)
                """;
    }

    /** What ends first first. */
    public Page page(Filter filter, @Nullable UUID after, LocalDate today, Viewer viewer) {
        List<UUID> ids = asked(
                        "select p.id from success.plan p join accounts.account a on a.id = p.account_id"
                                + where(filter.look()) + """
                                 and (cast(:after as uuid) is null or (coalesce(p.ends_on, 'infinity'::date), p.id) >
                                    (select coalesce(k.ends_on, 'infinity'::date), k.id from success.plan k where k.id = :after))
                                order by coalesce(p.ends_on, 'infinity'::date), p.id limit :limit
                                """,
                        filter,
                        today,
                        viewer)
                .param("after", after)
                .param("limit", PAGE + 1)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        boolean more = ids.size() > PAGE;
        List<UUID> shown = more ? ids.subList(0, PAGE) : ids;
        return new Page(rows.plans(shown, today), more ? shown.getLast() : null);
    }

    public long count(Filter filter, LocalDate today, Viewer viewer) {
        if (filter.look() == Look.NONE) {
            return asked("select count(*)" + BARE, filter, today, viewer)
                    .query(Long.class)
                    .single();
        }
        return asked(
                        "select count(*) from success.plan p join accounts.account a on a.id = p.account_id"
                                + where(filter.look()),
                        filter,
                        today,
                        viewer)
                .query(Long.class)
                .single();
    }

    /** Live customers: they pay something that recurs, and did not leave. */
    private static final String BARE = """
             from accounts.overview a
            where (:everything or a.owner_id = :member) and (not :mine or a.owner_id = :member)
              and coalesce(a.arr, 0) > 0 and coalesce(a.band, '') <> 'LEFT' and (:words = '' or a.name ilike :like)
              and not exists (select from success.plan p where p.account_id = a.account_id and p.phase = 'open')
            """;

    /** Who brings most first: {@link #PAGE}. */
    public List<Bare> without(Filter filter, LocalDate today, Viewer viewer) {
        return asked(
                        "select a.*" + BARE + " order by a.arr desc nulls last, a.account_id limit :limit",
                        filter,
                        today,
                        viewer)
                .param("limit", PAGE)
                .query((row, number) -> new Bare(
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getString("name"),
                        row.getString("segment"),
                        row.getString("owner_name"),
                        row.getBigDecimal("arr"),
                        row.getString("currency"),
                        row.getObject("renews_on", LocalDate.class)))
                .list();
    }

    /**
     * How far all plans of a look are.
     *
     * @param realised mean percent over plans of which something is due; null when there is none
     */
    public record Sum(
            long plans, long due, long succeeded, @Nullable BigDecimal realised) {}

    public Sum sum(Filter filter, LocalDate today, Viewer viewer) {
        return asked("""
                select count(*) as plans, count(g.realised) as due, count(*) filter (where g.realised >= 80) as succeeded,
                    avg(g.realised) as realised
                from success.progress(array(select p.id from success.plan p join accounts.account a on a.id = p.account_id
                """ + where(filter.look()) + "), :today) g", filter, today, viewer)
                .query((row, number) -> new Sum(
                        row.getLong("plans"),
                        row.getLong("due"),
                        row.getLong("succeeded"),
                        row.getBigDecimal("realised")))
                .single();
    }
}
