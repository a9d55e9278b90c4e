package io.perennial.metrics.profit;

import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Terms that were due and decided, with the hours of service in the year before, in the database's words: statements about them add
 * up there, so that a company with many terms sends none of them.
 */
final class RenewalTerms {

    private RenewalTerms() {}

    /** Gives {@code decided}: account_id, name, segment, key of the group asked for, due_on, hours, renewed. */
    static String decided(Question question, String activity) {
        String key = key(question);
        String hours = activity.isEmpty() ? """
                    select k.account_id, k.month as day, sum(k.minutes) as minutes from metrics.cost k
                    where k.month >= cast(:from as date) - 397 and k.month < :until and k.minutes > 0 group by 1, 2""" : """
                    select e.account_id, e.day, e.minutes from metrics.time_entry e
                    where lower(e.activity) = lower(:activity) and e.day >= cast(:from as date) - 366 and e.day < :until""";
        return """
                with term as materialized (
                    select row_number() over () as n, r.account_id, r.due_on, r.outcome
                    from contracts.renewals(:from, :until, :today) r
                    where r.outcome in ('renewed', 'lost') and not r.monthly
                ), work as materialized (
                %s
                ), served as (
                    select t.n, sum(w.minutes) / 60 as hours from term t
                    join work w on w.account_id = t.account_id and w.day < t.due_on and w.day >= t.due_on - 365
                    group by 1
                ), decided as materialized (
                    select t.account_id, a.name, coalesce(a.segment, '') as segment, %s as key, t.due_on,
                        coalesce(s.hours, 0)::double precision as hours, t.outcome = 'renewed' as renewed
                    from term t
                    join accounts.account a on a.id = t.account_id
                    left join served s on s.n = t.n
                    where true%s%s
                )
                """.formatted(
                        hours,
                        key,
                        question.owner() == null ? "" : " and a.owner_id = :owner",
                        question.group() == null || question.by() == null ? "" : " and " + key + " = :group");
    }

    private static String key(Question question) {
        return question.by() == Dimension.SEGMENT
                ? "coalesce(a.segment, '')"
                : question.by() == Dimension.INDUSTRY ? "coalesce(a.industry, '')" : "''";
    }

    static StatementSpec statement(JdbcClient database, String sql, Question question, String activity) {
        return database.sql(sql)
                .param("from", question.from())
                .param("until", question.until())
                .param("today", LocalDate.ofInstant(question.asOf(), ZoneOffset.UTC))
                .param("activity", activity)
                .param("owner", question.owner())
                .param("group", question.group());
    }
}
