package io.perennial.world;

import java.util.List;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Empties every table of every module before each test and sets the clock back. */
class EmptyCompany implements BeforeEachCallback {

    private static final int TRIES = 10;

    @Override
    public void beforeEach(ExtensionContext context) {
        var application = SpringExtension.getApplicationContext(context);
        var database = application.getBean(JdbcClient.class);
        List<String> tables = database.sql("""
                select format('%I.%I', schemaname, tablename) from pg_tables
                where schemaname not in ('pg_catalog', 'information_schema') and tablename not in ('flyway_history')
                """).query(String.class).list();
        if (!tables.isEmpty()) {
            truncate(database, "truncate " + String.join(", ", tables) + " cascade");
        }
        application.getBean(MovableClock.class).reset();
    }

    /** Scores are computed in the background; PostgreSQL ends one of us when both wait for the other. */
    private static void truncate(JdbcClient database, String statement) {
        for (int left = TRIES; ; left--) {
            try {
                database.sql(statement).update();
                return;
            } catch (PessimisticLockingFailureException e) {
                if (left == 1) {
                    throw e;
                }
            }
        }
    }
}
