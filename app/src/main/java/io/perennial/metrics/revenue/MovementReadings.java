package io.perennial.metrics.revenue;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading.Row;
import io.perennial.metrics.Reading.Rows;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** Reads what became of customers between two days. */
@Component
class MovementReadings {

    private final JdbcClient database;
    private final KeptMonths kept;

    MovementReadings(JdbcClient database, KeptMonths kept) {
        this.database = database;
        this.kept = kept;
    }

    /** @param left how many groups there are beyond these */
    record Groups(Map<String, Ledgers> byKey, long left) {}

    record Cut(Ledgers total, Groups groups) {}

    Ledgers total(Question question, boolean graced) {
        return groups(question, graced).byKey().values().stream().findFirst().orElse(new Ledgers(List.of()));
    }

    /** The whole and its groups: where groups add up to it, from one look at the customers. */
    Cut cut(Question question, boolean graced) {
        if (!MovementSql.addsUp(question)) {
            return new Cut(total(question.by(null), graced), groups(question, graced));
        }
        return cut(MovementSql.statement(database, MovementSql.sumsAndTotal(question), question, graced));
    }

    /** Largest first, months in their order. */
    Groups groups(Question question, boolean graced) {
        KeptMonths.Months whole = kept.of(question);
        return whole == null
                ? groups(MovementSql.statement(database, MovementSql.sums(question), question, graced))
                : new Groups(months(question, whole, graced), 0);
    }

    /** All from what is kept of months; customers who stay apart from it are read one by one. */
    private Map<String, Ledgers> months(Question question, KeptMonths.Months whole, boolean graced) {
        Map<String, Ledgers> months = new LinkedHashMap<>(kept.read(question, whole, graced));
        String[] apart = kept.apart();
        if (apart.length > 0) {
            Question all = question.within(question.from(), whole.end());
            groups(MovementSql.statement(database, MovementSql.sums(all, KeptMonths.APART), all, graced)
                            .param("apart", apart))
                    .byKey()
                    .forEach((month, ledgers) -> months.merge(month, ledgers, Ledgers::and));
        }
        Map<String, Ledgers> ordered = new TreeMap<>(months);
        ordered.values().removeIf(Ledgers::isEmpty);
        return ordered;
    }

    private static Groups groups(StatementSpec statement) {
        return cut(statement).groups();
    }

    private static Cut cut(StatementSpec statement) {
        Map<String, List<Ledger>> found = new LinkedHashMap<>();
        List<Ledger> total = new ArrayList<>();
        long[] keys = {0};
        statement.query(row -> {
            keys[0] = row.getLong("keys");
            if (row.getBoolean("whole")) {
                total.add(ledger(row));
            } else {
                found.computeIfAbsent(row.getString("key"), key -> new ArrayList<>())
                        .add(ledger(row));
            }
        });
        Map<String, Ledgers> groups = new LinkedHashMap<>();
        found.forEach((key, ledgers) -> groups.put(key, new Ledgers(List.copyOf(ledgers))));
        return new Cut(new Ledgers(List.copyOf(total)), new Groups(groups, keys[0] - groups.size()));
    }

    private static Ledger ledger(ResultSet row) throws SQLException {
        Map<Move, BigDecimal> movements = new EnumMap<>(Move.class);
        Map<Move, Long> rows = new EnumMap<>(Move.class);
        for (Move move : Move.values()) {
            movements.put(move, row.getBigDecimal("m_" + move.key()));
            rows.put(move, row.getLong("n_" + move.key()));
        }
        return new Ledger(
                row.getString("currency"),
                row.getLong("customers_start"),
                row.getLong("customers_kept"),
                row.getLong("customers_end"),
                row.getLong("customers_within"),
                row.getBigDecimal("started"),
                row.getBigDecimal("ended"),
                row.getBigDecimal("smaller"),
                movements,
                rows);
    }

    /** Groups by customer under the names of customers. */
    List<Answer.Group> named(List<Answer.Group> groups) {
        Map<String, String> names = names(groups.stream().map(Answer.Group::key).toList());
        return groups.stream()
                .map(group ->
                        new Answer.Group(group.key(), names.getOrDefault(group.key(), group.name()), group.figure()))
                .toList();
    }

    Map<String, String> names(Collection<String> accounts) {
        Map<String, String> names = new HashMap<>();
        database.sql("select id, name from accounts.account where id = any(cast(:ids as uuid[]))")
                .param("ids", accounts.toArray(String[]::new))
                .query(row -> {
                    names.put(row.getString("id"), row.getString("name"));
                });
        return names;
    }

    RevenueBoard.MovedPage page(Question question, boolean graced, String condition, int page) {
        long[] all = {0};
        List<RevenueBoard.Moved> moved = MovementSql.statement(
                        database, MovementSql.rows(question, condition), question, graced)
                .param("limit", Rows.PAGE)
                .param("offset", (page - 1) * Rows.PAGE)
                .query((row, number) -> {
                    all[0] = row.getLong("all_rows");
                    return new RevenueBoard.Moved(
                            row.getObject("account_id", UUID.class),
                            row.getString("name"),
                            row.getString("segment"),
                            row.getString("currency"),
                            row.getBigDecimal("started"),
                            row.getBigDecimal("ended"),
                            Move.of(row.getString("movement")).orElseThrow(),
                            row.getObject("first_on", LocalDate.class));
                })
                .list();
        return new RevenueBoard.MovedPage(moved, all[0]);
    }

    Rows rows(Question question, boolean graced, String condition, int page) {
        RevenueBoard.MovedPage found = page(question, graced, condition, page);
        return new Rows(found.moved().stream().map(MovementReadings::row).toList(), found.all());
    }

    private static Row row(RevenueBoard.Moved moved) {
        return new Row(
                "/accounts/" + moved.account(),
                moved.name(),
                moved.segment(),
                "",
                moved.firstOn().atStartOfDay(ZoneOffset.UTC).toInstant(),
                RevenueWords.change(moved.started(), moved.ended(), moved.currency()));
    }
}
