package io.perennial.contracts;

import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads one contract: what it says, what became of its terms, and what it moved. */
@Component
public class Agreements {

    /** Rows of each kind on its page. */
    static final int SHOWN = 200;

    /** Days on which it moved revenue, of which the account's movement is looked up. */
    private static final int MOVES = 60;

    private final JdbcClient database;

    Agreements(JdbcClient database) {
        this.database = database;
    }

    /**
     * What a contract says of itself.
     *
     * @param endsOn first day no longer covered
     * @param scheduledEndsOn as agreed, when it was cut short since
     */
    public record Agreement(
            UUID id,
            String externalId,
            AccountId account,
            String accountName,
            @Nullable String name,
            @Nullable String program,
            @Nullable String kind,
            @Nullable LocalDate signedOn,
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn,
            @Nullable LocalDate scheduledEndsOn,
            @Nullable Boolean autoRenew,
            int noticeDays,
            @Nullable Integer renewalMonths,
            @Nullable Link replaces,
            @Nullable Link replacedBy) {

        public String title() {
            return name == null ? externalId : name;
        }

        public @Nullable LocalDate noticeBy() {
            return endsOn == null ? null : endsOn.minusDays(noticeDays);
        }
    }

    /** Another contract. */
    public record Link(UUID id, String title) {}

    /**
     * A term, and what became of it.
     *
     * @param outcome renewed, lost, lapsed or pending
     */
    public record Term(
            String product,
            String currency,
            BigDecimal annual,
            LocalDate startsOn,
            LocalDate dueOn,
            @Nullable LocalDate renewedOn,
            String outcome) {}

    /**
     * A day on which the contract brings more or less than before.
     *
     * @param before a year's revenue of the contract until then, in this currency
     * @param movement of the account on that day, as the ledger calls it; null for days to come
     * @param accountBefore of the account; null for days to come, or where the account brings nothing in this currency
     */
    public record Step(
            LocalDate day,
            String currency,
            BigDecimal before,
            BigDecimal after,
            @Nullable String movement,
            @Nullable BigDecimal accountBefore,
            @Nullable BigDecimal accountAfter) {}

    public Optional<UUID> byExternalId(String externalId) {
        return database.sql("select id from contracts.contract where external_id = :id")
                .param("id", externalId)
                .query(UUID.class)
                .optional();
    }

    public Optional<Agreement> find(UUID contract) {
        return database.sql("""
                select c.*, a.name as account_name, p.id as before_id, coalesce(p.name, p.external_id) as before_title,
                    n.id as after_id, coalesce(n.name, n.external_id) as after_title
                from contracts.contract c
                join accounts.account a on a.id = c.account_id
                left join contracts.contract p on p.id = c.replaces
                left join lateral (
                    select f.id, f.name, f.external_id from contracts.contract f where f.replaces = c.id
                    order by f.starts_on desc nulls last, f.id limit 1) n on true
                where c.id = :contract
                """)
                .param("contract", contract)
                .query((row, number) -> new Agreement(
                        row.getObject("id", UUID.class),
                        row.getString("external_id"),
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getString("account_name"),
                        row.getString("name"),
                        row.getString("program"),
                        row.getString("kind"),
                        day(row, "signed_on"),
                        day(row, "starts_on"),
                        day(row, "ends_on"),
                        day(row, "scheduled_ends_on"),
                        (Boolean) row.getObject("auto_renew"),
                        row.getObject("notice_days") == null ? 60 : row.getInt("notice_days"),
                        (Integer) row.getObject("renewal_months"),
                        link(row, "before"),
                        link(row, "after")))
                .optional();
    }

    private static @Nullable Link link(ResultSet row, String which) throws SQLException {
        UUID id = row.getObject(which + "_id", UUID.class);
        return id == null ? null : new Link(id, row.getString(which + "_title"));
    }

