package io.perennial.cases.tone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.PerennialTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** After an update of the model all messages are judged anew, and nobody at a page feels it. */
@PerennialTest
class CatchingUpTests {

    private static final int BATCHES = 6;

    @Autowired
    JdbcClient database;

    @Autowired
    CatchingUp catchingUp;

    @BeforeEach
    void manyMessagesFromBeforeTheModel() {
        AccountId harbor = new Book(database).account("harbor", "Harbor Freight Lines");
        database.sql("""
                insert into cases.support_case (id, external_id, account_id, opened_at, created_at, updated_at)
                values (gen_random_uuid(), 'old', :account, '2026-10-01T08:00Z', now(), now())
                """).param("account", harbor.value()).update();
        database.sql("""
                insert into cases.message (id, external_id, case_id, kind, at, body, created_at, updated_at)
                select gen_random_uuid(), 'm-' || n, c.id, case when n % 2 = 0 then 'customer' else 'note' end, c.opened_at,
                    case when n % 10 = 0 then 'This is outrageous, we are furious.' else 'Thank you, that works.' end, now(), now()
                from cases.support_case c, generate_series(1, :messages) n
                """).param("messages", 2 * BATCHES * CatchingUp.BATCH).update();
    }

    @AfterEach
    void quiet() {
        catchingUp.stop();
    }

    @Test
    void itRestsAsLongAsItWorksAndStopsWhenTheServerDoes() {
        long began = System.nanoTime();
        Duration rest = catchingUp.step();
        Duration worked = Duration.ofNanos(System.nanoTime() - began);
        assertThat(read()).isEqualTo(CatchingUp.BATCH);
        assertThat(rest).isBetween(worked.multipliedBy(8).dividedBy(10), worked.plusMillis(20));

        catchingUp.start();
        await().until(() -> read() >= 2 * CatchingUp.BATCH);
        catchingUp.stop();
        long read = read();
        assertThat(read % CatchingUp.BATCH).as("between two batches").isZero();
        assertThat(read).as("stopped on the way").isLessThan(BATCHES * CatchingUp.BATCH);

        catchingUp.start();
        await().atMost(Duration.ofMinutes(2)).until(() -> read() == BATCHES * CatchingUp.BATCH);
        await().until(() -> database.sql("select finished_at is not null from cases.tone_reading")
                .query(Boolean.class)
                .single());
        catchingUp.stop();
        assertThat(database.sql("select count(*) from cases.tone where said")
                        .query(Long.class)
                        .single())
                .isEqualTo(BATCHES * CatchingUp.BATCH / 5);
        assertThat(catchingUp.step()).as("once through, it hardly looks").isEqualTo(Duration.ofHours(1));
    }

    private long read() {
        return database.sql("select count(*) from cases.tone").query(Long.class).single();
    }
}
