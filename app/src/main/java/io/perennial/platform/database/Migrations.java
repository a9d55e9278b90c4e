package io.perennial.platform.database;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings each module's schema up to date, lower modules first. Every module has its own schema, history table and
 * folder {@code db/migration/<module>}; foreign keys across schemas lead to accounts and team members only.
 */
final class Migrations {

    private static final List<String> MODULES = List.of(
            "platform",
            "identity",
            "accounts",
            "mail",
            "health",
            "usage",
            "events",
            "contracts",
            "programs",
            "cases",
            "surveys",
            "engagement",
            "knowledge",
            "defects",
            "growth",
            "console",
            "metrics",
            "renewals",
            "cancellations",
            "campaigns",
            "success",
            "statements",
            "training",
            "onboarding",
            "playbooks");

    private Migrations() {}

    static void run(DataSource database) {
        for (String module : MODULES) {
            Flyway.configure()
                    .dataSource(database)
                    .schemas(module)
                    .defaultSchema(module)
                    .createSchemas(true)
                    .table("flyway_history")
                    .locations("classpath:db/migration/" + module)
                    .load()
                    .migrate();
        }
    }
}
