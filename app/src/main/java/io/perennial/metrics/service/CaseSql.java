package io.perennial.metrics.service;

import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Writes the statements: one look at the cases answers any number of metrics with the same base. */
final class CaseSql {

    /** Groups of one dimension that are shown; how many more there are is said. */
    static final int MOST_GROUPS = 200;

    /** The program of the account on the day; of several the highest tier, as clocks count. */
    private static final String PROGRAM = """
             left join lateral (
                select p.name from programs.enrolment e
                join programs.version v on v.id = e.version_id
                join programs.program p on p.id = v.program_id
                where e.account_id = c.account_id and e.starts_on <= (c.opened_at at time zone 'UTC')::date
                    and (e.ends_on is null or e.ends_on > (c.opened_at at time zone 'UTC')::date)
                order by p.tier desc, e.starts_on desc, e.id limit 1) program on true
            """;

    /** The team that the case was given to, else that of whoever has it. */
    private static final String TEAM = """
             left join identity.team_member doer on doer.id = c.assignee_id
             left join identity.team team on team.id = coalesce(c.team_id, doer.team_id)
            """;

    private CaseSql() {}

    /** Totals in the row without key, and a row for each group. */
    static String summary(List<Spec> specs, Question question) {
        Base base = specs.getFirst().base();
        List<String> columns = new ArrayList<>();
        List<String> sums = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            columns(specs.get(i), i, columns);
            sums(specs.get(i), i, sums);
        }
        boolean grouped = question.by() != null;
        return """
                select %s, count(*) as base, count(*) over () as groups,
                    %s
                from (
                    select %s
                    from %s
                    where %s
                ) f
                %s""".formatted(
                        grouped ? "grouping(key) as whole, key" : "1 as whole, null as key",
                        String.join(",\n    ", sums),
                        (grouped ? key(question, base) + " as key, " : "") + String.join(",\n        ", columns),
                        clocksAlone(base, question) ? "cases.clock k" : from(base, question),
                        clocksAlone(base, question)
                                ? base.condition() + NOT_MERGED + group(question, base)
                                : where(base, question),
                        !grouped
                                ? ""
                                : "group by grouping sets ((), (key))\norder by grouping(key) desc, "
                                        + (question.by() == Dimension.MONTH ? "key" : "count(*) desc, key")
                                        + " limit " + (MOST_GROUPS + 1));
    }

    private static void columns(Spec spec, int i, List<String> columns) {
        columns.add(spec.counted() + " as c" + i);
        if (spec.hit() != null) {
            columns.add(spec.hit() + " as h" + i);
        }
        if (spec.value() != null) {
            columns.add("(" + spec.value() + ")::double precision as v" + i);
        }
        int n = 0;
        for (String left : spec.leftOut().values()) {
            columns.add(left + " as x" + i + "_" + n++);
        }
    }

    private static void sums(Spec spec, int i, List<String> sums) {
        counts(spec, i, sums);
        if (spec.value() != null) {
            sums.add(("percentile_cont(array[0.25, 0.5, 0.75, 0.9, 0.95]) within group (order by v%1$d)"
                            + " filter (where c%1$d) as p%1$d, avg(v%1$d) filter (where c%1$d) as mean%1$d")
                    .formatted(i));
        }
    }

    private static void counts(Spec spec, int i, List<String> sums) {
        sums.add("count(*) filter (where c%1$d) as n%1$d".formatted(i));
        if (spec.hit() != null) {
            sums.add("count(*) filter (where c%1$d and h%1$d) as hits%1$d".formatted(i));
        }
        for (int n = 0; n < spec.leftOut().size(); n++) {
            sums.add("count(*) filter (where x%1$d_%2$d) as left%1$d_%2$d".formatted(i, n));
        }
    }

    /** A row for each day of the spans that has a case or a clock: what the whole company counts, and the values packed. */
    static String daily(List<Spec> specs) {
        Base base = specs.getFirst().base();
        List<String> columns = new ArrayList<>();
        List<String> sums = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            columns(specs.get(i), i, columns);
            counts(specs.get(i), i, sums);
            if (specs.get(i).value() != null) {
                sums.add("string_agg(float8send(v%1$d), ''::bytea) filter (where c%1$d) as v%1$d".formatted(i));
            }
        }
        return """
                select day, count(*) as base,
                    %s
                from (
                    select metrics.utc_day(%s) as day, %s
                    from unnest(cast(:starts as timestamptz[]), cast(:ends as timestamptz[])) as span (starts, ends)
                    join %s on %s >= span.starts and %s < span.ends%s
                ) f
                group by day""".formatted(
                        String.join(",\n    ", sums),
                        base.moment(),
                        String.join(",\n        ", columns),
                        base.alone(),
                        base.moment(),
                        base.moment(),
                        base == Base.PROMISED ? NOT_MERGED : " and c.merged_into is null");
    }

    /** Keeps that, a row for each figure and day. */
    static String keep(List<Spec> specs) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            Spec spec = specs.get(i);
            List<String> left = new ArrayList<>();
            for (int x = 0; x < spec.leftOut().size(); x++) {
                left.add("q.left" + i + "_" + x);
            }
            rows.add("('%s', q.n%d, %s, array[%s]::bigint[], %s)"
                    .formatted(
                            DailySpecs.name(spec).orElseThrow(),
                            i,
                            spec.hit() == null ? "0" : "q.hits" + i,
                            String.join(", ", left),
                            spec.value() == null ? "null::bytea" : "q.v" + i));
        }
        return """
                insert into metrics.day_figure (spec, day, base, n, hits, left_out, spread)
                select s.spec, q.day, q.base, s.n, s.hits, s.left_out, s.spread
                from (%s) q cross join lateral (values %s) as s (spec, n, hits, left_out, spread)
                """.formatted(daily(specs), String.join(",\n    ", rows));
    }

    /** The cases of one figure, slowest or latest first; what they are called is asked of those of the page only. */
    static String rows(Spec spec, Question question, String part) {
        Base base = spec.base();
        String order = (spec.value() == null ? "" : "value desc nulls last, ") + "at desc, id";
        return """
                select f.*, a.name as account
                from (
                    select c.id, c.number, coalesce(c.subject, 'Case ' || c.external_id) as subject, c.account_id,
                        %s as at, %s as label, %s as value, %s as hit, %s as counted
                    from %s
                    where %s and %s
                    order by %s%s desc, c.id
                    limit :limit offset :offset
                ) f
                join accounts.account a on a.id = f.account_id
                order by %s""".formatted(
                        base.moment(),
                        base.label(),
                        spec.value() == null ? "null::double precision" : "(" + spec.value() + ")::double precision",
                        spec.hit() == null ? "null::boolean" : spec.hit(),
                        spec.counted(),
                        from(base, question),
                        where(base, question),
                        part,
                        spec.value() == null ? "" : "(" + spec.value() + ")::double precision desc nulls last, ",
                        base.moment(),
                        order);
    }

    /** How many there are. */
    static String many(Spec spec, Question question, String part) {
        Base base = spec.base();
        return "select count(*) from %s where %s and %s".formatted(from(base, question), where(base, question), part);
    }

    private static String from(Base base, Question question) {
        return base.from()
                + (question.by() == Dimension.PROGRAM ? PROGRAM : question.by() == Dimension.TEAM ? TEAM : "");
    }

    private static String where(Base base, Question question) {
        return base.condition()
                + " and c.merged_into is null"
                + (question.owner() == null
                        ? ""
                        : " and c.account_id in (select id from accounts.account where owner_id = :owner)")
                + group(question, base);
    }

    /** Clocks alone say enough unless somebody asks about their cases: a join of a year's clocks costs most of the time. */
    private static boolean clocksAlone(Base base, Question question) {
        return base == Base.PROMISED
                && question.owner() == null
                && (question.by() == null || question.by() == Dimension.MONTH);
    }

    private static String group(Question question, Base base) {
        return question.by() == null || question.group() == null ? "" : " and " + key(question, base) + " = :group";
    }

    private static final String NOT_MERGED =
            " and not exists (select from cases.support_case x where x.id = k.case_id and x.merged_into is not null)";

    private static String key(Question question, Base base) {
        if (question.by() == Dimension.MONTH) {
            return base == Base.OPEN_EACH_MONTH
                    ? "months.month"
                    : "to_char(" + base.moment() + " at time zone 'UTC', 'YYYY-MM')";
        }
        return KEYS.getOrDefault(question.by(), "''");
    }

    private static final Map<Dimension, String> KEYS = Map.of(
            Dimension.TEAM, "coalesce(team.name, '')",
            Dimension.TEAM_MEMBER, "coalesce(c.assignee, '')",
            Dimension.PROGRAM, "coalesce(program.name, '')",
            Dimension.PRODUCT, "coalesce(c.product, '')",
            Dimension.CUSTOMER, "c.account_id::text",
            Dimension.PRIORITY, "coalesce(c.priority, '')",
            Dimension.CHANNEL, "coalesce(c.channel, '')",
            Dimension.CAUSE, "coalesce(c.cause, '')");

    static StatementSpec statement(JdbcClient database, String sql, Question question) {
        return database.sql(sql)
                .param("from", Timestamp.from(question.start()))
                .param("until", Timestamp.from(question.end()))
                .param("now", Timestamp.from(question.asOf()))
                .param("owner", question.owner())
                .param("group", question.group());
    }
}
