package io.perennial.metrics.profit;

import io.perennial.metrics.Dimension;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Question;
import io.perennial.metrics.areas.CustomerReadings;
import io.perennial.metrics.areas.MonthsOf;
import io.perennial.metrics.areas.Tally;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Margin of service by customer and by whatever customers are grouped by, and the work behind it. */
@Component
public class ProfitBoard {

    private static final int MANY = 2_000;

    private final CustomerReadings customers;
    private final JdbcClient database;

    ProfitBoard(CustomerReadings customers, JdbcClient database) {
        this.customers = customers;
        this.database = database;
    }

    /**
     * @param name of the customer or group
     * @param group as the address says it; null for a customer
     * @param account null for a group
     * @param customers behind a group; 1 for a customer
     * @param estimated the part of the cost that rests on what is usual
     */
    public record Line(
            String name,
            @Nullable String group,
            @Nullable UUID account,
            long customers,
            String segment,
            String currency,
            BigDecimal revenue,
            BigDecimal cost,
            BigDecimal estimated) {

        /** The same under another name. */
        public Line named(String other) {
            return new Line(other, group, account, customers, segment, currency, revenue, cost, estimated);
        }

        public BigDecimal margin() {
            return revenue.subtract(cost);
        }

        /** Percent of the revenue; null without revenue. */
        public @Nullable BigDecimal share() {
            return revenue.signum() == 0 ? null : Exact.percent(margin(), revenue);
        }
    }

    /**
     * Of all customers, or of the group that is asked for: by program only with what belongs to that program.
     *
     * @param worst first; else the best
     */
    @Transactional(readOnly = true)
    public List<Line> customers(Question question, boolean worst, long limit, long offset) {
        String group = question.group();
        return customers.list(
                ProfitSql.margin(group != null && question.by() == Dimension.PROGRAM),
                group == null
                        ? question.by(null)
                        : question.by() == Dimension.MONTH ? MonthsOf.only(question, group) : question,
                "a.name, a.id, coalesce(a.segment, '') as segment, f.currency, f.base, f.cost, f.estimated",
                "f.amount " + (worst ? "asc" : "desc") + ", a.name, f.currency",
                limit,
                offset,
                (row, number) -> new Line(
                        row.getString("name"),
                        null,
                        row.getObject("id", UUID.class),
                        1,
                        row.getString("segment"),
                        row.getString("currency"),
                        row.getBigDecimal("base"),
                        row.getBigDecimal("cost"),
                        row.getBigDecimal("estimated")));
    }

    /** Each group in each of its currencies; months in their order. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<Line> groups(Question question) {
        List<Line> lines = new ArrayList<>();
        if (question.by() == Dimension.MONTH) {
            MonthsOf.each(question).forEach(month -> add(MonthsOf.name(month), month, lines));
            return lines;
        }
        customers
                .groups(ProfitSql.margin(question.by() == Dimension.PROGRAM), question)
                .byKey()
                .forEach((key, tallies) -> tallies.forEach(tally -> add(key, tally, lines)));
        return lines;
    }

    private void add(String name, Question month, List<Line> lines) {
        customers
                .groups(ProfitSql.margin(false), month)
                .byKey()
                .values()
                .forEach(tallies -> tallies.forEach(tally -> add(name, tally, lines)));
    }

    private static void add(String name, Tally tally, List<Line> lines) {
        if (!tally.currency().isEmpty()) {
            lines.add(new Line(
                    name.isEmpty() ? "not said" : name,
                    name,
                    null,
                    tally.further("customers").longValue(),
                    "",
                    tally.currency(),
                    tally.base(),
                    tally.further("cost"),
                    tally.further("estimated")));
        }
    }

    /** More changed than is counted on the spot: pages show what was true before. */
    public boolean isBehind() {
        return database.sql("""
                select exists (select from metrics.costs_said)
                    or (select count(*) > :many from (select from metrics.cost_changed limit :more) c)
                """)
                .param("many", MANY)
                .param("more", MANY + 1)
                .query(Boolean.class)
                .single();
    }

    /** @param what an activity or kind of work */
    public record Work(
            String what,
            String currency,
            BigDecimal minutes,
            BigDecimal cost,
            BigDecimal estimated,
            long items,
            long uncosted) {}

