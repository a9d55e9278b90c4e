package io.perennial.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.crash.FileSender.SentFile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What is asked of a disk after a power cut. */
final class Images {

    /** Every index and every table that PostgreSQL can examine; what is damaged makes it say so as an error or a row. */
    private static final String BTREES = """
            select i.indexrelid::regclass::text from pg_index i
            join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
            where a.amname = '%s' and c.relpersistence = 'p' and c.relkind = 'i' and i.indisready and i.indisvalid
            """;

    private static final String HEAPS = """
            select c.oid::regclass::text || ': ' || found.msg
            from pg_class c cross join lateral verify_heapam(c.oid) found
            where c.relkind in ('r', 'm') and c.relpersistence = 'p'
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BATCH = 200;

    private Images() {}

    static boolean allIsRead(Connection database) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("""
                        select coalesce((select seq from events.cursor where reader = 'use'), 0)
                            >= coalesce((select max(seq) from events.inbox), 0)
                        """)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** How many of these messages are not in the inbox. */
    static long missing(Connection database, BitSet acknowledged) throws SQLException {
        BitSet missing = (BitSet) acknowledged.clone();
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("""
                        select distinct substring(body from '"messageId":"message-([0-9]+)"')::int from events.inbox
                        """)) {
            while (row.next()) {
                missing.clear(row.getInt(1));
            }
        }
        return missing.cardinality();
    }

    /** As clients do with what was not acknowledged. */
    static void sendAgain(String server, List<String> keys, List<Message> messages, BitSet acknowledged)
            throws IOException, InterruptedException {
        try (Sender sender = new Sender(server, keys)) {
            for (int source = 0; source < keys.size(); source++) {
                List<Message> batch = new ArrayList<>();
                for (Message message : messages) {
                    if (message.source() == source && !acknowledged.get(message.number())) {
                        batch.add(message);
                    }
                    if (batch.size() == BATCH) {
                        send(sender, batch);
                    }
                }
                send(sender, batch);
            }
        }
    }

    private static void send(Sender sender, List<Message> batch) throws IOException, InterruptedException {
        if (!batch.isEmpty()) {
            Sender.Outcome outcome = sender.send(batch.getFirst().source(), batch, PATIENCE);
            assertThat(outcome.answer()).as(outcome.said()).isEqualTo(Sender.Answer.ACKNOWLEDGED);
            batch.clear();
        }
    }

    /** Whether every row of the file is in, once; what failed or stopped never will be, and says so. */
    static boolean imported(Revived server, SentFile file) throws SQLException, IOException {
        try (Connection database = server.connect();
                Statement statement = database.createStatement()) {
            try (ResultSet row = statement.executeQuery(
                    "select string_agg(coalesce(error, result, state), '; ') from platform.job where kind = 'import'"
                            + " and state in ('failed', 'cancelled')")) {
                row.next();
                assertThat(row.getString(1)).as("imports that did not end well").isNull();
            }
            try (ResultSet row =
                    statement.executeQuery("select count(*) from accounts.account where external_id like 'file-%d-%%'"
                            .formatted(file.number()))) {
                row.next();
                assertThat(row.getLong(1)).isLessThanOrEqualTo(file.rows());
                return row.getLong(1) == file.rows();
            }
        }
    }

    /** What amcheck has to say about tables and indexes; empty when they are sound. */
    static List<String> damage(Connection database) throws SQLException {
        List<String> damage = new ArrayList<>();
        try (Statement statement = database.createStatement()) {
            statement.execute("create extension if not exists amcheck");
            List<String> btrees = all(statement, BTREES.formatted("btree"));
            assertThat(btrees).hasSizeGreaterThan(50);
            for (String index : btrees) {
                examine(statement, "select bt_index_check('%s', true)".formatted(index), damage);
            }
            for (String index : all(statement, BTREES.formatted("gin"))) {
                examine(statement, "select gin_index_check('%s')".formatted(index), damage);
            }
            damage.addAll(all(statement, HEAPS));
        }
        return damage;
    }

    private static void examine(Statement statement, String question, List<String> damage) {
        try {
            statement.execute(question);
        } catch (SQLException found) {
            damage.add(question + ": " + found.getMessage());
        }
    }

    private static List<String> all(Statement statement, String query) throws SQLException {
        List<String> all = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                all.add(row.getString(1));
            }
        }
        return all;
    }

    /** A server of the test's own, with the settings that the product would insist on but for this one. */
    static EmbeddedPostgres postgres(Path cluster, int port, String fsync) throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setOverrideWorkingDirectory(binaries().toFile())
                .setCleanDataDirectory(false)
                .setPGStartupWait(PATIENCE)
                .setServerConfig("fsync", fsync)
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on");
        if (port != 0) {
            builder.setPort(port);
        }
        return builder.start();
    }

    /** Where the product unpacks its own, so that it is done once. */
    private static Path binaries() {
        return Path.of(System.getProperty("java.io.tmpdir"), "perennial-postgres-" + System.getProperty("user.name"));
    }

    /** How many of these messages are gone; all of them when not even the database starts. */
    static long lost(Path cluster, BitSet acknowledged) throws SQLException {
        try (EmbeddedPostgres after = postgres(cluster, 0, "on");
                Connection database = after.getPostgresDatabase().getConnection()) {
            return missing(database, acknowledged);
        } catch (IOException | IllegalStateException doesNotStart) {
            return acknowledged.cardinality();
        }
    }
}
