package io.perennial.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.records.Records;
import io.perennial.world.Book;
import io.perennial.world.PerennialTest;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** A month whose use was deleted and comes again is written as if it came for the first time. */
@PerennialTest
class UsageThatComesAgainTests {

    private static final String CUSTOMER = "harbor";
    private static final int BATCHES = 30;
    private static final int PEOPLE = 100;

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Autowired
    TransactionOperations transactions;

    @BeforeEach
    void oneCustomer() {
        new Book(database).account(CUSTOMER, "Harbor Freight Lines");
    }

    /**
     * What PostgreSQL plans once and keeps, it may have planned while a month was empty: reading all of it costs nothing then.
     * Kept, that plan reads the whole month for each fact.
     */
    @Test
    void noFactReadsTheMonthFromItsBeginning() {
        month();
        database.sql("delete from usage.daily").update();
        database.sql("vacuum analyze usage.daily").update();

        long read = month();

        assertThat(database.sql("select count(*) from usage.daily")
                        .query(Long.class)
                        .single())
                .isEqualTo((long) BATCHES * PEOPLE);
        // Two reads of the month for each batch of facts would be as many.
        assertThat(read).isLessThan((long) BATCHES * BATCHES * PEOPLE);
    }

    /** @return rows that were read from the beginning of the month, for a batch or for a fact */
    private long month() {
        return Objects.requireNonNull(transactions.execute(one -> {
            for (int number = 0; number < BATCHES; number++) {
                batch(number);
            }
            return database.sql("""
                            select sum(seq_tup_read) from pg_stat_xact_user_tables
                            where schemaname = 'usage' and relname = 'daily_2026_11'
                            """).query(Long.class).single();
        }));
    }

    private void batch(int number) {
        UsageFacts facts = new UsageFacts(records);
        for (int person = 0; person < PEOPLE; person++) {
            facts.use(CUSTOMER, "2026-11-20", "feature " + number, "person " + person, 5);
        }
        facts.written();
    }
}
