package io.perennial.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.Unwatched;
import io.perennial.health.scoring.HistoryJob;
import io.perennial.health.scoring.RecomputeJob;
import io.perennial.health.scoring.Spent;
import io.perennial.world.PerennialTest;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The weekly history of two years of a synthetic company, rewritten as the job does it, against as many times the SQL
 * anchor as there are weeks. Use, cases, answers and talks go back as many days as are asked for; older weeks have less to
 * read.
 */
@PerennialTest
@ExtendWith(FullSpeed.class)
class HistoryBench {

    private static final int ACCOUNTS = Integer.getInteger("bench.accounts", 2_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final int DAYS_OF_USE = Integer.getInteger("bench.days-of-use", 730);
    private static final int WEEKS = 104;

    @Autowired
    JdbcClient database;

    @Autowired
    RecomputeJob full;

    @Autowired
    HistoryJob history;

    @Autowired
    Spent spent;

    @Test
    void twoYearsOfWeeksAgainstPlainSql() {
        new SyntheticCompany(database, ACCOUNTS, DAYS_OF_USE).create();
        RecomputeAnchors anchors = new RecomputeAnchors(database);
        full.all();
        Ratios ratios = new Ratios("two years of weekly history");
        for (int round = 0; round < ROUNDS; round++) {
            long anchor = 0;
            for (int i = 0; i < WEEKS; i++) {
                anchors.otherValues();
                anchor += timed(anchors::score);
            }
            spent.take();
            long own = timed(() -> history.run(new Unwatched()));
            ratios.add(round, own, anchor, steps());
        }
        ratios.report(ACCOUNTS, "floor 3.5, moonshot 0.35");
        Long weeks = database.sql("select count(distinct at) from health.score_change")
                .query(Long.class)
                .single();
        System.out.printf("changes stand at %,d instants%n", weeks);
        assertThat(weeks).isPositive();
        database.sql("drop schema bench cascade").update();
    }

    private String steps() {
        Map<Spent.On, Long> steps = spent.take();
        return steps.entrySet().stream()
                .sorted(Map.Entry.<Spent.On, Long>comparingByValue().reversed())
                .limit(4)
                .map(step -> "%s %,d ms".formatted(step.getKey().words(), step.getValue()))
                .collect(Collectors.joining(", ", "by thread: ", ""));
    }

    private static long timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1_000_000;
    }
}
