package io.perennial.usage;

import io.perennial.platform.jobs.JobHandler;
import io.perennial.platform.jobs.JobRun;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** {@link AdoptionRenewal} as a job, which a crash does not stop. */
@Component
class AdoptionJob implements JobHandler {

    static final String KIND = "adoption";

    private final AdoptionRenewal renewal;
    private final Clock clock;

    AdoptionJob(AdoptionRenewal renewal, Clock clock) {
        this.renewal = renewal;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String run(JobRun run) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        int accounts = renewal.renew(now, today, (done, total) -> run.progress("Accounts", done, total));
        return Wording.number(accounts) + " accounts with seats or use";
    }
}
