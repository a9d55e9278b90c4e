package io.perennial.world;

import io.perennial.identity.signin.SignInLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.junit.jupiter.SpringExtension;
import org.springframework.transaction.support.TransactionOperations;

/** Empties every table of every module before each test and sets the clock back. */
class EmptyCompany implements BeforeEachCallback {

    /**
     * To truncate a table makes new files for it, for its indexes and for all that refers to it, hundreds of them: that takes
     * far longer than to delete the few rows that most tests write.
     */
    private static final int SMALL_BYTES = 256 * 1024;

    private record Filled(String table, boolean truncated) {}

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!isFirstOfItsCompany(context)) {
            return;
        }
        var application = SpringExtension.getApplicationContext(context);
        empty(application);
        application.getBean(MovableClock.class).reset();
        application.getBean(SignInLimits.class).forgetEverything();
    }

    /** Work in the background of the test before may still hold a row; PostgreSQL then ends one of the two. */
    private static void empty(ApplicationContext application) {
        var database = application.getBean(JdbcClient.class);
        var transactions = application.getBean(TransactionOperations.class);
        for (int tries = 1; ; tries++) {
            try {
                transactions.executeWithoutResult(one -> empty(database));
                return;
            } catch (PessimisticLockingFailureException deadlock) {
                if (tries == 10) {
                    throw deadlock;
                }
            }
        }
    }

    private static void empty(JdbcClient database) {
        List<String> tables = database.sql("""
                select format('%I.%I', schemaname, tablename) from pg_tables
                where schemaname not in ('pg_catalog', 'information_schema') and tablename not in ('flyway_history')
                order by 1
                """).query(String.class).list();
        if (tables.isEmpty()) {
            return;
        }
        database.sql("lock table " + String.join(", ", tables) + " in access exclusive mode")
                .update();
        List<Filled> filled = filled(database);
        List<String> statements = new ArrayList<>();
        // Neither does truncate ask what refers to a row.
        statements.add("set local session_replication_role = replica");
        filled.stream()
                .filter(one -> !one.truncated())
                .forEach(one -> statements.add("delete from only " + one.table()));
        statements.add("set local session_replication_role = origin");
        String truncated =
                filled.stream().filter(Filled::truncated).map(Filled::table).collect(Collectors.joining(", "));
        if (!truncated.isEmpty()) {
            statements.add("truncate " + truncated + " cascade");
        }
        statements.forEach(statement -> database.sql(statement).update());
    }

    /** What may hold rows; what is large, or wants to be told when everything is gone, is truncated. */
    private static List<Filled> filled(JdbcClient database) {
        return database.sql("""
                with kept as (
                    select c.oid, format('%I.%I', n.nspname, c.relname) as name, pg_relation_size(c.oid) > 0 as filled,
                        pg_table_size(c.oid) > :small
                            or exists (select 1 from pg_trigger t where t.tgrelid = c.oid and t.tgtype & 32 > 0) as truncated
                    from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where c.relkind = 'r' and c.relpersistence <> 't' and c.relname not in ('flyway_history')
                        and n.nspname not in ('pg_catalog', 'information_schema'))
                select name, truncated from kept where filled or truncated order by name
                """)
                .param("small", SMALL_BYTES)
                .query((row, number) -> new Filled(String.valueOf(row.getString(1)), row.getBoolean(2)))
                .list();
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
