import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Plain statements over one connection, each with its time. */
class Database {

    private final Connection connection;

    Database(Connection connection) {
        this.connection = connection;
    }

    void timed(String what, String sql) throws SQLException {
        long started = System.nanoTime();
        run(sql);
        System.out.printf("%-70s %7.1f s%n", what, (System.nanoTime() - started) / 1e9);
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Rows as text, columns separated by tabs. */
    List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : "\t").append(result.getString(i));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    /** Drops what is no constraint and returns the statements that make it again: building once beats keeping up. */
    List<String> dropIndexes(String table) throws SQLException {
        List<String> made = new ArrayList<>();
        for (String row : rows("""
                select i.indexrelid::regclass, pg_get_indexdef(i.indexrelid) from pg_index i
                where i.indrelid = '%s'::regclass
                  and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
                """.formatted(table))) {
            String[] index = row.split("\t", 2);
            run("drop index " + index[0]);
            made.add(index[1]);
        }
        return made;
    }
}
