package io.perennial.metrics.areas;

import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading.Part;
import io.perennial.metrics.Reading.Row;
import io.perennial.metrics.Reading.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Reads rows of customers and what they add up to. */
@Component
public class CustomerReadings {

    private final JdbcClient database;

    CustomerReadings(JdbcClient database) {
        this.database = database;
    }

    /** @param left how many groups there are beyond these */
    public record Groups(Map<String, List<Tally>> byKey, long left) {}

    /** One customer's pair of numbers. */
    record Pair(String key, double amount, double base) {}

    /** A tally for each currency of each group, those with the most rows first. */
    public Groups groups(CustomerSpec spec, Question question) {
        String sql = CustomerSql.sums(spec, question);
        Looked looked =
                new Looked(sql, question.from(), question.until(), question.asOf(), question.owner(), question.group());
        Map<Looked, Groups> seen = seen();
        Groups known = seen.get(looked);
        if (known == null) {
            known = counted(spec, sql, question);
            seen.put(looked, known);
        }
        return known;
    }

    private record Looked(
            String sql,
            LocalDate from,
            LocalDate until,
            Instant asOf,
            @Nullable UUID owner,
            @Nullable String group) {}

    /** What this look has read already: definitions that differ only in what they take of the same rows read them once. */
    @SuppressWarnings("unchecked")
    private Map<Looked, Groups> seen() {
        boolean oneLook = TransactionSynchronizationManager.isSynchronizationActive()
                && TransactionSynchronizationManager.isCurrentTransactionReadOnly()
                && Objects.equals(
                        TransactionSynchronizationManager.getCurrentTransactionIsolationLevel(),
                        TransactionDefinition.ISOLATION_REPEATABLE_READ);
        if (!oneLook) {
            return new HashMap<>();
        }
        Map<Looked, Groups> seen = (Map<Looked, Groups>) TransactionSynchronizationManager.getResource(this);
        if (seen != null) {
            return seen;
        }
        Map<Looked, Groups> fresh = new HashMap<>();
        TransactionSynchronizationManager.bindResource(this, fresh);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                TransactionSynchronizationManager.unbindResourceIfPossible(CustomerReadings.this);
            }
        });
        return fresh;
    }

    private Groups counted(CustomerSpec spec, String sql, Question question) {
        Map<String, List<Tally>> found = new LinkedHashMap<>();
        long[] keys = {0};
        CustomerSql.statement(database, sql, question).query(row -> {
            keys[0] = row.getLong("keys");
            found.computeIfAbsent(row.getString("key"), key -> new ArrayList<>())
                    .add(tally(spec, row));
        });
        return new Groups(found, Math.max(0, keys[0] - found.size()));
    }

    private static Tally tally(CustomerSpec spec, ResultSet row) throws SQLException {
        Map<String, java.math.BigDecimal> further = new LinkedHashMap<>();
        int i = 0;
        for (String name : spec.further().keySet()) {
            java.math.BigDecimal sum = row.getBigDecimal("further" + i++);
            if (sum != null) {
                further.put(name, sum);
            }
        }
        Map<String, Long> leftOut = new LinkedHashMap<>();
        i = 0;
        for (String why : spec.leftOut().keySet()) {
            leftOut.put(why, row.getLong("left" + i++));
        }
        return new Tally(
                row.getString("currency"),
                row.getLong("n"),
                row.getLong("hits"),
                row.getBigDecimal("amount"),
                row.getBigDecimal("base"),
                further,
                leftOut);
    }

    List<Pair> pairs(CustomerSpec spec, Question question) {
        return CustomerSql.statement(database, CustomerSql.all(spec, question), question)
                .query((row, number) -> row.getBoolean("counted")
                        ? new Pair(row.getString("key"), row.getDouble("amount"), row.getDouble("base"))
                        : null)
                .list()
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }

    Rows rows(CustomerSpec spec, Question question, Part part, int page) {
        long[] all = {0};
        List<Row> rows = CustomerSql.statement(database, CustomerSql.rows(spec, question, part), question)
                .param("limit", Rows.PAGE)
                .param("offset", (page - 1) * Rows.PAGE)
                .query((row, number) -> {
                    all[0] = row.getLong("all_rows");
                    return new Row(
                            "/accounts/" + row.getObject("account_id", UUID.class),
                            row.getString("name"),
                            row.getString("segment"),
                            "",
                            row.getTimestamp("since").toInstant(),
                            Objects.requireNonNullElse(row.getString("note"), ""));
                })
                .list();
        return new Rows(rows, all[0]);
    }

    /**
     * The rows themselves with what they say, for pages that show more of a row than its note.
     *
     * @param select columns of the rows {@code f} and of the account {@code a}
     * @param order of the rows
     */
    public <T> List<T> list(
            CustomerSpec spec,
            Question question,
            String select,
            String order,
            long limit,
            long offset,
            RowMapper<T> row) {
        return CustomerSql.statement(database, CustomerSql.list(spec, question, select, order), question)
                .param("limit", limit)
                .param("offset", offset)
                .query(row)
                .list();
    }

    /** What groups are called: customers by their names, all others by what they are. */
    Map<String, String> names(Question question, Collection<String> keys) {
        Map<String, String> names = new HashMap<>();
        if (question.by() == Dimension.CUSTOMER) {
            database.sql("select id, name from accounts.account where id = any(cast(:ids as uuid[]))")
                    .param("ids", keys.toArray(String[]::new))
                    .query(row -> {
                        names.put(row.getString("id"), row.getString("name"));
                    });
        }
        return names;
    }
}
