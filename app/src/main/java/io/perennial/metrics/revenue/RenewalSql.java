package io.perennial.metrics.revenue;

import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
            Dimension.COHORT, "coalesce(to_char(c.first_on, 'YYYY'), '')",
            Dimension.PRODUCT, "d.product",
            Dimension.CURRENCY, "d.currency",
            Dimension.MONTH, "to_char(d.due_on, 'YYYY-MM')");

    /** What the account says and not the term. */
    private static final Set<Dimension> OF_ACCOUNTS =
            Set.of(Dimension.SEGMENT, Dimension.INDUSTRY, Dimension.COUNTRY, Dimension.OWNER);

    private static final String FIRST = """

            left join (
                select p.account_id, min(p.first_on) as first_on from contracts.path p group by 1) c on c.account_id = d.account_id""";

    private RenewalSql() {}

    /**
     * The whole, and its groups from the same look: each term is in one of them. Terms are counted by kind first, so that several processes
     * can do it; how many days late is told with how many terms were.
     */
    static String sums(RenewalSpec spec, Question question) {
        Dimension by = question.by();
        return """
                select s.*, max(s.place) filter (where not s.whole) over () as keys
                from (
                    select g.key, g.currency, %1$s as whole,
                        coalesce(sum(g.n) filter (where g.base), 0)::bigint as n,
                        coalesce(sum(g.n) filter (where g.base and g.hit), 0)::bigint as hits,
                        coalesce(sum(g.annual) filter (where g.base), 0) as base,
                        coalesce(sum(g.counted) filter (where g.base and g.hit), 0) as counted,
                        coalesce(sum(g.n) filter (where g.outcome = 'lapsed' and not g.monthly), 0)::bigint as lapsed,
                        coalesce(sum(g.n) filter (where g.outcome = 'pending' and not g.monthly), 0)::bigint as pending,
                        coalesce(sum(g.n) filter (where g.monthly), 0)::bigint as monthly,
                        array_agg(g.late order by g.late) filter (where g.late > 0) as late,
                        array_agg(g.n::int order by g.late) filter (where g.late > 0) as late_terms,
                        dense_rank() over (partition by grouping(g.key) order by g.key) as place,
                        sum(sum(g.n)) over (partition by grouping(g.key), g.key) as weight
                    from (
                        select f.key, f.currency, %2$s as base, %3$s as hit, f.outcome, f.monthly,
                            case when %2$s and f.outcome = 'renewed' then greatest(f.renewed_on - f.due_on, 0) end as late,
                            count(*) as n, sum(f.annual) as annual, sum(f.counted) as counted
                        from (
                            %4$s
                        ) f
                        group by 1, 2, 3, 4, 5, 6, 7
                    ) g
                    group by grouping sets ((g.key, g.currency)%5$s)
                ) s
                order by s.whole desc, %6$s, s.key, s.currency
                limit %7$d""".formatted(
                        by == null ? "true" : "grouping(g.key) = 1",
                        "(" + spec.base() + ")",
                        "(" + spec.hit() + ")",
                        due(spec, question).indent(16).strip(),
                        by == null ? "" : ", (g.currency)",
                        by == Dimension.MONTH ? "s.key" : "s.weight desc",
                        MOST_ROWS);
    }

    /** Amounts at the company's rates, where it has some. */
    private static String due(RenewalSpec spec, Question question) {
        Dimension by = question.by();
        String key = by == null ? "''" : Objects.requireNonNull(KEYS.get(by));
        boolean accounts = question.owner() != null || by != null && OF_ACCOUNTS.contains(by);
        return """
                select d.account_id, d.product, coalesce(w.own, d.currency) as currency,
                    case when w.units is null then d.annual else d.annual / w.units end as annual,
                    case when w.units is null then d.counted else d.counted / w.units end as counted,
                    d.due_on, d.monthly, d.renewed_on, d.same_product, d.outcome, %s as key
                from (
                    %s
                ) d%s%s
                left join (
                    select r.currency, r.units, own.currency as own
                    from contracts.exchange_rate own join contracts.exchange_rate r on own.own) w on w.currency = d.currency
                where true%s%s""".formatted(
                        key,
                        spec.source().sql().indent(8).strip(),
                        accounts ? "\njoin accounts.account a on a.id = d.account_id" : "",
                        by == Dimension.OWNER
                                ? "\nleft join identity.team_member o on o.id = a.owner_id"
                                : by == Dimension.COHORT ? FIRST : "",
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
