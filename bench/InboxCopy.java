import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * The anchors: one COPY of the last rows that came in. Plain, as {@code \copy} of psql would do it: PostgreSQL's default
 * text format, into a table shaped like the inbox (columns, sequence, its index, a partition for each day). Bare: the
 * binary format that the entrance itself uses, into a table without index or partitions, the most PostgreSQL can do.
 */
class InboxCopy {

    static final String COLUMNS =
            "received_on, received_at, source_id, message, kind, occurred_at, user_ref, anonymous_ref, account_ref, name, body";

    private static final int ROWS = 150_000;
    private static final int TRIES = 2;

    private final Connection connection;
    private final Database database;
    private byte[] text = {};
    private byte[] binary = {};
    private long count;

    InboxCopy(Connection connection) throws SQLException {
        this.connection = connection;
        this.database = new Database(connection);
        database.run("drop schema if exists bench cascade");
        database.run("create schema bench");
        database.run("create table bench.copied (like events.inbox including defaults)");
        database.run("create sequence bench.inbox_seq");
        database.run("create table bench.inbox (like events.inbox including all) partition by range (received_on)");
        database.run("alter table bench.inbox alter seq set default nextval('bench.inbox_seq')");
        database.run("create table bench.inbox_other partition of bench.inbox default");
    }

    void takeRows() throws SQLException, IOException {
        long last = database.number("select max(seq) from events.inbox");
        String rows = "(select %s from events.inbox where seq > %d order by seq)".formatted(COLUMNS, last - ROWS);
        for (String day : database.rows("select distinct received_on from events.inbox where seq > " + (last - ROWS))) {
            database.run("create table if not exists bench.inbox_%s partition of bench.inbox for values from ('%s') to (date '%s' + 1)"
                    .formatted(day.replace('-', '_'), day, day));
        }
        text = copyOut(rows, "");
        binary = copyOut(rows, " (format binary)");
        count = copyIn("bench.inbox", text, "");
        copyIn("bench.copied", binary, " (format binary)");
        System.out.printf("%d rows of %.0f bytes as text, %.0f binary, load %s%n",
                count, text.length / (double) count, binary.length / (double) count, Times.load());
    }

    /** Rows a second of each anchor, the better of two. */
    record Speeds(double plain, double bare) {}

    Speeds perSecond() throws SQLException, IOException {
        return new Speeds(best("bench.inbox", text, ""), best("bench.copied", binary, " (format binary)"));
    }

    private double best(String table, byte[] rows, String format) throws SQLException, IOException {
        double best = 0;
        for (int i = 0; i < TRIES; i++) {
            database.run("truncate " + table);
            long started = System.nanoTime();
            copyIn(table, rows, format);
            best = Math.max(best, count / ((System.nanoTime() - started) / 1e9));
        }
        return best;
    }

    private byte[] copyOut(String rows, String format) throws SQLException, IOException {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy " + rows + " to stdout" + format, taken);
        return taken.toByteArray();
    }

    private long copyIn(String table, byte[] rows, String format) throws SQLException, IOException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(
                "copy %s (%s) from stdin%s".formatted(table, COLUMNS, format), new ByteArrayInputStream(rows), 64 * 1024);
    }
}
