package io.perennial.metrics.profit;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Inputs;
import io.perennial.metrics.Interval;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import io.perennial.metrics.Reason;
import io.perennial.metrics.formula.Statistics;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Terms that were due, with the hours of service that their customers had in the year before. */
@Component
class RenewalByHours implements Reading {

    private static final int YEAR = 365;
    private static final int MOST_GROUPS = 200;
    private static final Reason NO_TERMS = new Reason(
            "NO_TERMS_WITH_HOURS",
            "Terms are needed that were due and decided, some with more and some with fewer hours of service.");
    private static final Heads HEADS = new Heads("Customer", "Segment", "Due", "No term here.");

    private final JdbcClient database;

    RenewalByHours(JdbcClient database) {
        this.database = database;
    }

    /** Half of the terms had at least so many hours; where most have nothing, anything is more. */
    private static final String COUNTED = """
            , middle as (
                select key, (array_agg(hours order by hours))[count(*) / 2 + 1] as median from decided group by key
            ), judged as (
                select d.*, m.median, d.hours >= m.median and d.hours > 0 as more from decided d join middle m on m.key = d.key
            )
            """;

    @Override
    public Answer read(Question question) {
        Map<String, Figure> total = figures(question.by(null));
        Figure whole = total.getOrDefault("", difference(0, 0, 0, 0));
        if (question.by() == null) {
            return Answer.of(whole);
        }
        List<Answer.Group> groups = figures(question).entrySet().stream()
                .limit(MOST_GROUPS)
                .map(entry -> new Answer.Group(entry.getKey(), entry.getKey(), entry.getValue()))
                .toList();
        return new Answer(whole, groups, 0);
    }

    private Map<String, Figure> figures(Question question) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        RenewalTerms.statement(database, sql(question), question, "").query(row -> {
            long n1 = row.getLong("n1");
            figures.put(
                    row.getString("key"),
                    difference(row.getLong("x1"), n1, row.getLong("x") - row.getLong("x1"), row.getLong("n") - n1)
                            .with("median_hours", BigDecimal.valueOf(row.getDouble("median"))));
        });
        return figures;
    }

    @Override
    public String sql(Question question) {
        return RenewalTerms.decided(question, "") + COUNTED + """
                select j.key, max(j.median) as median, count(*) as n, count(*) filter (where j.renewed) as x,
                    count(*) filter (where j.more) as n1, count(*) filter (where j.more and j.renewed) as x1
                from judged j group by j.key order by n desc, j.key""";
    }

    static Figure difference(Inputs in) {
        long n1 = in.count("n1");
        long n2 = in.count("n2");
        if (in.count("x1") > n1 || in.count("x2") > n2) {
            throw in.wrong(in.count("x1") > n1 ? "x1" : "x2", "more_than_all", "More were renewed than due.");
        }
        return difference(in.count("x1"), n1, in.count("x2"), n2);
    }

    private static Figure difference(long x1, long n1, long x2, long n2) {
        if (n1 == 0 || n2 == 0) {
            return Figure.none(NO_TERMS).from(BigDecimal.valueOf(n1), BigDecimal.valueOf(n1 + n2));
        }
        BigDecimal more = Exact.percent(BigDecimal.valueOf(x1), BigDecimal.valueOf(n1));
        BigDecimal fewer = Exact.percent(BigDecimal.valueOf(x2), BigDecimal.valueOf(n2));
        Interval range = Statistics.difference(x1, n1, x2, n2, 0.95);
        return Figure.of(more.subtract(fewer))
                .with("renewed_with_more_percent", more)
                .with("renewed_with_fewer_percent", fewer)
                .with("terms_with_more", BigDecimal.valueOf(n1))
                .with("terms_with_fewer", BigDecimal.valueOf(n2))
                .within(new Interval(
                        range.from().multiply(Exact.HUNDRED),
                        range.to().multiply(Exact.HUNDRED),
                        range.level(),
                        range.method()))
                .sampled(Math.min(n1, n2));
    }

    @Override
    public Set<String> definitions() {
        return Set.of("standard");
    }

    @Override
    public Set<Dimension> dimensions() {
        return EnumSet.of(Dimension.SEGMENT, Dimension.INDUSTRY);
    }

    @Override
    public Rows rows(Question question, Part part, int page) {
        String condition = switch (part) {
            case COUNTED -> "j.more";
            case NOT_COUNTED -> "not j.more";
            case EXCLUDED -> "false";
            case BASE -> "true";
        };
        long[] all = {0};
        List<Row> rows = RenewalTerms.statement(
                        database,
                        RenewalTerms.decided(question, "") + COUNTED
                                + "select j.*, count(*) over () as all_rows from judged j where " + condition
                                + " order by j.hours desc, j.due_on desc, j.account_id limit :limit offset :offset",
                        question,
                        "")
                .param("limit", Rows.PAGE)
                .param("offset", (page - 1L) * Rows.PAGE)
                .query((row, number) -> {
                    all[0] = row.getLong("all_rows");
                    return new Row(
                            "/accounts/" + row.getObject("account_id", UUID.class),
                            row.getString("name"),
                            row.getString("segment"),
                            "",
                            row.getObject("due_on", LocalDate.class)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant(),
                            String.format(
                                    Locale.ENGLISH,
                                    "%.1f h, %s",
                                    row.getDouble("hours"),
                                    row.getBoolean("renewed") ? "renewed" : "lost"));
                })
                .list();
        return new Rows(rows, all[0]);
    }

    @Override
    public int usualDays() {
        return YEAR;
    }

    @Override
    public Heads heads() {
        return HEADS;
    }
}