    /** By kind of work in these months, the dearest first. */
    public List<Work> work(AccountId account, LocalDate from, LocalDate until) {
        return database.sql("""
                select k.kind as what, k.currency, sum(k.minutes) as minutes, sum(k.direct + k.overhead) as cost,
                    sum(k.estimated) as estimated, sum(k.items) as items, sum(k.uncosted) as uncosted
                from metrics.cost k where k.account_id = :account and k.month >= :from and k.month < :until
                group by 1, 2 order by 4 desc, 1
                """)
                .param("account", account.value())
                .param("from", from)
                .param("until", until)
                .query((row, number) -> work(row))
                .list();
    }

    /** By activity, as time entries name them; of one customer or of all that this member owns. */
    public List<Work> activities(@Nullable UUID account, @Nullable UUID owner, LocalDate from, LocalDate until) {
        return database.sql("""
                select lower(e.activity) as what, coalesce(r.currency, '') as currency, sum(e.minutes) as minutes,
                    coalesce(sum(e.minutes / 60 * r.hourly * (1 + r.overhead)), 0) as cost, 0 as estimated, count(*) as items,
                    count(*) filter (where r.hourly is null) as uncosted
                from metrics.time_entry e
                join accounts.account a on a.id = e.account_id
                left join lateral metrics.rate_of(e.member_id, e.day) r on true
                where e.day >= :from and e.day < :until
                  and (cast(:account as uuid) is null or e.account_id = :account)
                  and (cast(:owner as uuid) is null or a.owner_id = :owner)
                group by 1, 2 order by 3 desc, 1 limit 50
                """)
                .param("account", account)
                .param("owner", owner)
                .param("from", from)
                .param("until", until)
                .query((row, number) -> work(row))
                .list();
    }

    private static Work work(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Work(
                row.getString("what"),
                row.getString("currency"),
                row.getBigDecimal("minutes"),
                row.getBigDecimal("cost"),
                row.getBigDecimal("estimated"),
                row.getLong("items"),
                row.getLong("uncosted"));
    }

    /** One piece of work. */
    public record Piece(
            LocalDate day,
            String what,
            String who,
            @Nullable BigDecimal minutes,
            @Nullable BigDecimal cost,
            String currency,
            boolean estimated,
            String url) {}

    /** Time entries and solved cases, the latest first. */
    public List<Piece> pieces(AccountId account, LocalDate from, LocalDate until, int limit) {
        return database.sql("""
                select * from (
                    select e.day, lower(e.activity) || coalesce(': ' || e.note, '') as what, coalesce(m.name, '') as who, e.minutes,
                        e.minutes / 60 * r.hourly * (1 + r.overhead) as cost, coalesce(r.currency, '') as currency,
                        false as estimated, coalesce('/cases/' || e.case_id, '') as url
                    from metrics.time_entry e
                    left join identity.team_member m on m.id = e.member_id
                    left join lateral metrics.rate_of(e.member_id, e.day) r on true
                    where e.account_id = :account and e.day >= :from and e.day < :until
                    union all
                    select (c.resolved_at at time zone 'UTC')::date, 'case #' || c.number || ' ' || coalesce(c.subject, ''), '',
                        c.minutes, c.direct + c.overhead, coalesce(c.currency, ''), c.estimated, '/cases/' || c.case_id
                    from metrics.case_cost c
                    where c.account_id = :account and not c.timed
                      and c.resolved_at >= cast(:from as date)::timestamp at time zone 'UTC'
                      and c.resolved_at < cast(:until as date)::timestamp at time zone 'UTC'
                ) p order by day desc, what limit :limit
                """)
                .param("account", account.value())
                .param("from", from)
                .param("until", until)
                .param("limit", limit)
                .query((row, number) -> new Piece(
                        row.getObject("day", LocalDate.class),
                        row.getString("what"),
                        row.getString("who"),
                        row.getBigDecimal("minutes"),
                        row.getBigDecimal("cost"),
                        row.getString("currency"),
                        row.getBoolean("estimated"),
                        row.getString("url")))
                .list();
    }
}
