package io.perennial.health.scoring;

import io.perennial.accounts.Changes;
import io.perennial.health.scoring.RecomputeJob.Checkpoint;
import io.perennial.platform.jobs.JobHandler;
import io.perennial.platform.jobs.JobRun;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
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
    private final Pass pass;
    private final Measures measures;
    private final NormsSealing sealing;
    private final WeeklyHistory history;
    private final Changes changes;
    private final TransactionOperations transactions;
    private final Clock clock;

    HistoryJob(
            AllAccounts accounts,
            Models models,
            Pass pass,
            Measures measures,
            NormsSealing sealing,
            WeeklyHistory history,
            Changes changes,
            TransactionOperations transactions,
            Clock clock) {
        this.accounts = accounts;
        this.models = models;
        this.pass = pass;
        this.measures = measures;
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
        AtomicReference<Checkpoint> done = new AtomicReference<>(
                run.lastCheckpoint().map(Checkpoint::parse).orElse(Checkpoint.START));
        sealCohorts(run, weeks);
        if (done.get().count() == 0) {
            seal(run, weeks.getFirst(), today, inForce);
        }
        int total = accounts.count();
        ConcurrentMap<Object, Object> everybodys = new ConcurrentHashMap<>();
        pass.run(
                done.get().last(),
                AllAccounts.CHUNK_OF_YEARS,
                chunk -> transactions.executeWithoutResult(transaction -> {
                    history.rewrite(chunk, weeks, inForce, everybodys);
                    changes.mark(chunk); // their trend in lists follows
                }),
                chunk -> {
                    Checkpoint next = done.get().after(chunk);
                    done.set(next);
                    transactions.executeWithoutResult(transaction -> run.checkpoint(next.json()));
                    run.progress("Rewriting history", next.count(), Math.max(total, next.count()));
                },
                run::cancelled);
        return "%,d accounts over %d weeks".formatted(done.get().count(), weeks.size());
    }

    private void sealCohorts(JobRun run, List<LocalDate> weeks) {
        for (LocalDate week : weeks) {
            if (run.cancelled()) {
                return;
            }
            for (LocalDate day : List.of(week, week.withDayOfMonth(1))) {
                transactions.executeWithoutResult(transaction -> measures.sealPast(clock.instant(), day));
            }
        }
    }

    private void seal(JobRun run, LocalDate from, LocalDate to, List<ModelVersion> inForce) {
        List<LocalDate> months = new ArrayList<>();
        for (LocalDate month = from.withDayOfMonth(1);
                month.isBefore(to.withDayOfMonth(1));
                month = month.plusMonths(1)) {
            months.add(month);
        }
        int total = accounts.count();
        sealing.sealPast(
                months,
                inForce,
                seen -> run.progress("Finding what was usual", seen, Math.max(total, seen)),
                run::cancelled);
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
