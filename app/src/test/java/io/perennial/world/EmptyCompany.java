package io.perennial.world;

import java.util.List;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Empties every table of every module before each test and sets the clock back. */
class EmptyCompany implements BeforeEachCallback {

    @Override
    public void beforeEach(ExtensionContext context) {
        var application = SpringExtension.getApplicationContext(context);
        var database = application.getBean(JdbcClient.class);
        List<String> tables = database.sql("""
                select format('%I.%I', schemaname, tablename) from pg_tables
                where schemaname not in ('pg_catalog', 'information_schema') and tablename not in ('flyway_history')
                """).query(String.class).list();
        if (!tables.isEmpty()) {
            empty(database, tables);
        }
        application.getBean(MovableClock.class).reset();
    }

    /** Work in the background of the test before may still hold a row; PostgreSQL then ends one of the two. */
    private static void empty(JdbcClient database, List<String> tables) {
        for (int tries = 1; ; tries++) {
            try {
                database.sql("truncate " + String.join(", ", tables) + " cascade")
                        .update();
                return;
            } catch (PessimisticLockingFailureException deadlock) {
                if (tries == 10) {
                    throw deadlock;
                }
            }
        }
    }
}
