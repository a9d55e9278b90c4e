package io.perennial.events.reading;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Everything that is rolled up from events, as lines to compare. */
record Rollup(List<String> facts, List<String> slots, List<String> days, List<String> company, List<String> firstUses) {

    static Rollup of(JdbcClient database) {
        return new Rollup(
                lines(database, """
                        select concat_ws(' ', a.external_id, d.day, coalesce(u.external_id, '-'), f.name, d.source_ref, d.events)
                        from usage.daily d join accounts.account a on a.id = d.account_id
                        join usage.feature f on f.id = d.feature_id
                        left join usage.product_user u on u.id = d.user_id
                        """),
                lines(database, """
                        select concat_ws(' ', a.external_id, d.day, u.external_id,
                            (select string_agg(n::text, ' ' order by n) from generate_series(0, 287) n
                                where get_bit(d.slots, n) = 1))
                        from usage.user_day d join accounts.account a on a.id = d.account_id
                        join usage.product_user u on u.id = d.user_id
                        """),
                lines(database, """
                        select concat_ws(' ', a.external_id, d.day, d.events, d.active_users, d.counted,
                            (select string_agg(f.name, '+' order by f.name) from usage.feature f where f.id = any(d.features)))
                        from usage.account_day d join accounts.account a on a.id = d.account_id
                        """),
                lines(database, "select concat_ws(' ', day, events, active_users, accounts) from usage.company_day"),
                lines(database, """
                        select concat_ws(' ', a.external_id, f.name, d.day) from usage.first_use d
                        join accounts.account a on a.id = d.account_id join usage.feature f on f.id = d.feature_id
                        """));
    }

    /** Account days as the facts say they must be, by plain SQL. */
    static List<String> daysFromFacts(JdbcClient database) {
        return lines(database, """
                select concat_ws(' ', a.external_id, d.day, sum(d.events), nullif(count(distinct nullif(d.user_id, 0)), 0), true,
                    string_agg(distinct f.name, '+' order by f.name))
                from usage.daily d join accounts.account a on a.id = d.account_id
                join usage.feature f on f.id = d.feature_id group by a.external_id, d.day
                """);
    }

    static List<String> companyFromDays(JdbcClient database) {
        return lines(database, """
                select concat_ws(' ', day, sum(events), sum(coalesce(active_users, 0)), count(*)) from usage.account_day
                group by day
                """);
    }

    private static List<String> lines(JdbcClient database, String query) {
        return database.sql(query).query((row, number) -> row.getString(1)).list().stream()
                .sorted()
                .toList();
    }
}
