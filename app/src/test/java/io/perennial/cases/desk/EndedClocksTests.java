package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.world.PerennialTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Cases that were over when they came in get clocks, too, without anybody waiting for that. */
@PerennialTest
class EndedClocksTests extends DeskStory {

    @Autowired
    EndedClocks ended;

    @AfterEach
    void quiet() {
        ended.stop();
    }

    @Test
    void whatWasOverWhenItCameInIsCountedOnce() {
        write("cases", "kept", over("2026-10-05T08:00:00Z", "2026-10-05T08:40:00Z"));
        write("cases", "late", over("2026-10-06T08:00:00Z", "2026-10-06T10:30:00Z"));
        write("cases", "open", Map.of("account", "harbor", "opened_at", "2026-11-24T08:00:00Z"));
        assertThat(waiting()).isEqualTo(2);

        assertThat(ended.count()).isEqualTo(2);

        assertThat(waiting()).isZero();
        assertThat(ended.count()).isZero();
        assertThat(database.sql("""
                select c.external_id || case when k.breached_at is null then ' kept' else ' broken' end
                from cases.clock k join cases.support_case c on c.id = k.case_id
                where c.state = 'closed' and k.kind = 'first-response' order by 1
                """).query(String.class).list()).containsExactly("kept kept", "late broken");
    }

    @Test
    void aCaseThatWasOpenedAgainMeanwhileKeepsWhatIsDue() {
        write("cases", "again", over("2026-11-24T08:00:00Z", "2026-11-24T08:20:00Z"));
        database.sql("update cases.support_case set closed_at = null, first_response_at = null, status = 'open'")
                .update();
        assertThat(refresh.refresh(clock.instant())).isEqualTo(1);

        ended.count();

        assertThat(database.sql("select count(*) from cases.support_case where next_due_at is not null")
                        .query(Long.class)
                        .single())
                .isOne();
        assertThat(waiting()).isZero();
    }

    @Test
    void itRestsAsLongAsItWorksAndStopsWhenTheServerDoes() {
        many(20 * EndedClocks.BATCH);
        long began = System.nanoTime();
        Duration rest = ended.step();
        Duration worked = Duration.ofNanos(System.nanoTime() - began);
        assertThat(rest).isGreaterThanOrEqualTo(Duration.ofMillis(20)).isLessThan(Duration.ofSeconds(30));
        assertThat(rest).isGreaterThan(worked.multipliedBy(8).dividedBy(10));

        ended.start();
        await().until(() -> waiting() < 18 * EndedClocks.BATCH);
        ended.stop();
        long left = waiting();
        assertThat(ended.isRunning()).isFalse();
        assertThat(left).as("stopped on the way").isPositive();
        assertThat(left % EndedClocks.BATCH).as("between two batches").isZero();
        assertThat(clocks()).isEqualTo(20 * EndedClocks.BATCH - left);

        ended.start();
        await().atMost(Duration.ofMinutes(2)).until(() -> waiting() == 0);
        assertThat(clocks()).isEqualTo(20 * EndedClocks.BATCH);
    }

    private void many(int cases) {
        database.sql("""
                insert into cases.support_case (id, external_id, account_id, opened_at, first_response_at, resolved_at,
                    closed_at, status, priority, created_at, updated_at)
                select gen_random_uuid(), 'old-' || n, :account, at, at + interval '30 minutes', at + interval '1 day',
                    at + interval '2 days', 'closed', 'urgent', at, at
                from generate_series(1, :cases) n, lateral (select timestamptz '2026-10-01 08:00Z' - n * interval '1 hour' as at) t
                """).param("account", harbor.value()).param("cases", cases).update();
    }

    private static Map<String, Object> over(String opened, String answered) {
        return Map.of(
                "account",
                "harbor",
                "opened_at",
                opened,
                "first_response_at",
                answered,
                "closed_at",
                answered,
                "priority",
                "urgent");
    }

    private long waiting() {
        return database.sql("select count(*) from cases.uncounted")
                .query(Long.class)
                .single();
    }

    private long clocks() {
        return database.sql("select count(distinct case_id) from cases.clock")
                .query(Long.class)
                .single();
    }
}
