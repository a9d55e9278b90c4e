package io.perennial.cases;

import io.perennial.accounts.Changes;
import io.perennial.health.detection.CohortMoments;
import io.perennial.shared.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How often accounts ask for help: mean and spread of their weekly rates over 26 weeks, over the accounts that ever
 * asked. Sealed per day, so that a case of one account does not move the others' readings unseen; sealed anew, with
 * every asking account marked as changed, when the number of requests or accounts drifts. A day without seal, such as
 * one of a back-test, is computed from the facts before it.
 */
@Component
class RequestCohort {

    static final int WEEKS = 26;

    /** Share by which the requests of the cohort may differ from the seal. */
    static final double DRIFT = 0.05;

    /** Looking costs a pass over the cases, so large companies look more rarely: a second for each so many accounts. */
    static final int ACCOUNTS_PER_SECOND = 100;

    private final JdbcClient database;
    private final Changes changes;
    private volatile @Nullable Instant next;

    RequestCohort(JdbcClient database, Changes changes) {
        this.database = database;
        this.changes = changes;
    }

    CohortMoments moments(LocalDate today) {
        return sealed(today).orElseGet(() -> compute(today)).moments();
    }

    void seal(Instant now, LocalDate today) {
        Optional<Figures> sealed = sealed(today);
        Instant earliest = next;
        if (sealed.isPresent() && earliest != null && now.isBefore(earliest)) {
            return;
        }
        Figures fresh = compute(today);
        next = now.plus(Duration.ofSeconds(fresh.accounts() / ACCOUNTS_PER_SECOND));
        if (fresh.accounts() == 0
                || sealed.map(before -> !before.driftedTo(fresh)).orElse(false)) {
            return;
        }
        keep(fresh, now, today);
        List<AccountId> asked = database.sql("select distinct account_id from cases.support_case")
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list();
        changes.mark(asked);
    }

    /** A day of the past that is asked for many accounts; marks nobody. */
    void sealPast(Instant now, LocalDate day) {
        if (sealed(day).isEmpty()) {
            Figures fresh = compute(day);
            if (fresh.accounts() > 0) {
                keep(fresh, now, day);
            }
        }
    }

    private void keep(Figures fresh, Instant now, LocalDate today) {
        database.sql("""
                insert into cases.cohort_day (day, accounts, requests, mean, variance, sealed_at)
                values (:day, :accounts, :requests, :mean, :variance, :now)
                on conflict (day) do update
                set accounts = excluded.accounts, requests = excluded.requests, mean = excluded.mean,
                    variance = excluded.variance, sealed_at = excluded.sealed_at
                """)
                .param("day", today)
                .param("accounts", fresh.accounts())
                .param("requests", fresh.requests())
                .param("mean", fresh.moments().mean())
                .param("variance", fresh.moments().variance())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private record Figures(int accounts, long requests, CohortMoments moments) {

        boolean driftedTo(Figures fresh) {
            return far(accounts, fresh.accounts) || far(requests, fresh.requests);
        }

        private static boolean far(long before, long after) {
            return Math.abs(after - before) > DRIFT * Math.max(before, after);
        }
    }

    private Optional<Figures> sealed(LocalDate today) {
        return database.sql("select accounts, requests, mean, variance from cases.cohort_day where day = :day")
                .param("day", today)
                .query((row, number) -> new Figures(
                        row.getInt("accounts"),
                        row.getLong("requests"),
                        new CohortMoments(row.getDouble("mean"), row.getDouble("variance"))))
                .optional();
    }

    /** Days before {@code today}; a young account is counted over the weeks since its first case, at least four. */
    private Figures compute(LocalDate today) {
        return database.sql("""
                with asked as (
                    select account_id,
                        count(*) filter (where opened_at >= cast(:from as timestamptz)) as requests,
                        least(:weeks, greatest(4, (cast(:today as date)
                            - (min(opened_at) at time zone 'UTC')::date) / 7.0))::double precision as weeks
                    from cases.support_case
                    where opened_at < cast(:until as timestamptz)
                    group by account_id
                )
                select count(*)::int as accounts, coalesce(sum(requests), 0)::bigint as requests,
                    coalesce(avg(requests / weeks), 0) as mean,
                    greatest(0, coalesce(var_pop(requests / weeks) - avg(requests / weeks / weeks), 0)) as variance
                from asked
                """)
                .param("today", today)
                .param("until", today.atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("from", today.minusDays(7L * WEEKS).atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("weeks", WEEKS)
                .query((row, number) -> new Figures(
                        row.getInt("accounts"),
                        row.getLong("requests"),
                        new CohortMoments(row.getDouble("mean"), row.getDouble("variance"))))
                .single();
    }
}
