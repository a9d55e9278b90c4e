package io.perennial.contracts;

import io.perennial.accounts.AccountIds;
import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.accounts.overview.OverviewRows;
import io.perennial.accounts.overview.OverviewSource;
import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Customers who left: their loss is recorded, it has taken effect, and nothing runs or is agreed to begin. Whoever
 * bought again after the loss is a customer, also when that has ended since without another loss on record.
 */
@Component
class Departures implements MeasureSource, OverviewSource {

    private static final String LEFT_ON = "left_on";

    private final JdbcClient database;

    Departures(JdbcClient database) {
        this.database = database;
    }

    private record Departure(
            AccountId account, LocalDate on, @Nullable String reason) {

        String words() {
            return "left on " + on + (reason == null ? "" : ": " + reason);
        }
    }

    @Override
    public List<Measure> measures() {
        return List.of(new Measure(
                Measure.CUSTOMER_LEFT,
                "Customer left",
                "yes or no",
                "contracts",
                "1 since the day on which the last line ended and a recorded loss took effect; nothing runs since."));
    }

    @Override
    public List<String> columns() {
        return List.of(LEFT_ON);
    }

    @Override
    public boolean connected(LocalDate asOf) {
        return database.sql("select exists (select from contracts.cancellation where cancelled_on <= :day)")
                .param("day", asOf)
                .query(Boolean.class)
                .single();
    }

    @Override
    public void read(MeasureQuery query, Readings into) {
        departures(query.facts())
                .forEach(left -> into.read(left.account(), Measure.CUSTOMER_LEFT, 1, left.on(), left::words));
    }

    @Override
    public void fill(OverviewQuery query, OverviewRows into) {
        departures(query).forEach(left -> into.set(left.account(), LEFT_ON, left.on()));
    }

    private List<Departure> departures(OverviewQuery query) {
        return query.once().of(this, () -> {
            Span span = query.once().span();
            Collection<AccountId> accounts = span == null
                    ? query.accounts()
                    : span.among(query.accounts(), this, all -> AccountIds.found(database, EVER_LOST, all));
            return accounts.isEmpty() ? List.of() : departures(accounts, query);
        });
    }

    private List<Departure> departures(Collection<AccountId> accounts, OverviewQuery query) {
        return database.sql(SELECT)
                .param("accounts", AccountIds.array(accounts))
                .param("today", query.today())
                .param("now", Timestamp.from(query.asOf()))
                .query((row, number) -> new Departure(
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getObject(LEFT_ON, LocalDate.class),
                        row.getString("reason")))
                .list();
    }

    private static final String EVER_LOST =
            "select distinct account_id from contracts.cancellation where account_id = any(:accounts)";

    /**
     * What begins later counts from the moment it was written down: seen from a past day, nobody knew of it. Contracts
     * without lines stand for themselves; where there are lines, they say what really runs.
     */
    private static final String SELECT = """
            with loss as (
                select distinct on (account_id) account_id, coalesce(effective_on, cancelled_on) as lost_on, reason
                from contracts.cancellation
                where account_id = any(:accounts) and cancelled_on <= :today and reactivated is not true
                order by account_id, coalesce(effective_on, cancelled_on) desc, id
            ), line as (
                select l.account_id, l.starts_on, l.ends_on from loss
                join contracts.contract_line l on l.account_id = loss.account_id
                where l.starts_on <= :today or l.created_at <= :now
            ), term as (
                select account_id, starts_on, ends_on from line
                union all
                select c.account_id, coalesce(c.starts_on, '-infinity'), c.ends_on from loss
                join contracts.contract c on c.account_id = loss.account_id
                where (c.starts_on is null or c.starts_on <= :today or c.created_at <= :now)
                  and not exists (select from line where line.account_id = c.account_id)
            ), last as (
                select account_id, max(starts_on) as began_on, max(coalesce(ends_on, 'infinity')) as ended_on
                from term group by account_id
            )
            select loss.account_id, greatest(loss.lost_on, last.ended_on) as left_on, loss.reason
            from loss left join last on last.account_id = loss.account_id
            where loss.lost_on <= :today
              and (last.account_id is null or (last.ended_on <= :today and last.began_on <= loss.lost_on))
            """;
}