    /** The latest first. */
    public List<Term> terms(UUID contract, AccountId account, LocalDate today) {
        return database.sql("""
                with whose as (
                    select coalesce((select m.root from contracts.merged m where m.account_id = :account), :account) as id
                )
                select t.product, t.currency, t.annual, t.starts_on, t.due_on,
                    case when not t.by_itself or t.renewed_on <= :today then t.renewed_on end as renewed_on,
                    case
                        when t.renewed_on is not null and (not t.by_itself or t.renewed_on <= :today) then 'renewed'
                        when t.lost_from <= :today then 'lost'
                        when t.due_on <= :today then 'lapsed'
                        else 'pending'
                    end as outcome
                from contracts.terms(array(select w.id from whose w)) t
                where t.contract_id = :contract
                union all
                select g.product, g.currency,
                    case when g.moves then contracts.price_on(g.annual, g.escalator, g.uplift, g.discount, g.discount_ends_on, g.starts_on,
                        g.ends_on, g.exact, g.months, g.runs_until, least(s.until_day, g.runs_until) - 1) else g.annual end,
                    s.from_day, s.until_day, case when r.on_it and s.until_day <= :today then s.until_day end,
                    case
                        when r.on_it and s.until_day <= :today then 'renewed'
                        when s.until_day > :today then 'pending'
                        when g.cancelled or s.until_day + contracts.grace_days() <= :today then 'lost'
                        else 'lapsed'
                    end
                from contracts.lines_going_on(array(select w.id from whose w)) g
                cross join lateral contracts.terms_of(g, :today) s
                cross join lateral (
                    select g.runs_until > s.until_day or not g.cancelled and g.runs_until < 'infinity' as on_it) r
                where g.contract_id = :contract
                order by 5 desc, 1 limit :limit
                """)
                .param("account", account.value())
                .param("contract", contract)
                .param("today", today)
                .param("limit", SHOWN)
                .query((row, number) -> new Term(
                        row.getString("product"),
                        row.getString("currency"),
                        row.getBigDecimal("annual"),
                        row.getObject("starts_on", LocalDate.class),
                        row.getObject("due_on", LocalDate.class),
                        day(row, "renewed_on"),
                        row.getString("outcome")))
                .list();
    }

    /** The latest first. Of each past day what the account moved on it: its other contracts may make up for this one. */
    public List<Step> steps(UUID contract, AccountId account, LocalDate today) {
        return database.sql("""
                with line as materialized (
                    select l.* from contracts.lines(array(
                        select coalesce((select m.root from contracts.merged m where m.account_id = :account), :account))) l
                    where l.contract_id = :contract
                ), price as (
                    select l.line_id, l.currency, p.day, p.annual - p.before as amount
                    from line l
                    cross join lateral contracts.prices(l.annual, l.escalator, l.uplift, l.discount, l.discount_ends_on,
                        l.starts_on, l.ends_on, l.exact, l.months, l.runs_until) p
                    where l.moves
                ), change as (
                    select l.currency, l.starts_on as day, l.annual as amount from line l
                    union all
                    select p.currency, p.day, p.amount from price p
                    union all
                    select l.currency, l.runs_until,
                        -l.annual - coalesce((select sum(p.amount) from price p where p.line_id = l.line_id), 0)
                    from line l where l.runs_until < 'infinity'
                ), step as (
                    select c.currency, c.day, sum(c.amount) as amount from change c group by 1, 2 having sum(c.amount) <> 0
                ), standing as (
                    select s.*, sum(s.amount) over (partition by s.currency order by s.day) as after from step s
                )
                select s.day, s.currency, s.after - s.amount as before, s.after, m.movement, m.started, m.ended
                from (select * from standing order by day desc, currency limit :limit) s
                left join lateral (
                    select r.movement, r.started, r.ended
                    from contracts.revenue_movements(s.day - 1, s.day, :today, true) r
                    where r.account_id = coalesce((select g.root from contracts.merged g where g.account_id = :account), :account)
                      and s.day <= :today
                    order by r.currency = s.currency desc limit 1) m on true
                order by s.day desc, s.currency
                """)
                .param("contract", contract)
                .param("account", account.value())
                .param("today", today)
                .param("limit", MOVES)
                .query((row, number) -> new Step(
                        row.getObject("day", LocalDate.class),
                        row.getString("currency"),
                        row.getBigDecimal("before"),
                        row.getBigDecimal("after"),
                        row.getString("movement"),
                        row.getBigDecimal("started"),
                        row.getBigDecimal("ended")))
                .list();
    }

    static @Nullable LocalDate day(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }
}
