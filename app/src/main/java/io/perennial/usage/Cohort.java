package io.perennial.usage;

import io.perennial.accounts.Changes;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What all accounts together did on each finished day. Falling use is judged against it, so it is sealed: one
 * account's late fact must not move the others' readings unseen. When a day has finished, or a sealed day has drifted
 * by more than {@link #DRIFT}, the totals are sealed anew and every account that uses the product is marked as changed.
 */
@Component
class Cohort {

    /** Share of a day's total by which it may differ from its seal. */
    static final double DRIFT = 0.05;

    /** Sealing marks every account, so large companies seal more rarely: a minute for each so many accounts. */
    static final int ACCOUNTS_PER_MINUTE = 10_000;

    /** How far back the falling-use test looks. */
    static final int DAYS = 120;

    private static final String FEATURES =
            "(select count(*) from usage.feature f where f.id <> 0 and f.first_used_on <= c.day)";

    private final JdbcClient database;
    private final Changes changes;
    private final DailyFacts facts;

    Cohort(JdbcClient database, Changes changes, DailyFacts facts) {
        this.facts = facts;
        this.database = database;
        this.changes = changes;
    }

    /** @return whether the seal was renewed; not while another writes usage, who seals when done */
    boolean seal(Instant now, LocalDate today) {
        if (!drifted(today) || tooSoon(now) || !facts.tryLock()) {
            return false;
        }
        database.sql("""
                insert into usage.cohort_day as s (day, events, active_users, features, sealed_at)
                select c.day, c.events, c.active_users, %s, :now from usage.company_day c where c.day < :today
                on conflict (day) do update
                set events = excluded.events, active_users = excluded.active_users, features = excluded.features,
                    sealed_at = excluded.sealed_at
                where (s.events, s.active_users, s.features)
                    <> (excluded.events, excluded.active_users, excluded.features)
                """.formatted(FEATURES))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("today", today)
                .update();
        List<AccountId> accounts = database.sql("""
                select account_id from usage.account_month where month >= :from and month < :today
                union
                select account_id from usage.unpacked where month >= :from and month < :today
                """)
                .param("from", today.minusDays(DAYS).withDayOfMonth(1))
                .param("today", today)
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list();
        changes.mark(accounts);
        return true;
    }

    /** The sealed totals of the {@link #DAYS} days up to the last finished day that anybody has used the product. */
    Optional<CohortTotals> before(LocalDate today) {
        List<CohortTotals.Day> days = database.sql("""
                select day, events, active_users, features from usage.cohort_day
                where day < :today
                    and day > (select max(day) from usage.cohort_day where day < :today) - cast(:days as int)
                order by day
                """)
                .param("today", today)
                .param("days", DAYS)
                .query((row, number) -> new CohortTotals.Day(
                        row.getObject("day", LocalDate.class),
                        row.getLong("events"),
                        row.getLong("active_users"),
                        row.getInt("features")))
                .list();
        return days.isEmpty() ? Optional.empty() : Optional.of(CohortTotals.of(days, DAYS));
    }

    /** The last sealed day before a day; empty when nobody used the product before it. */
    Optional<LocalDate> lastBefore(LocalDate day) {
        return database.sql("select max(day) from usage.cohort_day where day < :day")
                .param("day", day)
                .query((row, number) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .single();
    }

    private boolean drifted(LocalDate today) {
        return database.sql("""
                select exists (
                    select from usage.company_day c left join usage.cohort_day s using (day)
                    where c.day < :today
                        and (s.day is null
                            or abs(c.events - s.events) > :drift * greatest(s.events, c.events)
                            or abs(c.active_users - s.active_users) > :drift * greatest(s.active_users, c.active_users)))
                    or exists (
                        select from usage.cohort_day c
                        where c.day = (select max(day) from usage.company_day where day < :today)
                            and c.features <> %s)
                """.formatted(FEATURES))
                .param("today", today)
                .param("drift", DRIFT)
                .query(Boolean.class)
                .single();
    }

    private boolean tooSoon(Instant now) {
        Instant earliest = database.sql("""
                select (select max(sealed_at) from usage.cohort_day)
                    + (select max(accounts) from usage.company_day) / cast(:pace as int) * interval '1 minute'
                """)
                .param("pace", ACCOUNTS_PER_MINUTE)
                .query((row, number) -> {
                    Timestamp at = row.getTimestamp(1);
                    return at == null ? Instant.EPOCH : at.toInstant();
                })
                .single();
        return now.isBefore(earliest.minus(Duration.ofMillis(1)));
    }
}
