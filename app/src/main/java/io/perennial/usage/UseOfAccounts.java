package io.perennial.usage;

import io.perennial.accounts.AccountIds;
import io.perennial.shared.AccountId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the use of any number of accounts in one statement. */
@Component
class UseOfAccounts {

    private final JdbcClient database;
    private final Seats seats;

    UseOfAccounts(JdbcClient database, Seats seats) {
        this.database = database;
        this.seats = seats;
    }

    /** Accounts that never used the product up to that day are left out. */
    List<AccountUse> read(Collection<AccountId> accounts, LocalDate first, LocalDate last, LocalDate today) {
        int length = (int) (last.toEpochDay() - first.toEpochDay()) + 1;
        return database.sql(SELECT.formatted(seats.select()))
                .param("accounts", AccountIds.array(accounts))
                .param("first", first)
                .param("last", last)
                .param("recent", last.minusDays(UsageMeasures.WINDOW))
                .param("today", today)
                .query((row, number) -> use(row, length))
                .list();
    }

    private static AccountUse use(ResultSet row, int length) throws SQLException {
        double[] events = new double[length];
        double[] users = new double[length];
        Array offsets = row.getArray("offsets");
        if (offsets != null) {
            Integer[] index = (Integer[]) offsets.getArray();
            Long[] eventsOf = (Long[]) row.getArray("events").getArray();
            Integer[] usersOf = (Integer[]) row.getArray("users").getArray();
            for (int i = 0; i < index.length; i++) {
                events[index[i]] = eventsOf[i];
                users[index[i]] = usersOf[i];
            }
        }
        return new AccountUse(
                row.getObject("account_id", UUID.class),
                events,
                users,
                row.getObject("first_used_on", LocalDate.class),
                row.getObject("last_used_on", LocalDate.class),
                row.getLong("events_of_known_users"),
                row.getLong("user_days"),
                row.getInt("named"),
                row.getObject("most_active", Integer.class),
                row.getInt("features"),
                row.getObject("seats", Long.class));
    }

    private static final String SELECT = """
            with asked as (
                select k.account_id,
                    (select d.day from usage.account_day d
                        where d.account_id = k.account_id and d.day <= :today
                            and (d.events > 0 or d.active_users > 0)
                        order by d.day limit 1) as first_used_on,
                    (select d.day from usage.account_day d
                        where d.account_id = k.account_id and d.day <= :today
                            and (d.events > 0 or d.active_users > 0)
                        order by d.day desc limit 1) as last_used_on
                from unnest(:accounts) as k (account_id)
            ), series as (
                select account_id,
                    array_agg(day - cast(:first as date)) as offsets,
                    array_agg(events) as events,
                    array_agg(coalesce(active_users, 0)) as users,
                    sum(events) filter (where day > :recent and active_users is not null) as events_of_known_users,
                    sum(active_users) filter (where day > :recent) as user_days,
                    max(active_users) filter (where day > :recent) as most_active
                from usage.account_day
                where account_id = any(:accounts) and day between :first and :last
                group by account_id
            ), logins as (
                select account_id, count(distinct user_id) as named
                from usage.daily
                where account_id = any(:accounts) and day > :recent and day <= :last and user_id <> 0
                group by account_id
            ), breadth as (
                select d.account_id, count(distinct f.id) as features
                from usage.account_day d, unnest(d.features) as f (id)
                where d.account_id = any(:accounts) and d.day > :recent and d.day <= :last
                group by d.account_id
            ), sold as (
                %s
            )
            select a.account_id, a.first_used_on, a.last_used_on, s.offsets, s.events, s.users,
                coalesce(s.events_of_known_users, 0) as events_of_known_users, coalesce(s.user_days, 0) as user_days,
                coalesce(l.named, 0)::int as named, s.most_active, coalesce(b.features, 0)::int as features,
                c.seats::bigint as seats
            from asked a
            left join series s on s.account_id = a.account_id
            left join logins l on l.account_id = a.account_id
            left join breadth b on b.account_id = a.account_id
            left join sold c on c.account_id = a.account_id
            where a.last_used_on is not null
            """;
}
