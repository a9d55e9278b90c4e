package io.perennial.success;

import io.perennial.platform.background.Loop;
import io.perennial.platform.jobs.Jobs;
import io.perennial.shared.Actor;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Answers signals of falling goal features with a task, and submits {@link MeasureJob} once a day. */
@Component
class SuccessWatch extends Loop {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final JdbcClient database;
    private final PlanTasks tasks;
    private final Jobs jobs;
    private final Clock clock;

    SuccessWatch(
            JdbcClient database,
            PlanTasks tasks,
            Jobs jobs,
            Clock clock,
            @Value("${perennial.success.watch:true}") boolean enabled) {
        super("success-plans", LOOK_AGAIN, enabled);
        this.database = database;
        this.tasks = tasks;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    protected Duration step() {
        tasks.answerFlags();
        boolean due = database.sql("""
                select exists (select from success.outcome where measure is not null)
                   and not exists (select from success.measured_day where day >= :today)
                   and not exists (select from platform.job where kind = :kind and state in ('queued', 'running'))
                """)
                .param("today", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("kind", MeasureJob.KIND)
                .query(Boolean.class)
                .single();
        if (due) {
            jobs.submit(MeasureJob.KIND, MeasureJob.TITLE, "{}", Actor.SYSTEM);
        }
        return LOOK_AGAIN;
    }
}
