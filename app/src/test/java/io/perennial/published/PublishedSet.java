package io.perennial.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.cases.CaseFigures;
import io.perennial.contracts.RecurringRevenue;
import io.perennial.platform.imports.Counts;
import io.perennial.world.PerennialTest;
import io.perennial.world.PublishedFiles;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests of a public data set work with: its files, our figures, and the tables. */
@PerennialTest
@Import(PublishedFiles.class)
abstract class PublishedSet {

    /** Before and after everything that any of the sets tells of. */
    static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");

    static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

    @Autowired
    PublishedFiles files;

    @Autowired
    CaseFigures figures;

    @Autowired
    RecurringRevenue revenue;

    @Autowired
    JdbcClient database;

    /** Brings the customers of a set and what they bought, every row of it new. */
    void bringCustomers(String set, int accounts, int lines) {
        assertThat(files.bring("accounts", set + "/accounts").counts()).isEqualTo(new Counts(accounts, 0, 0, 0));
        assertThat(files.bring("contract-lines", set + "/subscriptions").counts())
                .isEqualTo(new Counts(lines, 0, 0, 0));
    }

    /** The one value that a query answers. */
    String one(String sql) {
        return database.sql(sql).query(String.class).single();
    }
}
