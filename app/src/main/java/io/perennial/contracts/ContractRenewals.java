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
                select t.account_id, coalesce(c.cancelled_on, t.ends_on) as decided_on,
                    exists (
                        select from contracts.runs n
                        where n.account_id = t.account_id and n.starts_on <= t.ends_on + :grace
                            and n.runs_until > t.ends_on + :grace
                            and coalesce(n.kind, 'subscription') = 'subscription') as renewed
                from (
                    select distinct account_id, ends_on from contracts.contract_line
                    where ends_on between :from and cast(:to as date) - :grace
                        and coalesce(kind, 'subscription') = 'subscription') t
                left join lateral (
                    select min(cancelled_on) as cancelled_on from contracts.cancellation c
                    where c.account_id = t.account_id
                        and c.cancelled_on > t.ends_on - :notice and c.cancelled_on <= t.ends_on) c on true
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
