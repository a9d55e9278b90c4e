package io.perennial.accounts.list;

import io.perennial.accounts.list.ListColumn.Kind;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the overview into columns: everything once, then what later transactions wrote. */
final class RosterReader {

    private static final int FETCH = 2_000;

    private static final List<ListColumn> HELD =
            Arrays.stream(ListColumn.values()).filter(RosterColumns::holds).toList();

    private static final String COLUMNS = HELD.stream()
            .map(column -> column.sql() + " as " + column.key())
            .collect(Collectors.joining(", ", "o.account_id, o.owner_id, o.band_before, o.spark, ", ""));

    private static final String ALL = """
            select cast(pg_current_snapshot() as text) as seen, false as gone, %s from accounts.overview o
            order by o.account_id
            """.formatted(COLUMNS);

    private static final String NOT_SEEN = """
            %1$s >= pg_snapshot_xmin(cast(:seen as pg_snapshot))
                and not pg_visible_in_snapshot(%1$s, cast(:seen as pg_snapshot))
            """;

    /** Written as the index has it, which knows ranges of pages and not rows. */
    private static final String RECENT_PAGES = """
            cast(cast(o.changed_in as text) as bigint)
                >= cast(cast(pg_snapshot_xmin(cast(:seen as pg_snapshot)) as text) as bigint)""";

    /**
     * One statement, so that the snapshot it names is the one it saw. A transaction that was open at that moment is not
     * in the snapshot, whatever its number: its rows come once it has committed.
     */
    private static final String NEWS = """
            select cast(pg_current_snapshot() as text) as seen, news.*
            from (values (0)) as always
            left join (
                select false as gone, %s from accounts.overview o where %s
                union all
                select true, g.account_id, %s from accounts.overview_gone g
                where %s and not exists (select from accounts.overview o where o.account_id = g.account_id)
            ) news on true
            """.formatted(
                    COLUMNS,
                    RECENT_PAGES + " and " + NOT_SEEN.formatted("o.changed_in"),
                    HELD.stream().map(column -> "null").collect(Collectors.joining(", ", "null, null, null, ", "")),
                    NOT_SEEN.formatted("g.gone_in"));

    private final JdbcClient database;
    private final RosterColumns columns = new RosterColumns();
    private String seen = "";
    private long readAt;

    RosterReader(JdbcClient database) {
        this.database = database;
    }

    RosterColumns columns() {
        return columns;
    }

    /** When the columns were last known to be as the database, as {@link System#nanoTime} counts. */
    long readAt() {
        return readAt;
    }

    /** Needs a transaction: the rows come in portions. */
    void readAll() {
        restamp();
        readAt = System.nanoTime();
        database.sql(ALL).withFetchSize(FETCH).query((ResultSet row) -> {
            seen = row.getString("seen");
            Row read = row(row);
            put(columns.placeOf(read.account()), read);
        });
    }

    /** What is not in the columns yet; often nothing. */
    News readNews() {
        return database.sql(NEWS).param("seen", seen).query((ResultSet result) -> {
            List<Row> changed = new ArrayList<>();
            List<UUID> gone = new ArrayList<>();
            boolean everything = false;
            String now = seen;
            while (result.next()) {
                now = result.getString("seen");
                UUID account = result.getObject("account_id", UUID.class);
                if (result.getBoolean("gone")) {
                    everything |= account == null;
                    gone.add(account);
                } else if (account != null) {
                    changed.add(row(result));
                }
            }
            return new News(now, changed, gone, everything);
        });
    }

    void apply(News news) {
        readAt = System.nanoTime();
        seen = news.seen();
        news.gone().forEach(columns::remove);
        news.changed().forEach(row -> put(columns.placeOf(row.account()), row));
    }

    /**
     * What transactions wrote since the last reading.
     *
     * @param everythingGone the copy cannot follow and has to be read anew
     */
    record News(String seen, List<Row> changed, List<UUID> gone, boolean everythingGone) {
        boolean isNothing() {
            return changed.isEmpty() && gone.isEmpty();
        }
    }

    /** @param values as the columns take them, in the order of {@link #HELD} */
    record Row(
            UUID account,
            @Nullable Object[] values,
            @Nullable String owner,
            @Nullable String bandBefore,
            short[] weeks,
            @Nullable BigDecimal arr) {}

    /** After a restore from another server rows may name transactions that have not happened here yet. */
    private void restamp() {
        database.sql("""
                update accounts.overview set changed_in = pg_current_xact_id()
                where cast(cast(changed_in as text) as bigint)
                    >= cast(cast(pg_snapshot_xmax(pg_current_snapshot()) as text) as bigint)
                """).update();
    }

    private static Row row(ResultSet row) throws SQLException {
        @Nullable Object[] values = new Object[HELD.size()];
        for (int i = 0; i < values.length; i++) {
            ListColumn column = HELD.get(i);
            values[i] = RosterColumns.isNumber(column) ? (Object) number(row, column) : row.getString(column.key());
        }
        return new Row(
                row.getObject("account_id", UUID.class),
                values,
                row.getString("owner_id"),
                row.getString("band_before"),
                HealthWeek.weeks(row.getArray("spark")),
                row.getBigDecimal(ListColumn.ARR.key()));
    }

    private void put(int place, Row row) {
        columns.owners().put(place, row.owner());
        columns.bandsBefore().put(place, row.bandBefore());
        columns.putWeeks(place, row.weeks());
        columns.money().put(place, row.arr());
        for (int i = 0; i < HELD.size(); i++) {
            if (row.values()[i] instanceof Double number) {
                columns.put(place, HELD.get(i), number.doubleValue());
            } else {
                columns.put(place, HELD.get(i), (String) row.values()[i]);
            }
        }
    }

    private static double number(ResultSet row, ListColumn column) throws SQLException {
        double number;
        if (column.kind() == Kind.DATE) {
            LocalDate date = row.getObject(column.key(), LocalDate.class);
            return date == null ? Double.NaN : date.toEpochDay();
        } else if (column.kind() == Kind.YES_NO) {
            number = row.getBoolean(column.key()) ? 1 : 0;
        } else {
            number = row.getDouble(column.key());
        }
        return row.wasNull() ? Double.NaN : number;
    }
}
