package io.perennial.metrics.revenue;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading.Part;
import io.perennial.metrics.Reading.Row;
import io.perennial.metrics.Reading.Rows;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what was due between two days and what became of it. */
@Component
class RenewalReadings {

    private final JdbcClient database;
    private final MovementReadings movements;

    RenewalReadings(JdbcClient database, MovementReadings movements) {
        this.database = database;
        this.movements = movements;
    }

    /** @param daysLate the median of those renewed late; null without any */
    record Tally(
            String currency,
            long n,
            long hits,
            BigDecimal base,
            BigDecimal counted,
            long lapsed,
            long pending,
            long monthly,
            @Nullable BigDecimal daysLate) {}

    /** @param left how many groups there are beyond these */
    record Groups(List<Tally> total, Map<String, List<Tally>> byKey, long left) {}

    Groups groups(RenewalSpec spec, Question question) {
        Map<String, List<Tally>> found = new LinkedHashMap<>();
        List<Tally> total = new ArrayList<>();
        long[] keys = {0};
        RenewalSql.statement(database, RenewalSql.sums(spec, question), question)
                .query(row -> {
                    keys[0] = row.getLong("keys");
                    if (row.getBoolean("whole")) {
                        total.add(tally(row));
                    } else {
                        found.computeIfAbsent(row.getString("key"), key -> new ArrayList<>())
                                .add(tally(row));
                    }
                });
        return new Groups(total, found, keys[0] - found.size());
    }

    private static Tally tally(ResultSet row) throws SQLException {
        return new Tally(
                row.getString("currency"),
                row.getLong("n"),
                row.getLong("hits"),
                row.getBigDecimal("base"),
                row.getBigDecimal("counted"),
                row.getLong("lapsed"),
                row.getLong("pending"),
                row.getLong("monthly"),
                median(row.getArray("late"), row.getArray("late_terms")));
    }

    /** Of days in their order, each with how many terms were so late; between the two in the middle of an even number. */
    private static @Nullable BigDecimal median(@Nullable Array days, @Nullable Array terms) throws SQLException {
        if (days == null || terms == null) {
            return null;
        }
        Integer[] late = (Integer[]) days.getArray();
        Integer[] many = (Integer[]) terms.getArray();
        long all = Arrays.stream(many).mapToLong(Integer::longValue).sum();
        return BigDecimal.valueOf(at(late, many, (all - 1) / 2) + at(late, many, all / 2))
                .divide(BigDecimal.TWO);
    }

    private static long at(Integer[] late, Integer[] many, long place) {
        long before = 0;
        int i = 0;
        while (before + many[i] <= place) {
            before += many[i];
            i++;
        }
        return late[i];
    }

    List<Answer.Group> named(Question question, List<Answer.Group> groups) {
        return question.by() == Dimension.CUSTOMER ? movements.named(groups) : groups;
    }

    Rows rows(RenewalSpec spec, Question question, Part part, int page) {
        long[] all = {0};
        List<Row> rows = RenewalSql.statement(
                        database,
                        RenewalSql.rows(spec, question, MovementSql.condition(part, spec.base(), spec.hit())),
                        question)
                .param("limit", Rows.PAGE)
                .param("offset", (page - 1) * Rows.PAGE)
                .query((row, number) -> {
                    all[0] = row.getLong("all_rows");
                    return row(row);
                })
                .list();
        return new Rows(rows, all[0]);
    }

    private static Row row(ResultSet row) throws SQLException {
        LocalDate renewed = row.getObject("renewed_on", LocalDate.class);
        BigDecimal annual = row.getBigDecimal("annual");
        String outcome = row.getString("outcome") + (renewed == null ? "" : " " + renewed);
        return new Row(
                "/accounts/" + row.getObject("account_id", UUID.class) + "?tab=contracts",
                row.getString("name"),
                row.getString("product"),
                "",
                row.getObject("due_on", LocalDate.class)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant(),
                annual.signum() == 0
                        ? outcome
                        : RevenueWords.amount(annual) + " " + row.getString("currency") + ": " + outcome);
    }
}
