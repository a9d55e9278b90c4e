package io.perennial.growth.expansion;

import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Renews what is usual among live customers: what they have, what they pay for it, and by how much they grow. */
@Component
class PeerKeeping {

    private final JdbcClient database;

    PeerKeeping(JdbcClient database) {
        this.database = database;
    }

    /** Readers see either all of the old or all of the new. */
    @Transactional
    public void renew(LocalDate today) {
        // Two at once would write the same rows; who reads waits for neither.
        database.sql("lock table growth.peers in share row exclusive mode").update();
        database.sql("drop table if exists growth_held").update();
        database.sql("""
                create temporary table growth_held (account_id uuid, segment text, home text, product text, service boolean,
                    currency text, annual numeric, main boolean, once boolean) on commit drop
                """).update();
        database.sql("""
                insert into growth_held
                select h.account_id, h.segment, h.home, h.product, h.service, h.currency, h.annual,
                    row_number() over (partition by h.account_id order by h.annual desc, h.product) = 1 as main,
                    row_number() over (partition by h.account_id, h.product order by h.annual desc) = 1 as once
                from (
                    select o.account_id, coalesce(o.segment, '') as segment,
                        case when home.currency is null then o.currency else own.currency end as home, h.product,
                        bool_and(h.service) as service, case when r.currency is null then h.currency else own.currency end as currency,
                        round(sum(h.annual / coalesce(r.units, 1)), 2) as annual
                    from accounts.overview o
                    join growth.holdings(:today) h on h.account_id = o.account_id
                    left join contracts.exchange_rate own on own.own
                    left join contracts.exchange_rate r on r.currency = h.currency and own.currency is not null
                    left join contracts.exchange_rate home on home.currency = o.currency and own.currency is not null
                    where o.arr > 0 and o.band is distinct from 'LEFT'
                    group by 1, 2, 3, 4, 6
                ) h
                """).param("today", today).update();
        database.sql("analyze growth_held").update();
        database.sql("delete from growth.peers").update();
        database.sql("delete from growth.peer_product").update();
        database.sql("delete from growth.peer_price").update();
        database.sql("delete from growth.peer_pair").update();
        database.sql("delete from growth.peer_gap").update();
        database.sql("""
                insert into growth.peers (everybody, segment, accounts, bought_more, low, middle, high)
                select grouping(o.segment) = 1, coalesce(o.segment, ''), count(*), count(m.added),
                    round(percentile_disc(0.25) within group (order by m.added), 6),
                    round(percentile_disc(0.5) within group (order by m.added), 6),
                    round(percentile_disc(0.75) within group (order by m.added), 6)
                from (
                    select account_id, coalesce(segment, '') as segment from accounts.overview
                    where arr > 0 and band is distinct from 'LEFT'
                ) o
                left join (
                    select m.account_id, min(m.ended / m.started - 1) as added
                    from contracts.revenue_movements(:before, :yesterday, :today, true) m
                    where m.started > 0 and m.movement = 'expansion'
                    group by m.account_id having count(*) = 1
                ) m on m.account_id = o.account_id
                group by grouping sets ((o.segment), ())
                """)
                .param("before", today.minusDays(1).minusYears(1))
                .param("yesterday", today.minusDays(1))
                .param("today", today)
                .update();
        database.sql("""
                insert into growth.peer_product (everybody, segment, product, service, owners, mains)
                select grouping(segment) = 1, coalesce(segment, ''), product, bool_and(service), count(*) filter (where once),
                    count(*) filter (where main)
                from growth_held
                group by grouping sets ((segment, product), (product))
                """).update();
        database.sql("""
                insert into growth.peer_price (everybody, segment, product, currency, owners, low, middle, high)
                select grouping(segment) = 1, coalesce(segment, ''), product, currency, count(*),
                    percentile_disc(0.25) within group (order by annual), percentile_disc(0.5) within group (order by annual),
                    percentile_disc(0.75) within group (order by annual)
                from growth_held
                where annual > 0
                group by grouping sets ((segment, product, currency), (product, currency))
                """).update();
        database.sql("""
                insert into growth.peer_pair (everybody, segment, base, product, together)
                select grouping(m.segment) = 1, coalesce(m.segment, ''), m.product, h.product, count(*)
                from growth_held m
                join growth_held h on h.account_id = m.account_id and h.once and h.product <> m.product
                where m.main
                group by grouping sets ((m.segment, m.product, h.product), (m.product, h.product))
                """).update();
        database.sql("""
                insert into growth.peer_gap (segment, product, currency, missing)
                select a.segment, p.product, a.home, a.accounts - coalesce(h.owners, 0)
                from (select segment, home, count(distinct account_id) as accounts from growth_held group by 1, 2) a
                cross join (select distinct product from growth_held) p
                left join (
                    select segment, home, product, count(*) as owners from growth_held where once group by 1, 2, 3
                ) h on h.segment = a.segment and h.home = a.home and h.product = p.product
                where a.accounts > coalesce(h.owners, 0)
                """).update();
    }
}
