package io.perennial.cancellations;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading.Part;
import io.perennial.metrics.Reading.Row;
import io.perennial.metrics.Reading.Rows;
import io.perennial.metrics.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Shares of customers: a statement gives each customer with {@code account_id, key, day, in_base, counted, words}; from it come the
 * figure, its groups, and the customers behind them.
 */
@Component
class CustomerShares {

    private static final int GROUPS = 60;

    private final JdbcClient database;

    CustomerShares(JdbcClient database) {
        this.database = database;
    }

    /**
     * @param customers the statement
     * @param parameters that it has beside those of the question
     * @param names of groups as people read them
     * @param empty why there is no value
     * @param leftOut why customers are not in the base
     * @param ofAll whether groups are parts of the whole base, as reasons are, and not bases of their own
     */
    record Spec(
            String customers,
            UnaryOperator<JdbcClient.StatementSpec> parameters,
            UnaryOperator<String> names,
            Reason empty,
            String leftOut,
            boolean ofAll) {

        Spec(
                String customers,
                UnaryOperator<JdbcClient.StatementSpec> parameters,
                UnaryOperator<String> names,
                Reason empty,
                String leftOut) {
            this(customers, parameters, names, empty, leftOut, false);
        }
    }

    private static final String COUNTS = """
            count(*) filter (where c.in_base) as base, count(*) filter (where c.in_base and c.counted) as counted,
            count(*) filter (where not c.in_base) as excluded
            """;

    Answer read(Question question, Spec spec) {
        List<Answer.Group> groups = new ArrayList<>();
        Figure[] total = {Figure.none(spec.empty())};
        int[] all = {0};
        long[] base = {0};
        asked(
                        "select c.key, grouping(c.key) as whole, " + COUNTS + " from (" + spec.customers() + ") c"
                                + " group by grouping sets ((), (c.key)) order by whole desc, "
                                + (question.by() == Dimension.MONTH ? "c.key" : "base desc, c.key"),
                        question,
                        spec)
                .query(row -> {
                    if (row.getInt("whole") == 1) {
                        base[0] = row.getLong("base");
                        total[0] = figure(row, spec, base[0]);
                    } else if (question.by() != null
                            && !(spec.ofAll() && row.getLong("counted") == 0)
                            && all[0]++ < GROUPS) {
                        String key = row.getString("key");
                        long of = spec.ofAll() ? base[0] : row.getLong("base");
                        groups.add(new Answer.Group(key, spec.names().apply(key), figure(row, spec, of)));
                    }
                });
        return new Answer(total[0], groups, Math.max(0, all[0] - groups.size()));
    }

    private static Figure figure(ResultSet row, Spec spec, long base) throws SQLException {
        Figure figure = LeavingMetrics.share(row.getLong("counted"), base, spec.empty());
        long excluded = row.getLong("excluded");
        return excluded == 0 ? figure : figure.leavingOut(spec.leftOut(), excluded);
    }

    Rows rows(Question question, Spec spec, Part part, int page) {
        String condition = switch (part) {
            case BASE -> "c.in_base";
            case COUNTED -> "c.in_base and c.counted";
            case NOT_COUNTED -> "c.in_base and not c.counted";
            case EXCLUDED -> "not c.in_base";
        };
        long[] all = {0};
        List<Row> rows = asked(
                        "select c.*, a.name, coalesce(a.segment, '') as segment, count(*) over () as all_rows from ("
                                + spec.customers() + ") c join accounts.account a on a.id = c.account_id where "
                                + condition
                                + (question.group() == null ? "" : " and c.key = :group")
                                + " order by c.day desc, c.account_id limit :limit offset :offset",
                        question,
                        spec)
                .param("limit", Rows.PAGE)
                .param("offset", (page - 1) * Rows.PAGE)
                .param("group", question.group())
                .query((row, number) -> {
                    all[0] = row.getLong("all_rows");
                    return new Row(
                            "/accounts/" + row.getString("account_id") + "?tab=contracts#panel-leaving",
                            row.getString("name"),
                            row.getString("segment"),
                            "",
                            row.getObject("day", LocalDate.class)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant(),
                            row.getString("words"));
                })
                .list();
        return new Rows(rows, all[0]);
    }

    private JdbcClient.StatementSpec asked(String sql, Question question, Spec spec) {
        return spec.parameters()
                .apply(database.sql(sql)
                        .param("from", question.from())
                        .param("until", question.until())
                        .param("today", LocalDate.ofInstant(question.asOf(), ZoneOffset.UTC))
                        .param("owner", question.owner()));
    }

    /** The expression that gives the group of a customer; nothing of a request is in it. */
    static String key(Question question, String month) {
        Dimension by = question.by();
        if (by == null) {
            return "''";
        }
        return switch (by) {
            case MONTH -> "to_char(" + month + ", 'YYYY-MM')";
            case SEGMENT -> "coalesce(a.segment, '')";
            case INDUSTRY -> "coalesce(a.industry, '')";
            case OWNER -> "coalesce(o.name, '')";
            case REASON -> "l.category";
            default -> "''";
        };
    }
}
