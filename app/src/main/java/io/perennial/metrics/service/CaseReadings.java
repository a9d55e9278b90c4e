package io.perennial.metrics.service;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading.Part;
import io.perennial.metrics.Reading.Row;
import io.perennial.metrics.Reading.Rows;
import io.perennial.metrics.formula.Statistics;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads figures of cases. */
@Component
class CaseReadings {

    private static final double[] PERCENTILES = {25, 50, 75, 90, 95};

    private final JdbcClient database;

    CaseReadings(JdbcClient database) {
        this.database = database;
    }

    Answer read(Spec spec, Question question) {
        return read(List.of(spec), question).getFirst();
    }

    /** Answers in the order of the specs, which all have the same base. */
    List<Answer> read(List<Spec> specs, Question question) {
        List<List<Answer.Group>> groups = new ArrayList<>();
        List<Figure> totals = new ArrayList<>();
        specs.forEach(spec -> {
            groups.add(new ArrayList<>());
            totals.add(Figure.none(spec.empty()));
        });
        int[] all = {0};
        CaseSql.statement(database, CaseSql.summary(specs, question), question).query(row -> {
            boolean whole = row.getInt("whole") == 1;
            all[0] = row.getInt("groups") - 1;
            for (int i = 0; i < specs.size(); i++) {
                Figure figure = figure(specs.get(i), i, row);
                if (whole) {
                    totals.set(i, figure);
                } else {
                    String key = row.getString("key");
                    groups.get(i).add(new Answer.Group(key, key, figure));
                }
            }
        });
        Map<String, String> names = question.by() == Dimension.CUSTOMER ? names(groups.getFirst()) : Map.of();
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            List<Answer.Group> found = question.by() == Dimension.MONTH
                    ? Months.all(question, groups.get(i), specs.get(i))
                    : groups.get(i);
            List<Answer.Group> named = found.stream()
                    .map(group -> new Answer.Group(
                            group.key(), names.getOrDefault(group.key(), group.name()), group.figure()))
                    .toList();
            answers.add(new Answer(totals.get(i), named, Math.max(0, all[0] - named.size())));
        }
        return answers;
    }

    Rows rows(Spec spec, Question question, Part part, int page) {
        List<Long> all = new ArrayList<>();
        List<Row> rows = CaseSql.statement(database, CaseSql.rows(spec, question, condition(spec, part)), question)
                .param("limit", Rows.PAGE)
                .param("offset", (page - 1) * Rows.PAGE)
                .query((row, number) -> {
                    all.add(row.getLong("everything"));
                    return row(spec, row);
                })
                .list();
        return new Rows(rows, all.isEmpty() ? 0 : all.getFirst());
    }

    private static String condition(Spec spec, Part part) {
        String counted = "(" + spec.counted() + ")";
        return switch (part) {
            case BASE -> counted;
            case COUNTED -> spec.hit() == null ? counted : counted + " and (" + spec.hit() + ")";
            case NOT_COUNTED -> spec.hit() == null ? "false" : counted + " and not (" + spec.hit() + ")";
            case EXCLUDED -> "not " + counted;
        };
    }

    private static Row row(Spec spec, ResultSet row) throws SQLException {
        double value = row.getDouble("value");
        String words = row.wasNull()
                ? ""
                : spec.opinions() ? String.format(Locale.ENGLISH, "%.0f %%", value) : Spread.words(value);
        if (spec.hit() != null) {
            words = !row.getBoolean("counted") ? "not counted" : row.getBoolean("hit") ? "yes" : "no";
        }
        String label = row.getString("label");
        UUID account = row.getObject("account_id", UUID.class);
        return new Row(
                "/cases/" + row.getObject("id", UUID.class),
                "#" + row.getLong("number") + " " + row.getString("subject"),
                row.getString("account"),
                "/accounts/" + account,
                row.getTimestamp("at").toInstant(),
                label.isEmpty() ? words : label + ": " + words);
    }

    private static Figure figure(Spec spec, int i, ResultSet row) throws SQLException {
        long n = row.getLong("n" + i);
        BigDecimal base = BigDecimal.valueOf(n);
        Figure figure = switch (spec.kind()) {
            case COUNT -> Figure.of(base);
            case SHARE -> share(spec, row.getLong("hits" + i), n);
            case MEDIAN, MEAN -> n == 0 ? Figure.none(spec.empty()) : spread(spec, i, row);
        };
        if (spec.kind() == Spec.Kind.COUNT && spec.value() != null && n > 0) {
            figure = spread(figure, i, row);
        }
        if (spec.kind() != Spec.Kind.COUNT) {
            figure = figure.sampled(n);
        }
        int x = 0;
        for (String why : spec.leftOut().keySet()) {
            figure = figure.leavingOut(why, row.getLong("left" + i + "_" + x++));
        }
        return figure;
    }

    private static Figure share(Spec spec, long hits, long n) {
        Figure figure = Figure.share(BigDecimal.valueOf(hits), BigDecimal.valueOf(n), spec.empty());
        return spec.opinions() && n > 0 ? figure.within(Statistics.percent(hits, n)) : figure;
    }

    private static Figure spread(Spec spec, int i, ResultSet row) throws SQLException {
        Double[] percentiles = (Double[]) row.getArray("p" + i).getArray();
        BigDecimal value =
                BigDecimal.valueOf(spec.kind() == Spec.Kind.MEAN ? row.getDouble("mean" + i) : percentiles[1]);
        return spread(Figure.of(value).from(null, BigDecimal.valueOf(row.getLong("n" + i))), i, row);
    }

    private static Figure spread(Figure figure, int i, ResultSet row) throws SQLException {
        Double[] percentiles = (Double[]) row.getArray("p" + i).getArray();
        Figure with = figure;
        for (int p = 0; p < PERCENTILES.length; p++) {
            with = with.with("p" + (int) PERCENTILES[p], BigDecimal.valueOf(percentiles[p]));
        }
        return with.with("mean", BigDecimal.valueOf(row.getDouble("mean" + i)));
    }

    private Map<String, String> names(List<Answer.Group> groups) {
        Map<String, String> names = new HashMap<>();
        database.sql("select id, name from accounts.account where id = any(cast(:ids as uuid[]))")
                .param("ids", groups.stream().map(Answer.Group::key).toArray(String[]::new))
                .query(row -> {
                    names.put(row.getString("id"), row.getString("name"));
                });
        return names;
    }
}
