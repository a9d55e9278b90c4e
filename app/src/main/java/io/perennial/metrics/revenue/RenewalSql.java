package io.perennial.metrics.revenue;

import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Writes the statements over what was due. */
final class RenewalSql {

    static final int MOST_ROWS = 400;

    private static final Map<Dimension, String> KEYS = Map.of(
            Dimension.SEGMENT, "coalesce(a.segment, '')",
            Dimension.INDUSTRY, "coalesce(a.industry, '')",
            Dimension.COUNTRY, "coalesce(a.country, '')",
            Dimension.OWNER, "coalesce(o.name, '')",
            Dimension.CUSTOMER, "d.account_id::text",
            Dimension.COHORT,
                    "to_char((select min(l.starts_on) from contracts.contract_line l"
                            + " where l.account_id = d.account_id and l.annual > 0), 'YYYY')",
            Dimension.PRODUCT, "d.product",
            Dimension.CURRENCY, "d.currency",
            Dimension.MONTH, "to_char(d.due_on, 'YYYY-MM')");

    private RenewalSql() {}

    static String sums(RenewalSpec spec, Question question) {
        return """
                select s.*, max(s.place) over () as keys
                from (
                    select f.key, f.currency,
                        count(*) filter (where %1$s) as n,
                        count(*) filter (where %1$s and %2$s) as hits,
                        coalesce(sum(f.annual) filter (where %1$s), 0) as base,
                        coalesce(sum(f.counted) filter (where %1$s and %2$s), 0) as counted,
                        count(*) filter (where f.outcome = 'lapsed' and not f.monthly) as lapsed,
                        count(*) filter (where f.outcome = 'pending' and not f.monthly) as pending,
                        count(*) filter (where f.monthly) as monthly,
                        percentile_cont(0.5) within group (order by f.renewed_on - f.due_on)
                            filter (where %1$s and f.outcome = 'renewed' and f.renewed_on > f.due_on) as days_late,
                        dense_rank() over (order by f.key) as place,
                        sum(count(*)) over (partition by f.key) as weight
                    from (
                        %3$s
                    ) f
                    group by f.key, f.currency
                ) s
                order by %4$s, s.key, s.currency
                limit %5$d""".formatted(
                        spec.base(),
                        spec.hit(),
                        due(spec, question).indent(12).strip(),
                        question.by() == Dimension.MONTH ? "s.key" : "s.weight desc",
                        MOST_ROWS);
    }

    /** Amounts at the company's rates, where it has some. */
    private static String due(RenewalSpec spec, Question question) {
        Dimension by = question.by();
        String key = by == null ? "''" : Objects.requireNonNull(KEYS.get(by));
        return """
                select d.account_id, d.product, case when r.currency is null then d.currency else own.currency end as currency,
                    d.annual / coalesce(r.units, 1) as annual, d.counted / coalesce(r.units, 1) as counted, d.due_on,
                    d.monthly, d.renewed_on, d.same_product, d.outcome, %s as key
                from (
                    %s
                ) d
                join accounts.account a on a.id = d.account_id%s
                left join contracts.exchange_rate own on own.own
                left join contracts.exchange_rate r on r.currency = d.currency and own.currency is not null
                where true%s%s""".formatted(
                        key,
                        spec.source().sql().indent(8).strip(),
                        by == Dimension.OWNER ? "\nleft join identity.team_member o on o.id = a.owner_id" : "",
                        question.owner() == null ? "" : " and a.owner_id = :owner",
                        by == null || question.group() == null ? "" : " and " + key + " = :group");
    }

    /** What was due, the largest first. */
    static String rows(RenewalSpec spec, Question question, String condition) {
        return """
                select f.account_id, a.name, f.product, f.due_on, f.currency, f.annual, f.outcome, f.renewed_on,
                    count(*) over () as all_rows
                from (
                    %s
                ) f
                join accounts.account a on a.id = f.account_id
                where %s
                order by f.annual desc, f.due_on, a.name
                limit :limit offset :offset""".formatted(due(spec, question).indent(8).strip(), condition);
    }

    static StatementSpec statement(JdbcClient database, String sql, Question question) {
        return database.sql(sql)
                .param("from", question.from())
                .param("until", question.until())
                .param("today", LocalDate.ofInstant(question.asOf(), ZoneOffset.UTC))
                .param("owner", question.owner())
                .param("group", question.group());
    }
}
