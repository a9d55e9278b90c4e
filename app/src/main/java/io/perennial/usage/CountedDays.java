package io.perennial.usage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * {@code account_day} and {@code company_day} as counted use moves them. Counted rows always name a feature, so that their
 * sum is the day's sum as long as nobody else says anything about the day.
 */
@Component
class CountedDays {

    private static final Comparator<AccountDay> ORDER =
            Comparator.comparing(AccountDay::account).thenComparing(AccountDay::day);

    private final JdbcClient database;
    private final Rollups rollups;

    CountedDays(JdbcClient database, Rollups rollups) {
        this.database = database;
        this.rollups = rollups;
    }

    private static final class Sum {
        private long events;
        private final Set<Integer> features = new TreeSet<>();
    }

    private record Present(boolean counted, Set<Integer> features) {}

    /** @param newUsers logins that were not there on the day before these rows */
    void add(List<CountedRow> rows, Map<AccountDay, Integer> newUsers) {
        Map<AccountDay, Sum> sums = new LinkedHashMap<>();
        for (CountedRow row : rows) {
            Sum sum = sums.computeIfAbsent(row.key().on(), key -> new Sum());
            sum.events += row.events();
            sum.features.add(row.key().feature());
        }
        Map<AccountDay, Present> present = present(sums.keySet());
        List<AccountDay> mixed = new ArrayList<>();
        Map<AccountDay, Sum> counted = new LinkedHashMap<>();
        sums.forEach((day, sum) -> {
            Present there = present.get(day);
            if (there == null || there.counted()) {
                counted.put(day, sum);
            } else {
                mixed.add(day);
            }
        });
        if (!counted.isEmpty()) {
            addToDays(counted, newUsers);
            addToCompany(counted, newUsers, present.keySet());
            rollups.unpack(counted.keySet());
        }
        if (!mixed.isEmpty()) {
            rollups.recompute(mixed);
        }
        firstUses(sums, present);
    }

    private Map<AccountDay, Present> present(Collection<AccountDay> days) {
        Map<AccountDay, Present> present = new HashMap<>();
        database.sql("""
                select a.account_id, a.day, a.counted, a.features
                from unnest(cast(:accounts as uuid[]), cast(:days as date[])) as t (account_id, day)
                join usage.account_day a using (account_id, day)
                """)
                .param("accounts", accounts(days))
                .param("days", days(days))
                .query(row -> {
                    Set<Integer> features =
                            Set.of((Integer[]) row.getArray("features").getArray());
                    present.put(
                            new AccountDay(
                                    row.getObject("account_id", UUID.class), row.getObject("day", LocalDate.class)),
                            new Present(row.getBoolean("counted"), features));
                });
        return present;
    }

    private void addToDays(Map<AccountDay, Sum> sums, Map<AccountDay, Integer> newUsers) {
        database.sql("""
                insert into usage.account_day as a
                    (account_id, day, events, active_users, seconds, errors, features, counted)
                select account_id, day, events, nullif(users, 0), 0, 0, cast(features as int[]), true
                from unnest(cast(:accounts as uuid[]), cast(:days as date[]), cast(:events as bigint[]),
                    cast(:users as int[]), cast(:features as text[])) as n (account_id, day, events, users, features)
                on conflict (account_id, day) do update
                set events = a.events + excluded.events,
                    active_users = case when excluded.active_users is null then a.active_users
                        else coalesce(a.active_users, 0) + excluded.active_users end,
                    features = case when a.features @> excluded.features then a.features
                        else array(select distinct f from unnest(a.features || excluded.features) as f order by f) end
                """)
                .param("accounts", accounts(sums.keySet()))
                .param("days", days(sums.keySet()))
                .param(
                        "events",
                        sums.values().stream().mapToLong(sum -> sum.events).toArray())
                .param(
                        "users",
                        sums.keySet().stream()
                                .mapToInt(day -> newUsers.getOrDefault(day, 0))
                                .toArray())
                .param(
                        "features",
                        sums.values().stream().map(sum -> array(sum.features)).toArray(String[]::new))
                .update();
    }

