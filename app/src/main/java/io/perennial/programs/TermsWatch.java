package io.perennial.programs;

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

/** Submits {@link TermsJob} once a day in UTC, also when the server was off at midnight. */
@Component
class TermsWatch extends Loop {

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final JdbcClient database;
    private final Jobs jobs;
    private final Clock clock;

    TermsWatch(
            JdbcClient database, Jobs jobs, Clock clock, @Value("${perennial.programs.watch:true}") boolean enabled) {
        super("entitlement-terms", LOOK_AGAIN, enabled);
        this.database = database;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    protected Duration step() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        boolean due = database.sql("""
                select exists (select from programs.enrolment)
                   and not exists (select from programs.granted_day where day = :today)
                   and not exists (select from platform.job where kind = :kind and state in ('queued', 'running'))
                """)
                .param("today", today)
                .param("kind", TermsJob.KIND)
                .query(Boolean.class)
                .single();
        if (due) {
            jobs.submit(TermsJob.KIND, "Entitlements of " + today, "{}", Actor.SYSTEM);
        }
        return LOOK_AGAIN;
    }
}
