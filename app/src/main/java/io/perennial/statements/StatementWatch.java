package io.perennial.statements;

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

/** Submits {@link DraftJob} when a period of some schedule is over and was not drafted yet. */
@Component
class StatementWatch extends Loop {

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

    private final JdbcClient database;
    private final Jobs jobs;
    private final Clock clock;

    StatementWatch(
            JdbcClient database, Jobs jobs, Clock clock, @Value("${perennial.statements.watch:true}") boolean enabled) {
        super("statements", LOOK_AGAIN, enabled);
        this.database = database;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    protected Duration step() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        boolean idle = database.sql("""
                select exists (select from accounts.account)
                   and not exists (select from platform.job where kind = :kind and state in ('queued', 'running'))
                """)
                .param("kind", DraftJob.KIND)
                .query(Boolean.class)
                .single();
        boolean due = idle && DraftJob.MONTHS.stream().anyMatch(months -> isDue(months, today));
        if (due) {
            jobs.submit(DraftJob.KIND, DraftJob.TITLE, "{}", Actor.SYSTEM);
        }
        return LOOK_AGAIN;
    }

    private boolean isDue(int months, LocalDate today) {
        return database.sql("""
                select not exists (select from statements.drafted where months = :months and until_day = :until)
                """)
                .param("months", months)
                .param("until", Period.last(months, today).until())
                .query(Boolean.class)
                .single();
    }
}
