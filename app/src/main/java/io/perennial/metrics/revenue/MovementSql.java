package io.perennial.metrics.revenue;

import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading.Part;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Writes the statements over {@code contracts.revenue_movements}, which says what became of each customer. A period is compared at
 * the end of the day before it and at the end of its last day, so that what begins or ends on its first day is in it.
 */
final class MovementSql {

    /** Ranges of the same groups: each may have a few currencies. */
    static final int MOST_ROWS = 600;

    private static final Map<Dimension, String> KEYS = Map.of(
            Dimension.SEGMENT, "coalesce(a.segment, '')",
            Dimension.INDUSTRY, "coalesce(a.industry, '')",
            Dimension.COUNTRY, "coalesce(a.country, '')",
            Dimension.OWNER, "coalesce(o.name, '')",
            Dimension.CUSTOMER, "m.account_id::text",
            Dimension.COHORT, "to_char(m.first_on, 'YYYY')",
            Dimension.CURRENCY, "m.currency",
            Dimension.MONTH, "months.month");

    /** What the account says and not the ledger: who asks for nothing of it need not look at it. */
    private static final Set<Dimension> OF_ACCOUNTS =
            Set.of(Dimension.SEGMENT, Dimension.INDUSTRY, Dimension.COUNTRY, Dimension.OWNER);

    private MovementSql() {}

    /** A row for each group and currency: what the ledger says. */
    static String sums(Question question) {
        return sums(question, "");
    }

    /** @param only a further condition on customers, as {@code and m.account_id = ...}; empty for all */
    static String sums(Question question, String only) {
        return sums(question, only, false);
    }

    /** The same and, as the first rows, the sums of all groups: from one look at the customers. */
    static String sumsAndTotal(Question question) {
        return sums(question, "", true);
    }

    /** Months overlap with no total, and whoever brings several currencies counts once in a total and in each of its groups. */
    static boolean addsUp(Question question) {
        return question.by() != null && question.by() != Dimension.MONTH && question.by() != Dimension.CURRENCY;
    }

    private static String sums(Question question, String only, boolean total) {
        boolean currency = question.by() == Dimension.CURRENCY;
        String started = currency ? "f.started > 0" : "f.leads and f.live_started";
        String ended = currency ? "f.ended > 0" : "f.leads and f.live_ended";
        List<String> moves = new ArrayList<>();
        for (Move move : Move.values()) {
            moves.add(moved(move));
        }
        // Customers are counted and added up by movement first: what is left is a handful of rows.
        return """
                select s.*, max(s.place) filter (where not s.whole) over () as keys
                from (
                    select g.key, g.currency, grouping(g.key) = 1 as whole,
                        sum(g.customers_start)::bigint as customers_start, sum(g.customers_end)::bigint as customers_end,
                        sum(g.customers_kept)::bigint as customers_kept,
                        coalesce(sum(g.customers) filter (where g.movement = 'in_period'), 0)::bigint as customers_within,
                        sum(g.started) as started, sum(g.ended) as ended, sum(g.smaller) as smaller,
                        %s,
                        dense_rank() over (partition by grouping(g.key) order by g.key) as place,
                        sum(sum(g.larger)) over (partition by grouping(g.key), g.key) as weight
                    from (
                        select f.key, f.currency, f.movement, count(*) as n,
                            count(*) filter (where %s) as customers,
                            count(*) filter (where %s) as customers_start,
                            count(*) filter (where %s) as customers_end,
                            count(*) filter (where %s and %s) as customers_kept,
                            sum(f.started) as started, sum(f.ended) as ended,
                            sum(f.priced) as priced, sum(f.fx) as fx,
                            count(*) filter (where %s) as n_priced, count(*) filter (where %s) as n_fx,
                            sum(least(f.started, f.ended - f.fx)) as smaller, sum(greatest(f.started, f.ended)) as larger
                        from (
                            %s
                        ) f
                        group by 1, 2, 3
                    ) g
                    group by grouping sets ((g.key, g.currency)%s)
                ) s
                order by s.whole desc, %s, s.key, s.currency
                limit %d""".formatted(
                        String.join(",\n        ", moves),
                        currency ? "true" : "f.leads",
                        started,
                        ended,
                        started,
                        ended,
                        Move.PRICE_ESCALATOR.condition(),
                        Move.FX.condition(),
                        (moved(question) + only).indent(16).strip(),
                        total ? ", (g.currency)" : "",
                        question.by() == Dimension.MONTH ? "s.key" : "s.weight desc",
                        MOST_ROWS);
    }

