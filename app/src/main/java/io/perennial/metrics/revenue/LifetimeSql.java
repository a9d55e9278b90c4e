package io.perennial.metrics.revenue;

import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading.Part;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Writes the statements over {@code metrics.lifetimes}. A customer's time begins with its first revenue, or on the day since which it is known
 * to be a customer; of those known longer than their contracts only what the contracts cover was observed.
 */
final class LifetimeSql {

    static final int MOST_GROUPS = 100;

    static final Map<Dimension, String> KEYS = Map.of(
            Dimension.SEGMENT, "coalesce(a.segment, '')",
            Dimension.INDUSTRY, "coalesce(a.industry, '')",
            Dimension.COUNTRY, "coalesce(a.country, '')",
            Dimension.OWNER, "coalesce(o.name, '')",
            Dimension.COHORT, "to_char(least(l.first_on, a.customer_since), 'YYYY')");

    /** Who began in the period, as far as is known today. */
    private static final String OF_PERIOD = """
            select l.account_id, %1$s as key, b.born, l.first_on, %2$s as lost_on,
                metrics.month_days(l.first_on) - metrics.month_days(b.born) as entered,
                metrics.month_days(coalesce(%2$s, :today)) - metrics.month_days(b.born) as stayed
            from metrics.lifetimes(:today, :graced) l
            join accounts.account a on a.id = l.account_id%3$s
            cross join lateral (select least(l.first_on, a.customer_since) as born) b
            where b.born >= :from and b.born < :until%4$s""";

    /** Everybody, as long as within the period: who came before it counts from the age that it had. */
    private static final String WITHIN_PERIOD = """
            select w.account_id, w.key, w.born, w.first_on, w.lost_on,
                metrics.month_days(w.since) - metrics.month_days(w.born) as entered,
                metrics.month_days(coalesce(w.lost_on, w.last_on)) - metrics.month_days(w.born) as stayed
            from (
                select l.account_id, %1$s as key, b.born, l.first_on, greatest(l.first_on, cast(:from as date) - 1) as since,
                    p.last_on, case when %2$s <= p.last_on then %2$s end as lost_on
                from metrics.lifetimes(:today, :graced) l
                join accounts.account a on a.id = l.account_id%3$s
                cross join lateral (select least(l.first_on, a.customer_since) as born) b
                cross join (select least(cast(:until as date) - 1, :today) as last_on) p
                where l.first_on <= p.last_on and coalesce(%2$s, 'infinity') >= :from%4$s
            ) w""";

    private LifetimeSql() {}

    /** Each customer with its group and how old it was when it was first seen and when it was lost or last seen. */
    static String lives(Question question, Lives lives) {
        Dimension by = question.by();
        String key = by == null ? "''" : Objects.requireNonNull(KEYS.get(by));
        return (lives.within() ? WITHIN_PERIOD : OF_PERIOD)
                .formatted(
                        key,
                        lives.last() ? "l.left_on" : "l.lost_on",
                        by == Dimension.OWNER ? "\nleft join identity.team_member o on o.id = a.owner_id" : "",
                        (question.owner() == null ? "" : " and a.owner_id = :owner")
                                + (by == null || question.group() == null ? "" : " and " + key + " = :group"));
    }

    /**
     * For each group, and for all, the ages, thirty-one to a month, at which somebody was lost, with how many were at risk: all who stayed so long but for
     * those who came in later. Ages are worked out once for each customer (offset 0). Beside them the first age in each month and the last of all, so that a curve can be told month by month.
     */
    static String steps(Question question, Lives lives) {
        return """
                select t.*
                from (
                    select s.*, sum(s.ends) over (partition by s.whole, s.key) as customers,
                        sum(s.ends - case when s.age > 0 then s.begins else 0 end)
                            over (partition by s.whole, s.key order by s.age desc) as at_risk,
                        s.age / 31 is distinct from lag(s.age) over (partition by s.whole, s.key order by s.age) / 31 as new_month,
                        lead(s.age) over (partition by s.whole, s.key order by s.age) is null as last
                    from (
                        select m.key, grouping(m.key) = 1 as whole, m.age, sum(m.begins)::bigint as begins,
                            sum(m.ends)::bigint as ends, sum(m.lost)::bigint as lost
                        from (
                            select v.key, e.age, sum(e.begins) as begins, sum(e.ends) as ends, sum(e.lost) as lost
                            from (
                                %s
                                offset 0
                            ) v
                            cross join lateral (values
                                (v.entered, 1, 0, 0),
                                (v.stayed, 0, 1, (v.lost_on is not null)::int)) e (age, begins, ends, lost)
                            group by 1, 2
                        ) m
                        group by grouping sets ((m.key, m.age), (m.age))
                    ) s
                ) t
                where t.lost > 0 or t.new_month or t.last
                order by t.whole desc, t.customers desc, t.key, t.age
                """.formatted(lives(question, lives).indent(16).strip());
    }

    /** Customers, those who stayed longest first; with what they bring today. */
    static String rows(Question question, Lives lives, Part part) {
        return """
                select v.account_id, a.name, coalesce(a.segment, '') as segment, v.born, v.lost_on, v.stayed, count(*) over () as all_rows
                from (
                    %s
                ) v
                join accounts.account a on a.id = v.account_id
                where %s
                order by v.stayed desc, a.name, v.account_id
                limit :limit offset :offset""".formatted(
                        lives(question, lives).indent(8).strip(),
                        switch (part) {
                            case BASE -> "true";
                            case COUNTED -> "v.lost_on is null";
                            case NOT_COUNTED -> "v.lost_on is not null";
                            case EXCLUDED -> "false";
                        });
    }

    static StatementSpec statement(JdbcClient database, String sql, Question question, Lives lives) {
        return database.sql(sql)
                .param("from", question.from())
                .param("until", question.until())
                .param("today", LocalDate.ofInstant(question.asOf(), ZoneOffset.UTC))
                .param("graced", lives.graced())
                .param("owner", question.owner())
                .param("group", question.group());
    }
}
