package io.perennial.metrics.sales;

import io.perennial.metrics.Question;
import io.perennial.metrics.Reading.Part;
import io.perennial.metrics.Reading.Row;
import io.perennial.metrics.Reading.Rows;
import io.perennial.metrics.revenue.RevenueWords;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the rows of service sales and their sums. */
@Component
class SalesReadings {

    /** For each sort and each join of a statement. */
    private static final String MEMORY = "64MB";

    private final JdbcClient database;

    SalesReadings(JdbcClient database) {
        this.database = database;
    }

    /**
     * Rows of one status, currency and kind of sale.
     *
     * @param label attach, renew, upgrade or win back
     * @param squares sums of the products of part and whole, for intervals
     */
    record Sum(
            String currency, String label, String status, long n, BigDecimal whole, BigDecimal part, Squares squares) {

        boolean hit() {
            return status.equals("hit");
        }

        /** Both, of the same kind. */
        Sum and(Sum other) {
            return new Sum(
                    currency,
                    label,
                    status,
                    n + other.n,
                    whole.add(other.whole),
                    part.add(other.part),
                    squares.and(other.squares));
        }

        Sum as(String other) {
            return new Sum(currency, label, other, n, whole, part, squares);
        }
    }

    /** Sums over rows of part times part, part times whole and whole times whole. */
    record Squares(BigDecimal parts, BigDecimal both, BigDecimal wholes) {

        static final Squares NONE = new Squares(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

        Squares and(Squares other) {
            return new Squares(parts.add(other.parts), both.add(other.both), wholes.add(other.wholes));
        }
    }

    /** @param left how many groups there are beyond these */
    record Groups(Map<String, List<Sum>> byKey, long left) {}

    /**
     * For a transaction that reads many rows once: they are sorted and joined in memory instead of in files, and no statement is
     * compiled, which takes longer than it saves.
     */
    void prepare() {
        database.sql("select set_config('work_mem', :memory, true), set_config('jit', 'off', true)")
                .param("memory", MEMORY)
                .query()
                .singleRow();
    }

    Groups groups(SalesSpec spec, Question question) {
        Map<String, List<Sum>> found = new LinkedHashMap<>();
        long[] keys = {0};
        SalesSql.statement(database, SalesSql.sums(spec, question), spec, question)
                .query(row -> {
                    keys[0] = row.getLong("keys");
                    found.computeIfAbsent(row.getString("key"), key -> new ArrayList<>())
                            .add(sum(row));
                });
        return new Groups(found, keys[0] - found.size());
    }

    private static Sum sum(ResultSet row) throws SQLException {
        return new Sum(
                row.getString("currency"),
                row.getString("label"),
                row.getString("status"),
                row.getLong("n"),
                row.getBigDecimal("whole"),
                row.getBigDecimal("part"),
                new Squares(
                        row.getBigDecimal("parts_squared"),
                        row.getBigDecimal("parts_wholes"),
                        row.getBigDecimal("wholes_squared")));
    }

    Rows rows(SalesSpec spec, Question question, Part part, int page) {
        long[] all = {0};
        List<Row> rows = SalesSql.statement(database, SalesSql.rows(spec, question, part), spec, question)
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
        String status = row.getString("status");
        boolean counted = status.equals("hit") || status.equals("miss");
        BigDecimal whole = row.getBigDecimal("whole");
        BigDecimal part = row.getBigDecimal("part");
        BigDecimal amount = whole.signum() == 0 ? part : whole;
        String outcome = row.getString("outcome") + (counted ? "" : " (" + status + ")");
        String currency = row.getString("currency");
        return new Row(
                "/accounts/" + row.getObject("account_id", UUID.class) + "?tab=contracts",
                row.getString("name"),
                row.getString("thing"),
                "",
                row.getObject("day", LocalDate.class)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant(),
                amount.signum() == 0 || currency.isEmpty()
                        ? outcome
                        : (amount.signum() < 0 ? RevenueWords.signed(amount) : RevenueWords.amount(amount)) + " "
                                + currency + ": " + outcome);
    }
}