    /** Agreed prices and exchange rates move revenue of customers who may do something else besides. */
    private static String moved(Move move) {
        return switch (move) {
            case PRICE_ESCALATOR ->
                "sum(g.n_priced)::bigint as n_price_escalator,\n        sum(g.priced) as m_price_escalator";
            case FX -> "sum(g.n_fx)::bigint as n_fx,\n        sum(g.fx) as m_fx";
            default -> """
                coalesce(sum(g.n) filter (where g.movement = '%1$s'), 0)::bigint as n_%1$s,
                        coalesce(sum(g.ended - g.started - g.priced - g.fx) filter (where g.movement = '%1$s'), 0) as m_%1$s\
                """.formatted(move.key());
        };
    }

    /** One row for each customer and currency, with the group it belongs to. */
    static String moved(Question question) {
        Dimension by = question.by();
        String key = by == null ? "''" : Objects.requireNonNull(KEYS.get(by));
        boolean accounts = question.owner() != null || by != null && OF_ACCOUNTS.contains(by);
        return """
                select m.*, %s as key
                from %s%s%s
                where true%s%s""".formatted(
                        key,
                        by == Dimension.MONTH
                                ? MONTHS
                                : "contracts.revenue_movements(:from - 1, :until - 1, :today, :graced) m",
                        accounts ? "\njoin accounts.account a on a.id = m.account_id" : "",
                        by == Dimension.OWNER ? "\nleft join identity.team_member o on o.id = a.owner_id" : "",
                        question.owner() == null ? "" : " and a.owner_id = :owner",
                        by == null || question.group() == null ? "" : " and " + key + " = :group");
    }

    private static final String MONTHS = """
            (select to_char(m, 'YYYY-MM') as month, greatest(m::date, :from) as starts,
                least((m + interval '1 month')::date, :until) as ends
            from generate_series(date_trunc('month', cast(:from as timestamp)), cast(:until as timestamp)
                - interval '1 day', interval '1 month') m) months
            cross join lateral contracts.revenue_movements(months.starts - 1, months.ends - 1, :today, :graced) m""";

    /** The customers of one figure, those that moved most first. */
    static String rows(Question question, String condition) {
        return """
                select f.account_id, a.name, coalesce(a.segment, '') as segment, f.currency, f.started, f.ended, f.movement,
                    f.first_on, count(*) over () as all_rows
                from (
                    %s
                ) f
                join accounts.account a on a.id = f.account_id
                where %s
                order by abs(f.ended - f.started) desc, f.ended desc, a.name, f.currency
                limit :limit offset :offset""".formatted(moved(question).indent(8).strip(), condition);
    }

    /** Which rows are meant, for figures whose numerator is the customers of one kind. */
    static String condition(Part part, String base, String counted) {
        return switch (part) {
            case BASE -> base;
            case COUNTED -> counted;
            case NOT_COUNTED -> "(" + base + ") and not (" + counted + ")";
            case EXCLUDED -> "not (" + base + ")";
        };
    }

    static StatementSpec statement(JdbcClient database, String sql, Question question, boolean graced) {
        LocalDate today = LocalDate.ofInstant(question.asOf(), ZoneOffset.UTC);
        LocalDate until = earlier(question.until(), today.plusDays(1));
        return database.sql(sql)
                .param("from", earlier(question.from(), until))
                .param("until", until)
                .param("today", today)
                .param("graced", graced)
                .param("owner", question.owner())
                .param("group", question.group());
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }
}
