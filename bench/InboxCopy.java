import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** The anchor: one COPY of the last rows that came in, into a table without index or partitions. */
class InboxCopy {

    static final String COLUMNS =
            "received_on, received_at, source_id, message, kind, occurred_at, user_ref, anonymous_ref, account_ref, name, body";

    private static final int ROWS = 150_000;
    private static final int TRIES = 2;

    private final Connection connection;
    private final Database database;
    private byte[] rows = {};
    private long count;

    InboxCopy(Connection connection) throws SQLException {
        this.connection = connection;
        this.database = new Database(connection);
        database.run("drop schema if exists bench cascade");
        database.run("create schema bench");
        database.run("create table bench.copied (like events.inbox including defaults)");
    }

    void takeRows() throws SQLException, IOException {
        long last = database.number("select max(seq) from events.inbox");
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut(
                "copy (select %s from events.inbox where seq > %d order by seq) to stdout (format binary)".formatted(COLUMNS, last - ROWS), taken);
        rows = taken.toByteArray();
        count = copy();
        System.out.printf("%d rows of %.0f bytes, load %s%n", count, rows.length / (double) count, Times.load());
    }

    /** Rows a second, the better of two. */
    double perSecond() throws SQLException, IOException {
        double best = 0;
        for (int i = 0; i < TRIES; i++) {
            database.run("truncate bench.copied");
            long started = System.nanoTime();
            copy();
            best = Math.max(best, count / ((System.nanoTime() - started) / 1e9));
        }
        return best;
    }

    private long copy() throws SQLException, IOException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(
                "copy bench.copied (" + COLUMNS + ") from stdin (format binary)", new ByteArrayInputStream(rows), 64 * 1024);
    }
}
