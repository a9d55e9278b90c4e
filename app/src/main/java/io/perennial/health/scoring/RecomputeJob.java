package io.perennial.health.scoring;

import io.perennial.platform.jobs.JobHandler;
import io.perennial.platform.jobs.JobRun;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Scores every account anew, each chunk in a transaction of its own; goes on where it stopped. */
@Component
public class RecomputeJob implements JobHandler {

    public static final String KIND = "health-recompute";

    private final AllAccounts accounts;
    private final Rescoring rescoring;
    private final KeptReadings kept;
    private final ChangedQueue queue;
    private final Pass pass;
    private final Measures measures;
    private final NormsSealing sealing;
    private final Models models;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final ReentrantLock alone = new ReentrantLock();

    RecomputeJob(
            AllAccounts accounts,
            Rescoring rescoring,
            KeptReadings kept,
            ChangedQueue queue,
            Pass pass,
            Measures measures,
            NormsSealing sealing,
            Models models,
            TransactionOperations transactions,
            Clock clock) {
        this.accounts = accounts;
        this.rescoring = rescoring;
        this.kept = kept;
        this.queue = queue;
        this.pass = pass;
        this.measures = measures;
        this.sealing = sealing;
        this.models = models;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String run(JobRun run) {
        prepare();
        AtomicReference<Checkpoint> done = new AtomicReference<>(
                run.lastCheckpoint().map(Checkpoint::parse).orElse(Checkpoint.START));
        int total = accounts.count();
        run.progress("Scoring accounts", done.get().count(), total);
        pass(
                done.get().last(),
                chunk -> {
                    Checkpoint next = done.get().after(chunk);
                    done.set(next);
                    transactions.executeWithoutResult(transaction -> run.checkpoint(next.json()));
                    run.progress("Scoring accounts", next.count(), Math.max(total, next.count()));
                },
                run::cancelled);
        return "%,d accounts scored".formatted(done.get().count());
    }

    /** Everything at once, without a job: for tests and for measuring. */
    public int all() {
        prepare();
        AtomicReference<Checkpoint> done = new AtomicReference<>(Checkpoint.START);
        pass(AllAccounts.START, chunk -> done.set(done.get().after(chunk)), () -> false);
        return done.get().count();
    }

    /** Cohorts and norms are sealed before the first chunk, so that all chunks are compared with the same. */
    private void prepare() {
        Instant now = clock.instant();
        transactions.executeWithoutResult(transaction -> measures.seal(now, LocalDate.ofInstant(now, ZoneOffset.UTC)));
        sealing.sealMissing(now, models.inForce());
    }

    /** One pass at a time, so that an older reading never overwrites a newer one. */
    private void pass(UUID last, Consumer<List<AccountId>> finished, BooleanSupplier cancelled) {
        alone.lock();
        try {
            Basis basis = kept.basis(clock.instant());
            pass.run(last, chunk -> rescore(chunk, basis), finished, cancelled);
        } finally {
            alone.unlock();
        }
    }

    /** Who is marked meanwhile by facts that are read here needs no scoring of its own. */
    private void rescore(List<AccountId> chunk, Basis basis) {
        transactions.executeWithoutResult(transaction -> {
            queue.besideTheSamePass();
            rescoring.rescore(chunk, basis);
        });
    }

    /** Where a pass over all accounts stands. */
    record Checkpoint(UUID last, int count) {

        static final Checkpoint START = new Checkpoint(AllAccounts.START, 0);

        Checkpoint after(List<AccountId> chunk) {
            return new Checkpoint(chunk.getLast().value(), count + chunk.size());
        }

        String json() {
            return "{\"last\":\"" + last + "\",\"count\":" + count + "}";
        }

        static Checkpoint parse(String json) {
            var tree = ScoreHistory.JSON.readTree(json);
            return new Checkpoint(
                    UUID.fromString(tree.path("last").stringValue()),
                    tree.path("count").intValue());
        }
    }
}
