package io.perennial.contracts;

import io.perennial.accounts.AccountIds;
import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the contracts say about the relationship. Ends are taken as they were known on the day: a cut that came later
 * does not leak into the past.
 */
@Component
class ContractMeasures implements MeasureSource {

    private static final String DAYS_TO_RENEWAL = "days_to_renewal";
    private static final String SHRINKING = "shrinking";
    private static final String AUTO_RENEW = "auto_renew";
    private static final String TENURE = "tenure_days";
    private static final int YEAR = 365;

    private final JdbcClient database;

    ContractMeasures(JdbcClient database) {
        this.database = database;
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                new Measure(
                        DAYS_TO_RENEWAL,
                        "Days to renewal",
                        "days",
                        "contracts",
                        "Days until the nearest agreed end of a running contract or line."),
                new Measure(
                        SHRINKING,
                        "Revenue against a year ago",
                        "ratio",
                        "contracts",
                        "Recurring revenue today divided by that of 365 days ago, in the account's main currency of"
                                + " then; below 1 the account shrinks."),
                new Measure(
                        AUTO_RENEW,
                        "Renews by itself",
                        "yes or no",
                        "contracts",
                        "1 when what ends next goes on by itself, 0 when somebody must act."),
                new Measure(
                        TENURE,
                        "Days as a customer",
                        "days",
                        "contracts",
                        "Days since the first contract or line began."));
    }

    @Override
    public boolean connected(LocalDate asOf) {
        return database.sql("""
                select exists (select from contracts.contract_line where starts_on <= :day)
                    or exists (select from contracts.contract where starts_on <= :day)
                """).param("day", asOf).query(Boolean.class).single();
    }

    @Override
    public void read(MeasureQuery query, Readings into) {
        if (query.accounts().isEmpty()) {
            return;
        }
        Set<AccountId> withoutContract = new HashSet<>(query.accounts());
        database.sql("""
                with line as materialized (
                    select account_id, currency, annual, starts_on, ends_on, auto_renew,
                           contracts.end_known_on(ends_on, scheduled_ends_on, :today) as known_end
                    from contracts.contract_line
                    where account_id = any(:accounts) and starts_on <= :today
                ), term as (
                    select account_id, starts_on, ends_on, known_end, auto_renew from line
                    union all
                    select account_id, starts_on, ends_on,
                           contracts.end_known_on(ends_on, scheduled_ends_on, :today), auto_renew
                    from contracts.contract where account_id = any(:accounts) and starts_on <= :today
                ), since as (
                    select account_id, min(starts_on) as first_on from term group by 1
                ), next_end as (
                    select distinct on (account_id) account_id, known_end, auto_renew
                    from term where ends_on is null or ends_on > :today
                    order by account_id, known_end, auto_renew nulls last
                ), year as (
                    select distinct on (account_id) account_id, currency, before, now
                    from (
                        select account_id, currency,
                               sum(annual) filter (
                                   where starts_on <= :before and (ends_on is null or ends_on > :before)) as before,
                               coalesce(sum(annual) filter (where ends_on is null or ends_on > :today), 0) as now
                        from line group by 1, 2
                    ) sums
                    where before > 0
                    order by account_id, before desc, currency
                )
                select s.account_id, s.first_on, n.account_id is not null as running, n.known_end, n.auto_renew,
                       y.currency, y.before, y.now
                from since s
                left join next_end n on n.account_id = s.account_id
                left join year y on y.account_id = s.account_id
                """)
                .param("accounts", AccountIds.array(query.accounts()))
                .param("today", query.today())
                .param("before", query.today().minusDays(YEAR))
                .query(row -> {
                    AccountId account = new AccountId(row.getObject("account_id", UUID.class));
                    withoutContract.remove(account);
                    LocalDate today = query.today();
                    tenure(account, row.getObject("first_on", LocalDate.class), today, into);
                    LocalDate end = row.getObject("known_end", LocalDate.class);
                    renewal(account, end, today, into);
                    automatic(
                            account,
                            row.getBoolean("running"),
                            end,
                            (Boolean) row.getObject("auto_renew"),
                            today,
                            into);
                    shrinking(
                            account,
                            row.getBigDecimal("before"),
                            row.getBigDecimal("now"),
                            row.getString("currency"),
                            today,
                            into);
                });
        for (AccountId account : withoutContract) {
            for (String measure : List.of(DAYS_TO_RENEWAL, SHRINKING, AUTO_RENEW, TENURE)) {
                into.notApplicable(account, measure);
            }
        }
    }

    private static void tenure(AccountId account, LocalDate first, LocalDate today, Readings into) {
        into.read(account, TENURE, ChronoUnit.DAYS.between(first, today), today, () -> "customer since " + first);
    }

    private static void renewal(AccountId account, @Nullable LocalDate end, LocalDate today, Readings into) {
        if (end == null) {
            into.notApplicable(account, DAYS_TO_RENEWAL);
            return;
        }
        long days = ChronoUnit.DAYS.between(today, end);
        into.read(account, DAYS_TO_RENEWAL, days, today, () -> "renews in " + days + " days, on " + end);
    }

    private static void automatic(
            AccountId account,
            boolean running,
            @Nullable LocalDate end,
            @Nullable Boolean automatic,
            LocalDate today,
            Readings into) {
        if (!running || end == null) {
            into.notApplicable(account, AUTO_RENEW);
        } else if (automatic != null) {
            into.read(
                    account,
                    AUTO_RENEW,
                    automatic ? 1 : 0,
                    today,
                    () -> (automatic ? "renews by itself on " : "must be renewed by hand by ") + end);
        }
    }

    private static void shrinking(
            AccountId account,
            @Nullable BigDecimal before,
            @Nullable BigDecimal now,
            String currency,
            LocalDate today,
            Readings into) {
        if (before == null || now == null) {
            into.notApplicable(account, SHRINKING);
            return;
        }
        double ratio = now.divide(before, 6, RoundingMode.HALF_UP).doubleValue();
        Supplier<String> evidence = () -> "revenue a year " + whole(before) + " to " + whole(now) + " " + currency;
        into.read(account, SHRINKING, ratio, today, evidence);
    }

    private static String whole(BigDecimal amount) {
        return amount.setScale(0, RoundingMode.HALF_UP).toPlainString();
    }
}
