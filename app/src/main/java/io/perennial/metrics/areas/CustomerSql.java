package io.perennial.metrics.areas;

import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading.Part;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Writes the statements over rows of customers. */
final class CustomerSql {

    /** Groups that are shown; how many more there are is said. */
    static final int MOST_GROUPS = 200;

    static final Set<Dimension> DIMENSIONS = EnumSet.of(
            Dimension.MONTH,
            Dimension.SEGMENT,
            Dimension.INDUSTRY,
            Dimension.COUNTRY,
            Dimension.OWNER,
            Dimension.CUSTOMER);

    /** Customers with recurring revenue on the last day of the period: a row for each currency, one of which leads. */
    static final String LIVE = """
            live as not materialized (
                select m.account_id, m.ended as arr, m.currency, m.leads
                from contracts.revenue_movements(:lastDay, :lastDay, :today, true) m
                where m.live_ended
            )""";

    private static final Map<Dimension, String> KEYS = Map.of(
            Dimension.SEGMENT, "coalesce(a.segment, '')",
            Dimension.INDUSTRY, "coalesce(a.industry, '')",
            Dimension.COUNTRY, "coalesce(a.country, '')",
            Dimension.OWNER, "coalesce(o.name, '')",
            Dimension.CUSTOMER, "f.account_id::text",
            Dimension.CURRENCY, "f.currency",
            Dimension.PROGRAM, "coalesce(f.program, '')");

    private CustomerSql() {}

    static String sums(CustomerSpec spec, Question question) {
        List<String> columns = new ArrayList<>();
        int i = 0;
        for (String sum : spec.further().values()) {
            columns.add(",\n    (" + sum + ")::numeric as further" + i++);
        }
        i = 0;
        for (String condition : spec.leftOut().values()) {
            columns.add(",\n    count(*) filter (where " + condition + ") as left" + i++);
        }
        return """
                %s
                select g.*
                from (
                    select s.*, dense_rank() over (order by s.weight desc, s.key) as place, max(s.groups) over () as keys
                    from (
                        select %s as key, f.currency,
                            count(*) filter (where f.counted) as n,
                            count(*) filter (where f.counted and f.hit) as hits,
                            coalesce(sum(f.amount) filter (where f.counted), 0) as amount,
                            coalesce(sum(f.base) filter (where f.counted), 0) as base,
                            sum(count(*)) over (partition by %s) as weight,
                            dense_rank() over (order by %s) as groups%s
                        from (
                            %s
                        ) f
                        %s
                        group by 1, 2
                    ) s
                ) g
                where g.place <= %d
                order by g.place, g.currency""".formatted(
                        with(spec),
                        key(question),
                        key(question),
                        key(question),
                        String.join("", columns),
                        spec.rows().strip().indent(16).strip(),
                        joined(question),
                        MOST_GROUPS);
    }

    static String rows(CustomerSpec spec, Question question, Part part) {
        return """
                %s
                select f.account_id, a.name, coalesce(a.segment, '') as segment, f.note,
                    coalesce(a.customer_since::timestamptz, a.created_at) as since, count(*) over () as all_rows
                from (
                    %s
                ) f
                %s%s
                order by f.rank desc nulls last, a.name, f.account_id
                limit :limit offset :offset""".formatted(
                with(spec), spec.rows().strip().indent(8).strip(), joined(question), " and " + condition(spec, part));
    }

    /** The rows themselves, for figures that no sum answers. */
    static String all(CustomerSpec spec, Question question) {
        return """
                %s
                select %s as key, f.counted, f.amount::double precision as amount, f.base::double precision as base
                from (
                    %s
                ) f
                %s""".formatted(
                        with(spec), key(question), spec.rows().strip().indent(8).strip(), joined(question));
    }

    static String list(CustomerSpec spec, Question question, String select, String order) {
        return """
                %s
                select %s
                from (
                    %s
                ) f
                %s and f.counted
                order by %s
                limit :limit offset :offset""".formatted(with(spec), select, spec.rows().strip().indent(8).strip(), joined(question), order);
    }

    private static String with(CustomerSpec spec) {
        return "with " + LIVE
                + (spec.ctes().isEmpty() ? "" : ",\n" + spec.ctes().strip());
    }

    private static String joined(Question question) {
        return "join accounts.account a on a.id = f.account_id"
                + (question.by() == Dimension.OWNER
                        ? "\n    left join identity.team_member o on o.id = a.owner_id"
                        : "")
                + "\n    where true"
                + (question.owner() == null ? "" : " and a.owner_id = :owner")
                + (question.by() == null || question.group() == null ? "" : " and " + key(question) + " = :group");
    }

    private static String key(Question question) {
        return question.by() == null || question.by() == Dimension.MONTH
                ? "''::text"
                : Objects.requireNonNull(KEYS.get(question.by()));
    }

    private static String condition(CustomerSpec spec, Part part) {
        return switch (part) {
            case BASE -> "f.counted";
            case COUNTED -> "f.counted and (" + spec.hit() + ")";
            case NOT_COUNTED -> "f.counted and (" + spec.hit() + ") is not true";
            case EXCLUDED -> "not f.counted";
        };
    }

    /** What lies ahead is not known: periods end today. */
    static StatementSpec statement(JdbcClient database, String sql, Question question) {
        LocalDate today = LocalDate.ofInstant(question.asOf(), ZoneOffset.UTC);
        LocalDate until = question.until().isBefore(today.plusDays(1)) ? question.until() : today.plusDays(1);
        LocalDate from = question.from().isBefore(until) ? question.from() : until;
        return database.sql(sql)
                .param("firstDay", from)
                .param("lastDay", until.minusDays(1))
                .param("untilDay", until)
                .param("today", today)
                .param("from", Timestamp.from(question.start()))
                .param("until", Timestamp.from(question.end()))
                .param("owner", question.owner())
                .param("group", question.group());
    }
}
