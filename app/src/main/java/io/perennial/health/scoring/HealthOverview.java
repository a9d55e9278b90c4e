package io.perennial.health.scoring;

import io.perennial.accounts.overview.OverviewSource;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * What lists show of health. An account about which too little is known has a band but no score. The money at risk
 * follows in {@link Rescoring}, because it needs the revenue that another source fills in.
 */
@Component
class HealthOverview implements OverviewSource {

    @Override
    public List<String> columns() {
        return List.of("score", "band", "coverage", "score_before", "band_before", "spark", "reason", "open_signals");
    }

    @Override
    public String select() {
        return """
                select s.account_id, case when s.band <> 'UNKNOWN' then s.score end as score, s.band,
                       100 * s.coverage as coverage,
                       case when before.band <> 'UNKNOWN' then before.score end as score_before, before.band as band_before,
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
}
