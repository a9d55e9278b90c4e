package io.perennial.health.scoring;

import io.perennial.accounts.AccountIds;
import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.accounts.overview.OverviewRows;
import io.perennial.accounts.overview.OverviewSelect;
import io.perennial.accounts.overview.OverviewSource;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What lists show of health, in whole points as people read it: a tenth of a point a day is no reason to write a row
 * that so many indexes lead to. An account about which too little is known, or that has left, has a band
 * but no score. It comes last, because the money at risk needs the revenue that another source fills in.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class HealthOverview implements OverviewSource {

    private static final List<String> COLUMNS =
            List.of("score", "band", "coverage", "score_before", "band_before", "spark", "reason", "open_signals");
    private static final String MONEY_AT_RISK = "money_at_risk";

    /** What a new model changes of these rows, when nothing else did. */
    static final String FOLLOW = """
            update accounts.overview o set
                score = n.score, band = n.band, coverage = n.coverage, spark = n.spark, reason = n.reason,
                money_at_risk = case when n.band = 'AT_RISK' or o.open_signals > 0 then o.arr end,
                refreshed_at = :asOf
            from (select account_id, band, reason, spark,
                         cast(case when band not in ('UNKNOWN', 'LEFT') then round(score) end as numeric(5, 2)) as score,
                         cast(round(100 * coverage) as numeric(5, 2)) as coverage
                  from stored where shown) n
            where o.account_id = n.account_id
              and (o.score, o.band, o.coverage, o.spark, o.reason)
                  is distinct from (n.score, n.band, n.coverage, n.spark, n.reason)
            """;

    private final JdbcClient database;
    private final OverviewSelect select;

    HealthOverview(JdbcClient database) {
        this.database = database;
        this.select = new OverviewSelect(database, COLUMNS, SELECT);
    }

    @Override
    public List<String> columns() {
        return Stream.concat(COLUMNS.stream(), Stream.of(MONEY_AT_RISK)).toList();
    }

    @Override
    public void fill(OverviewQuery query, OverviewRows into) {
        select.fill(query, into);
        for (AccountId account : query.accounts()) {
            boolean atRisk = "AT_RISK".equals(into.get(account, "band"))
                    || into.get(account, "open_signals") instanceof Number open && open.longValue() > 0;
            into.set(account, MONEY_AT_RISK, atRisk ? into.get(account, "arr") : null);
        }
    }

    /** After signals opened or closed, when no fact is new. */
    void count(Collection<AccountId> accounts, Instant now) {
        database.sql("""
                        update accounts.overview o set
                            open_signals = n.signals,
                            money_at_risk = case when o.band = 'AT_RISK' or n.signals > 0 then o.arr end,
                            refreshed_at = :now
                        from (select account_id, (select count(*) from health.signal s
                                    where s.account_id = h.account_id and state in ('open', 'acknowledged')) as signals
                              from health.score h where account_id = any(:accounts)) n
                        where o.account_id = n.account_id and o.open_signals is distinct from n.signals
                        """)
                .param("now", Timestamp.from(now))
                .param("accounts", AccountIds.array(accounts))
                .update();
    }

    private static final String SELECT = """
            select s.account_id, case when s.band not in ('UNKNOWN', 'LEFT') then round(s.score) end as score, s.band,
                   round(100 * s.coverage) as coverage,
                   case when before.band not in ('UNKNOWN', 'LEFT') then round(before.score) end as score_before,
                   before.band as band_before,
                   s.weekly[14\\:26] as spark, s.reason, coalesce(g.open_signals, 0) as open_signals
            from health.score s
            left join lateral (
                select c.score, c.band from health.score_change c
                where c.account_id = s.account_id and c.at < (cast(:today as date) - 27)::timestamp at time zone 'UTC'
                order by c.at desc limit 1) before on true
            left join (
                select account_id, count(*) as open_signals from health.signal
                where account_id = any(:accounts) and state in ('open', 'acknowledged')
                group by account_id) g on g.account_id = s.account_id
            where s.account_id = any(:accounts)
            """;
}
