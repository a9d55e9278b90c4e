package io.perennial.health.scoring;

import io.perennial.accounts.Changes;
import io.perennial.platform.jobs.JobHandler;
import io.perennial.platform.jobs.JobRun;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The weekly history of two years as the models in force would have told it: every account as of the end of every
 * Sunday, with norms sealed for each of these months. Replaces what was stored for the period.
 */
@Component
public class HistoryJob implements JobHandler {

    public static final String KIND = "health-history";

    private static final int YEARS = 2;

    private final AllAccounts accounts;
    private final Models models;
    private final NormsSealing sealing;
    private final WeeklyHistory history;
    private final Changes changes;
    private final TransactionOperations transactions;
    private final Clock clock;

    HistoryJob(
            AllAccounts accounts,
            Models models,
            NormsSealing sealing,
            WeeklyHistory history,
            Changes changes,
            TransactionOperations transactions,
            Clock clock) {
        this.accounts = accounts;
        this.models = models;
        this.sealing = sealing;
        this.history = history;
        this.changes = changes;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String run(JobRun run) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<ModelVersion> inForce = models.inForce();
        List<LocalDate> weeks = weeks(today);
        RecomputeJob.Checkpoint done =
                run.lastCheckpoint().map(RecomputeJob.Checkpoint::parse).orElse(RecomputeJob.Checkpoint.START);
        if (done.count() == 0) {
            seal(run, weeks.getFirst(), today, inForce);
        }
        int total = accounts.count();
        List<AccountId> chunk = accounts.after(done.last());
        while (!chunk.isEmpty() && !run.cancelled()) {
            List<AccountId> present = chunk;
            RecomputeJob.Checkpoint next = done.after(chunk);
            transactions.executeWithoutResult(transaction -> {
                history.rewrite(present, weeks, inForce);
                changes.mark(present); // their trend in lists follows
                run.checkpoint(next.json());
            });
            done = next;
            run.progress("Rewriting history", done.count(), Math.max(total, done.count()));
            chunk = accounts.after(done.last());
        }
        return "%,d accounts over %d weeks".formatted(done.count(), weeks.size());
    }

    private void seal(JobRun run, LocalDate from, LocalDate to, List<ModelVersion> inForce) {
        int done = 0;
        for (LocalDate month = from.withDayOfMonth(1);
                month.isBefore(to.withDayOfMonth(1));
                month = month.plusMonths(1)) {
            if (run.cancelled()) {
                return;
            }
            Instant start = month.atStartOfDay(ZoneOffset.UTC).toInstant();
            sealing.seal(start, inForce, List.of(month));
            run.progress("Finding what was usual", ++done, YEARS * 12L);
        }
    }

    /** The Mondays at whose first instant a week ends, oldest first. */
    static List<LocalDate> weeks(LocalDate today) {
        List<LocalDate> weeks = new ArrayList<>();
        LocalDate last = Weeks.monday(today);
        for (LocalDate week = Weeks.monday(today.minusYears(YEARS)); !week.isAfter(last); week = week.plusWeeks(1)) {
            weeks.add(week);
        }
        return weeks;
    }
}
