package io.perennial.bench;

import java.time.LocalDate;
import java.time.YearMonth;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A company made by SQL: every kind of fact that health reads, for any number of accounts. */
final class SyntheticCompany {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-24");

    /** Of single facts; half a year of them is what live scoring looks at. */
    private static final int USUAL_DAYS = 180;

    private final JdbcClient database;
    private final int accounts;
    private final int daysOfUse;

    SyntheticCompany(JdbcClient database, int accounts) {
        this(database, accounts, 90);
    }

    /** @param daysOfUse up to 24 November 2026; cases, answers and talks go back as far and half a year at least */
    SyntheticCompany(JdbcClient database, int accounts, int daysOfUse) {
        this.database = database;
        this.accounts = accounts;
        this.daysOfUse = daysOfUse;
    }

    void create() {
        int days = Math.max(USUAL_DAYS, daysOfUse);
        sql("""
                insert into accounts.account (id, external_id, name, segment, created_at, updated_at)
                select gen_random_uuid(), 'b' || n, 'Company ' || n,
                       (array['Enterprise', 'Mid-market', 'SMB'])[1 + mod(n, 3)], now(), now()
                from generate_series(1, %d) n""".formatted(accounts));
        sql("""
                insert into accounts.contact (id, external_id, account_id, name, roles, left_on, created_at, updated_at)
                select gen_random_uuid(), a.external_id || '-' || k, a.id, 'Person ' || k,
                       case k when 1 then array['decision_maker'] else array['user'] end,
                       case when random() < .03 then date '2026-11-01' end, now(), now()
                from accounts.account a, generate_series(1, 3) k""");
        sql("""
                insert into contracts.contract_line (id, external_id, account_id, product, kind, amount, period, currency,
                    starts_on, ends_on, seats, created_at, updated_at)
                select gen_random_uuid(), external_id || '-l', id, 'Planner', 'subscription', 1000 + (random() * 90000)::int,
                       'year', 'EUR', date '2025-01-01' + (random() * 300)::int, date '2026-12-01' + (random() * 360)::int,
                       10 + (random() * 90)::int, now(), now()
                from accounts.account""");
        sql("""
                insert into cases.support_case (id, external_id, account_id, opened_at, first_response_at, resolved_at,
                    priority, created_at, updated_at)
                select gen_random_uuid(), a.external_id || '-c' || k, a.id, o.at, o.at + interval '3 hours',
                       o.at + interval '2 days', 'medium', now(), now()
                from accounts.account a, generate_series(1, 6 * %1$d / 180) k,
                     lateral (select timestamptz '2026-11-20' - (random() * %1$d + 0 * k) * interval '1 day' as at) o
                """.formatted(days));
        sql("""
                insert into surveys.survey_response (id, external_id, account_id, kind, score, answered_at, created_at, updated_at)
                select gen_random_uuid(), external_id || '-s', id, 'nps', (random() * 10)::int,
                       timestamptz '2026-11-20' - random() * %d * interval '1 day', now(), now()
                from accounts.account where random() < .6
                """.formatted(days));
        sql("""
                insert into engagement.touchpoint (id, external_id, account_id, kind, direction, at, created_at, updated_at)
                select gen_random_uuid(), a.external_id || '-t' || k, a.id, 'call', 'both', o.at, now(), now()
                from accounts.account a, generate_series(1, 4 * %1$d / 180) k,
                     lateral (select timestamptz '2026-11-20' - (random() * %1$d + 0 * k) * interval '1 day' as at) o
                """.formatted(days));
        usage();
        sql("vacuum analyze");
    }

    private void usage() {
        sql("""
                insert into usage.feature (id, name, first_used_on, created_at)
                select n, 'feature ' || n, date '2024-08-01', now() from generate_series(1, 12) n""");
        LocalDate first = TODAY.minusDays(daysOfUse);
        for (YearMonth month = YearMonth.from(first);
                !month.isAfter(YearMonth.from(TODAY));
                month = month.plusMonths(1)) {
            month(month);
        }
        facts(first, daysOfUse);
        sql("""
                insert into usage.company_day (day, events, active_users, accounts)
                select day, sum(events), sum(active_users), count(*) from usage.account_day group by day""");
        sql("""
                insert into usage.cohort_day (day, events, active_users, features, sealed_at)
                select day, events, active_users, 12, now() from usage.company_day""");
    }

    /** Everybody uses the product for one more day. */
    void use(LocalDate day) {
        month(YearMonth.from(day));
        facts(day, 1);
        sql("""
                insert into usage.company_day (day, events, active_users, accounts)
                select day, sum(events), sum(active_users), count(*) from usage.account_day where day = '%s'
                group by day""".formatted(day));
    }

    /** Three logins a day out of fifteen, each with one of twelve features. */
    private void facts(LocalDate first, int days) {
        sql("""
                insert into usage.daily (account_id, day, feature_id, user_id, events)
                select a.id, d.day, 1 + mod(d.n + k, 12), 1 + 5 * k + (random() * 4)::int, 2 + (random() * 20)::int
                from accounts.account a,
                     (select n, date '2024-08-26' + n as day from generate_series(0, 2000) n) d, generate_series(0, 2) k
                where d.day between '%1$s' and '%2$s' and mod(hashtext(a.external_id || d.n), 10) < 8
                """.formatted(first, first.plusDays(days - 1L)));
        sql("""
                insert into usage.account_day (account_id, day, events, active_users, seconds, errors, features)
                select account_id, day, sum(events), count(distinct user_id), 0, 0, array_agg(distinct feature_id)
                from usage.daily where day between '%1$s' and '%2$s' group by account_id, day
                """.formatted(first, first.plusDays(days - 1L)));
        // Live scoring, which takes the accounts that an import marked, has packed them by the time of a recompute.
        sql("""
                insert into usage.unpacked
                select distinct account_id, date_trunc('month', day)::date from usage.account_day
                where day between '%1$s' and '%2$s' on conflict do nothing
                """.formatted(first, first.plusDays(days - 1L)));
        database.sql("select usage.pack_due(array(select id from accounts.account))")
                .query(row -> {});
    }

    private void month(YearMonth month) {
        sql(
                "create table if not exists usage.daily_%1$d_%2$02d partition of usage.daily for values from ('%3$s') to ('%4$s')"
                        .formatted(
                                month.getYear(),
                                month.getMonthValue(),
                                month.atDay(1),
                                month.plusMonths(1).atDay(1)));
    }

    private void sql(String statement) {
        database.sql(statement).update();
    }
}
