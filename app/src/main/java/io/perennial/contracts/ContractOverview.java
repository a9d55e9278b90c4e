package io.perennial.contracts;

import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.accounts.overview.OverviewRows;
import io.perennial.accounts.overview.OverviewSelect;
import io.perennial.accounts.overview.OverviewSource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Revenue, seats and the next end. An account billed in several currencies shows the one that brings most: sums of
 * different currencies mean nothing. The next end is the nearest end, as known today, of what runs today.
 */
@Component
class ContractOverview implements OverviewSource {

    private static final List<String> COLUMNS = List.of("arr", "currency", "seats", "renews_on", "auto_renew");

    private final OverviewSelect select;

    ContractOverview(JdbcClient database) {
        this.select = new OverviewSelect(database, COLUMNS, SELECT);
    }

    @Override
    public List<String> columns() {
        return COLUMNS;
    }

    @Override
    public void fill(OverviewQuery query, OverviewRows into) {
        select.fill(query, into);
    }

    private static final String SELECT = """
            with running as materialized (
                select account_id, annual, currency, seats, unit, auto_renew,
                       contracts.end_known_on(ends_on, scheduled_ends_on, :today) as ends_on
                from contracts.contract_line
                where account_id = any(:accounts) and starts_on <= :today
                  and (ends_on is null or ends_on > :today)
            ), ends as (
                select account_id, ends_on, auto_renew from running
                union all
                select account_id, contracts.end_known_on(ends_on, scheduled_ends_on, :today), auto_renew
                from contracts.contract
                where account_id = any(:accounts) and coalesce(starts_on, :today) <= :today
                  and (ends_on is null or ends_on > :today)
            ), next_end as (
                select distinct on (account_id) account_id, ends_on as renews_on, auto_renew
                from ends order by account_id, ends_on, auto_renew nulls last
            ), money as (
                select distinct on (account_id) account_id, currency, annual as arr
                from (select account_id, currency, sum(annual) as annual from running group by 1, 2) sums
                order by account_id, annual desc, currency
            ), sold as (
                select account_id,
                       least(sum(seats) filter (where coalesce(lower(unit), 'users')
                           in ('users', 'user', 'seats', 'seat', 'licences', 'licenses')), 2147483647) as seats
                from running group by 1
            )
            select n.account_id, m.arr, m.currency, s.seats, n.renews_on, n.auto_renew
            from next_end n
            left join money m on m.account_id = n.account_id
            left join sold s on s.account_id = n.account_id
            """;
}
