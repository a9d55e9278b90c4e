package io.perennial.programs;

import io.perennial.accounts.AccountIds;
import io.perennial.programs.Entitlements.Balance;
import io.perennial.programs.Entitlements.Rule;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads balances from entries, so that any past moment can be asked about. */
@Repository
class Balances {

    /** Earlier the pace says little. */
    static final int DAYS_BEFORE_FORECAST = 14;

    private final JdbcClient database;

    Balances(JdbcClient database) {
        this.database = database;
    }

    List<Balance> of(AccountId account, LocalDate on) {
        return of(
                        List.of(account),
                        on,
                        on.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusMillis(1))
                .getOrDefault(account, List.of());
    }

    /** Of terms that run on the day, counting entries up to and at the instant; by title. */
    Map<AccountId, List<Balance>> of(Collection<AccountId> accounts, LocalDate on, Instant asOf) {
        Map<AccountId, List<Balance>> balances = new HashMap<>();
        database.sql("""
                with term as (
                    select p.id, p.account_id, p.unit, p.title, p.rule, p.starts_on, p.ends_on,
                           coalesce(sum(e.amount) filter (where e.kind = 'granted'), 0) as granted,
                           coalesce(sum(e.amount) filter (where e.kind = 'consumed'), 0) as consumed,
                           coalesce(sum(case e.kind when 'reserved' then e.amount when 'consumed' then -e.amount
                                                    when 'released' then -e.amount end), 0) as reserved
                    from programs.pot p
                    join programs.entry e on e.pot_id = p.id and e.at <= :asOf
                    where p.account_id = any(:accounts) and p.starts_on <= :on and p.ends_on > :on
                    group by p.id
                )
                select account_id, unit, min(title) as title, case max(case rule when 'APPROVAL' then 2 when 'WARN' then 1 else 0 end)
                           when 2 then 'APPROVAL' when 1 then 'WARN' else 'ALLOW' end as rule, sum(granted) as granted,
                       sum(consumed) as consumed, sum(reserved) as reserved, min(starts_on) as starts_on,
                       min(ends_on) as ends_on
                from term group by account_id, unit
                having sum(granted) <> 0 or sum(consumed) <> 0 or sum(reserved) <> 0
                order by account_id, min(title), unit
                """)
                .param("accounts", AccountIds.array(accounts))
                .param("on", on)
                .param("asOf", Timestamp.from(asOf))
                .query(row -> {
                    BigDecimal granted = row.getBigDecimal("granted");
                    BigDecimal consumed = row.getBigDecimal("consumed");
                    BigDecimal reserved = row.getBigDecimal("reserved");
                    LocalDate starts = row.getObject("starts_on", LocalDate.class);
                    LocalDate ends = row.getObject("ends_on", LocalDate.class);
                    BigDecimal used = consumed.add(reserved);
                    balances.computeIfAbsent(
                                    new AccountId(row.getObject("account_id", UUID.class)), first -> new ArrayList<>())
                            .add(new Balance(
                                    row.getString("unit"),
                                    row.getString("title"),
                                    granted,
                                    consumed,
                                    reserved,
                                    granted.subtract(used),
                                    starts,
                                    ends,
                                    forecast(used, starts, ends, on),
                                    Rule.valueOf(row.getString("rule"))));
                });
        return balances;
    }

    private static @Nullable BigDecimal forecast(BigDecimal used, LocalDate starts, LocalDate ends, LocalDate on) {
        long passed = ChronoUnit.DAYS.between(starts, on) + 1;
        if (passed < DAYS_BEFORE_FORECAST) {
            return null;
        }
        return used.multiply(BigDecimal.valueOf(ChronoUnit.DAYS.between(starts, ends)))
                .divide(BigDecimal.valueOf(passed), 1, RoundingMode.HALF_UP);
    }
}
