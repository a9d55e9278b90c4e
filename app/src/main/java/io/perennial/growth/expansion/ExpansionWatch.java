package io.perennial.growth.expansion;

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

/**
 * Submits {@link ExpansionJob} once a day, and again after adoption was renewed, which it reads. The first time it waits until all
 * customers are scored: before that none of them is known to be healthy.
 */
@Component
class ExpansionWatch extends Loop {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private final JdbcClient database;
    private final Jobs jobs;
    private final Clock clock;

    ExpansionWatch(
            JdbcClient database, Jobs jobs, Clock clock, @Value("${perennial.growth.watch:true}") boolean enabled) {
        super("expansion-signals", LOOK_AGAIN, enabled);
        this.database = database;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    protected Duration step() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        boolean due = database.sql("""
                select exists (select from accounts.overview)
                   and case
                        when last.at is null then not exists (select from accounts.changed)
                        else last.day < :today
                            or coalesce(last.at < (select max(r.renewed_at) from usage.adoption_renewal r), false)
                    end
                   and not exists (select from platform.job where kind = :kind and state in ('queued', 'running'))
                from (select max(day) as day, max(at) as at from growth.expansion_run) last
                """)
                .param("today", today)
                .param("kind", ExpansionJob.KIND)
                .query(Boolean.class)
                .optional()
                .orElse(false);
        if (due) {
            jobs.submit(ExpansionJob.KIND, ExpansionJob.TITLE, "{}", Actor.SYSTEM);
        }
        return LOOK_AGAIN;
    }
}
