package io.perennial.world;

import io.perennial.identity.signin.SignInLimits;
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
        if (!isFirstOfItsCompany(context)) {
            return;
        }
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
        application.getBean(SignInLimits.class).forgetEverything();
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

    private static boolean isFirstOfItsCompany(ExtensionContext context) {
        Class<?> story = context.getRequiredTestClass();
        if (!story.isAnnotationPresent(OneCompany.class)) {
            return true;
        }
        var kept = context.getRoot().getStore(ExtensionContext.Namespace.create(OneCompany.class));
        boolean first = !story.equals(kept.get("story"));
        kept.put("story", story);
        return first;
    }
}
