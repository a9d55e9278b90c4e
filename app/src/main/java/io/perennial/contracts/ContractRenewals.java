package io.perennial.contracts;

import io.perennial.health.measures.DecidedRenewal;
import io.perennial.health.measures.RenewalSource;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Terms that ended. The account counts as kept when any subscription runs a month later, because renewals are often
 * signed late and under new lines; until then nothing is decided.
 */
@Component
class ContractRenewals implements RenewalSource {

    private static final int GRACE_DAYS = 30;

    /** Notice given longer before the end belongs to another term. */
    private static final int NOTICE_DAYS = 365;

    private final JdbcClient database;

    ContractRenewals(JdbcClient database) {
        this.database = database;
    }

    @Override
    public List<DecidedRenewal> decided(LocalDate from, LocalDate to) {
        return database.sql("""
                with term as materialized (
                    select distinct account_id, ends_on from contracts.contract_line
                    where ends_on between :from and cast(:to as date) - :grace
                        and (kind is null or kind = 'subscription')
                ), stretch as materialized ( -- days on which some subscription ran without a gap
                    select s.account_id, min(s.starts_on) as from_day, max(s.runs_until) as until_day
                    from (
                        select r.*, count(*) filter (where r.apart) over (
                                partition by r.account_id order by r.starts_on, r.runs_until rows unbounded preceding) as place
                        from (
                            select n.account_id, n.starts_on, n.runs_until,
                                n.starts_on > max(n.runs_until) over (
                                    partition by n.account_id order by n.starts_on, n.runs_until
                                    rows between unbounded preceding and 1 preceding) as apart
                            from contracts.runs n
                            where n.starts_on <= :to and n.runs_until > cast(:from as date) + :grace
                                and n.runs_until > n.starts_on and (n.kind is null or n.kind = 'subscription')) r) s
                    group by s.account_id, s.place
                ), notice as materialized (
                    select t.account_id, t.ends_on, min(c.cancelled_on) as given_on
                    from term t join contracts.cancellation c on c.account_id = t.account_id
                        and c.cancelled_on > t.ends_on - :notice and c.cancelled_on <= t.ends_on
                    group by t.account_id, t.ends_on
                )
                select t.account_id, coalesce(n.given_on, t.ends_on) as decided_on, s.account_id is not null as renewed
                from term t
                left join notice n on n.account_id = t.account_id and n.ends_on = t.ends_on
                left join stretch s on s.account_id = t.account_id
                    and s.from_day <= t.ends_on + :grace and s.until_day > t.ends_on + :grace
                order by 2, 1
                """)
                .param("from", from)
                .param("to", to)
                .param("grace", GRACE_DAYS)
                .param("notice", NOTICE_DAYS)
                .query((row, number) -> new DecidedRenewal(
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getObject("decided_on", LocalDate.class),
                        row.getBoolean("renewed")))
                .list();
    }
}
