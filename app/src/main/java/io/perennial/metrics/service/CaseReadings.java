package io.perennial.metrics.service;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading.Part;
import io.perennial.metrics.Reading.Row;
import io.perennial.metrics.Reading.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
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

    private final JdbcClient database;
    private final DailyReadings daily;

    CaseReadings(JdbcClient database, DailyReadings daily) {
        this.database = database;
        this.daily = daily;
    }

    Answer read(Spec spec, Question question) {
        return read(List.of(spec), question).getFirst();
    }

    /** Answers in the order of the specs, which all have the same base. */
    List<Answer> read(List<Spec> specs, Question question) {
        return daily.read(specs, question).orElseGet(() -> count(specs, question));
    }

    /** From the cases themselves, all of them. */
    List<Answer> count(List<Spec> specs, Question question) {
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
                Figure figure = tally(specs.get(i), i, row).figure(specs.get(i));
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
        String condition = condition(spec, part);
        List<Row> rows = CaseSql.statement(database, CaseSql.rows(spec, question, condition), question)
                .param("limit", Rows.PAGE)
                .param("offset", (page - 1) * Rows.PAGE)
                .query((row, number) -> row(spec, row))
                .list();
        boolean all = page == 1 && rows.size() < Rows.PAGE;
        return new Rows(rows, all ? rows.size() : rows.isEmpty() ? 0 : many(spec, question, part, condition));
    }

    /** Whoever shows the figure beside its rows knows the number already; kept days know it fast. */
    private long many(Spec spec, Question question, Part part, String condition) {
        Tally tally = daily.tally(spec, question.group() == null ? question.by(null) : question)
                .orElse(null);
        if (tally != null && part != Part.EXCLUDED) {
            return switch (part) {
                case COUNTED -> spec.hit() == null ? tally.n() : tally.hits();
                case NOT_COUNTED -> spec.hit() == null ? 0 : tally.n() - tally.hits();
                default -> tally.n();
            };
        }
        return CaseSql.statement(database, CaseSql.many(spec, question, condition), question)
                .query(Long.class)
                .single();
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

    private static Tally tally(Spec spec, int i, ResultSet row) throws SQLException {
        long[] leftOut = new long[spec.leftOut().size()];
        for (int x = 0; x < leftOut.length; x++) {
            leftOut[x] = row.getLong("left" + i + "_" + x);
        }
        long n = row.getLong("n" + i);
        long hits = spec.hit() == null ? 0 : row.getLong("hits" + i);
        if (spec.value() == null || n == 0) {
            return new Tally(n, hits, leftOut, null, 0);
        }
        Double[] percentiles = (Double[]) row.getArray("p" + i).getArray();
        return new Tally(
                n,
                hits,
                leftOut,
                Arrays.stream(percentiles).mapToDouble(Double::doubleValue).toArray(),
                row.getDouble("mean" + i));
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
