package io.perennial.events.door;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Writes parcels into the inbox: one transaction, one COPY, the hour's counts and the refusals with it. */
final class Ledger {

    /** Lock held until the commit, so that the order of seq is the order of commits, whoever else may append. */
    static final long APPENDER = 7_213_095_001L;

    /** The counts come in the same round trip. */
    private static final String LOCK_AND_COUNT = """
            select pg_advisory_xact_lock(%d);
            insert into events.source_hour as h (source_id, hour, accepted, refused, bytes, delay_ms, last_at)
            select * from unnest(?::int[], ?::timestamptz[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::timestamptz[])
            on conflict (source_id, hour) do update set accepted = h.accepted + excluded.accepted,
                refused = h.refused + excluded.refused, bytes = h.bytes + excluded.bytes,
                delay_ms = h.delay_ms + excluded.delay_ms, last_at = greatest(h.last_at, excluded.last_at)
            """.formatted(APPENDER);

    private static final int GATHERED = 64 * 1024;
    private static final int PRUNE_EVERY = 500;
    private static final long MICROS = 1_000_000;

    private final DataSource database;
    private final DayPartitions days;
    private final byte[] gathered = new byte[GATHERED];
    private int refusalsSincePruning;

    Ledger(DataSource database) {
        this.database = database;
        this.days = new DayPartitions(database);
    }

    void prepare(LocalDate day) throws SQLException {
        days.ensure(day);
    }

    /** Whether the database answers. */
    boolean answers() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(2);
        } catch (SQLException away) {
            return false;
        }
    }

    /** Returns when it is committed. */
    void write(List<Parcel> parcels) throws SQLException {
        for (Parcel parcel : parcels) {
            days.ensure(day(parcel));
        }
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                count(connection, parcels);
                copy(connection, parcels);
                note(connection, parcels);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    private static void rollBack(Connection connection, Exception because) {
        try {
            connection.rollback();
        } catch (SQLException gone) {
            because.addSuppressed(gone);
        }
    }

    private static LocalDate day(Parcel parcel) {
        return Instant.ofEpochSecond(Math.floorDiv(parcel.receivedAt(), MICROS))
                .atOffset(ZoneOffset.UTC)
                .toLocalDate();
    }

    private record Hour(int source, Instant hour) {}

    private static final class Sums {
        private long accepted;
        private long refused;
        private long bytes;
        private long delayMs;
        private long lastAt;

        private void add(Parcel parcel) {
            accepted += parcel.accepted();
            refused += parcel.refused();
            bytes += parcel.bytes();
            delayMs += parcel.delayMs();
            lastAt = Math.max(lastAt, parcel.receivedAt());
        }
    }

    private static void count(Connection connection, List<Parcel> parcels) throws SQLException {
        Map<Hour, Sums> hours = new LinkedHashMap<>();
        for (Parcel parcel : parcels) {
            if (parcel.source() != null) {
                Instant hour = instant(parcel.receivedAt()).truncatedTo(ChronoUnit.HOURS);
                hours.computeIfAbsent(new Hour(parcel.source(), hour), key -> new Sums())
                        .add(parcel);
            }
        }
        List<Object[]> columns = new ArrayList<>();
        columns.add(hours.keySet().stream().map(Hour::source).toArray());
        columns.add(hours.keySet().stream().map(hour -> hour.hour().toString()).toArray());
        columns.add(hours.values().stream().map(sums -> sums.accepted).toArray());
        columns.add(hours.values().stream().map(sums -> sums.refused).toArray());
        columns.add(hours.values().stream().map(sums -> sums.bytes).toArray());
        columns.add(hours.values().stream().map(sums -> sums.delayMs).toArray());
        columns.add(hours.values().stream()
                .map(sums -> instant(sums.lastAt).toString())
                .toArray());
        List<String> types = List.of("int4", "text", "int8", "int8", "int8", "int8", "text");
        try (PreparedStatement statement = connection.prepareStatement(LOCK_AND_COUNT)) {
            for (int i = 0; i < columns.size(); i++) {
                Array array = connection.createArrayOf(types.get(i), columns.get(i));
                statement.setArray(i + 1, array);
            }
            statement.execute();
        }
    }

    private void copy(Connection connection, List<Parcel> parcels) throws SQLException {
        if (parcels.stream().allMatch(parcel -> parcel.rows() == null)) {
            return;
        }
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(CopyRows.STATEMENT);
        try {
            byte[] header = CopyRows.header();
            System.arraycopy(header, 0, gathered, 0, header.length);
            int waiting = header.length;
            for (Parcel parcel : parcels) {
                CopyRows rows = parcel.rows();
                if (rows == null) {
                    continue;
                }
                if (waiting + rows.length() > GATHERED) {
                    copy.writeToCopy(gathered, 0, waiting);
                    waiting = 0;
                }
                if (rows.length() > GATHERED) {
                    copy.writeToCopy(rows.bytes(), 0, rows.length());
                } else {
                    System.arraycopy(rows.bytes(), 0, gathered, waiting, rows.length());
                    waiting += rows.length();
                }
            }
            copy.writeToCopy(gathered, 0, waiting);
            byte[] trailer = CopyRows.trailer();
            copy.writeToCopy(trailer, 0, trailer.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void note(Connection connection, List<Parcel> parcels) throws SQLException {
        int noted = 0;
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into events.refusal (source_id, at, reason, excerpt) values (?, ?, ?, ?)")) {
            for (Parcel parcel : parcels) {
                for (Refusal refusal : parcel.refusals()) {
                    setSource(insert, parcel.source());
                    insert.setTimestamp(2, Timestamp.from(instant(parcel.receivedAt())));
                    insert.setString(3, refusal.code() + ": " + refusal.detail());
                    insert.setString(4, refusal.excerpt());
                    insert.addBatch();
                    noted++;
                }
            }
            if (noted > 0) {
                insert.executeBatch();
            }
        }
        refusalsSincePruning += noted;
        if (refusalsSincePruning >= PRUNE_EVERY) {
            refusalsSincePruning = 0;
            prune(connection);
        }
    }

    private static void setSource(PreparedStatement insert, @Nullable Integer source) throws SQLException {
        if (source == null) {
            insert.setNull(1, Types.INTEGER);
        } else {
            insert.setInt(1, source);
        }
    }

    /** Keeps the last of each source. */
    private static void prune(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("""
                delete from events.refusal r using (
                    select id, row_number() over (partition by source_id order by id desc) as place
                    from events.refusal) placed
                where placed.id = r.id and placed.place > ?
                """)) {
            delete.setInt(1, DoorLimits.REFUSALS_WINDOW);
            delete.executeUpdate();
        }
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
    }
}