    private void addToCompany(Map<AccountDay, Sum> sums, Map<AccountDay, Integer> newUsers, Set<AccountDay> present) {
        Map<LocalDate, long[]> company = new TreeMap<>();
        sums.forEach((on, sum) -> {
            long[] day = company.computeIfAbsent(on.day(), key -> new long[3]);
            day[0] += sum.events;
            day[1] += newUsers.getOrDefault(on, 0);
            day[2] += present.contains(on) ? 0 : 1;
        });
        database.sql("""
                insert into usage.company_day as c (day, events, active_users, accounts)
                select * from unnest(cast(:days as date[]), cast(:events as bigint[]), cast(:users as bigint[]),
                    cast(:accounts as int[]))
                on conflict (day) do update
                set events = c.events + excluded.events, active_users = c.active_users + excluded.active_users,
                    accounts = c.accounts + excluded.accounts
                """)
                .param(
                        "days",
                        company.keySet().stream().map(LocalDate::toString).toArray(String[]::new))
                .param(
                        "events",
                        company.values().stream().mapToLong(day -> day[0]).toArray())
                .param(
                        "users",
                        company.values().stream().mapToLong(day -> day[1]).toArray())
                .param(
                        "accounts",
                        company.values().stream().mapToLong(day -> day[2]).toArray())
                .update();
    }

    /** Asked only for features that the account had not used before on that day. */
    private void firstUses(Map<AccountDay, Sum> sums, Map<AccountDay, Present> present) {
        List<AccountDay> on = new ArrayList<>();
        List<Integer> features = new ArrayList<>();
        sums.forEach((day, sum) -> {
            Present there = present.get(day);
            for (int feature : sum.features) {
                if (there == null || !there.counted() || !there.features().contains(feature)) {
                    on.add(day);
                    features.add(feature);
                }
            }
        });
        if (on.isEmpty()) {
            return;
        }
        database.sql("""
                insert into usage.first_use as f (account_id, feature_id, day)
                select account_id, feature_id, min(day)
                from unnest(cast(:accounts as uuid[]), cast(:features as int[]), cast(:days as date[]))
                    as n (account_id, feature_id, day)
                group by account_id, feature_id order by account_id, feature_id
                on conflict (account_id, feature_id) do update set day = excluded.day where excluded.day < f.day
                """)
                .param("accounts", accounts(on))
                .param(
                        "features",
                        features.stream().mapToInt(Objects::requireNonNull).toArray())
                .param("days", days(on))
                .update();
    }

    /**
     * Makes days right whose facts were replaced: days without facts go, and days that only events speak about may be
     * added to again.
     */
    void replaced(Collection<AccountDay> touched) {
        if (touched.isEmpty()) {
            return;
        }
        List<AccountDay> sorted = touched.stream().sorted(ORDER).toList();
        rollups.recompute(sorted);
        database.sql("""
                with gone as (
                    delete from usage.account_day a
                    using unnest(cast(:accounts as uuid[]), cast(:days as date[])) as t (account_id, day)
                    where a.account_id = t.account_id and a.day = t.day
                        and not exists (select from usage.daily d where d.account_id = a.account_id and d.day = a.day)
                    returning a.day, a.events, a.active_users
                ), sums as (
                    select day, sum(events) as events, sum(coalesce(active_users, 0)) as users, count(*) as accounts
                    from gone group by day
                )
                update usage.company_day c
                set events = c.events - s.events, active_users = c.active_users - s.users,
                    accounts = c.accounts - s.accounts
                from sums s where s.day = c.day
                """)
                .param("accounts", accounts(sorted))
                .param("days", days(sorted))
                .update();
        database.sql("delete from usage.company_day where accounts = 0").update();
        database.sql("""
                update usage.account_day a set counted = true
                from unnest(cast(:accounts as uuid[]), cast(:days as date[])) as t (account_id, day)
                where a.account_id = t.account_id and a.day = t.day and not a.counted
                    and not exists (
                        select from usage.daily d
                        where d.account_id = a.account_id and d.day = a.day and d.source_ref not like 'source:%')
                """)
                .param("accounts", accounts(sorted))
                .param("days", days(sorted))
                .update();
    }

    private static String[] accounts(Collection<AccountDay> days) {
        return days.stream().map(day -> day.account().toString()).toArray(String[]::new);
    }

    private static String[] days(Collection<AccountDay> days) {
        return days.stream().map(day -> day.day().toString()).toArray(String[]::new);
    }

    private static String array(Collection<Integer> values) {
        return values.toString().replace('[', '{').replace(']', '}');
    }
}
