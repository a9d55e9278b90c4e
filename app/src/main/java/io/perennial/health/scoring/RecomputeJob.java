package io.perennial.health.scoring;

import io.perennial.platform.jobs.JobHandler;
import io.perennial.platform.jobs.JobRun;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Scores every account anew, a chunk and a transaction at a time; goes on where it stopped. */
@Component
public class RecomputeJob implements JobHandler {

    public static final String KIND = "health-recompute";

    private final AllAccounts accounts;
    private final Rescoring rescoring;
    private final ChangedQueue queue;
    private final NormsSealing sealing;
    private final Models models;
    private final TransactionOperations transactions;
    private final Clock clock;

    RecomputeJob(
            AllAccounts accounts,
            Rescoring rescoring,
            ChangedQueue queue,
            NormsSealing sealing,
            Models models,
            TransactionOperations transactions,
            Clock clock) {
        this.accounts = accounts;
        this.rescoring = rescoring;
        this.queue = queue;
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
        sealing.sealMissing(clock.instant(), models.inForce());
        Checkpoint done = run.lastCheckpoint().map(Checkpoint::parse).orElse(Checkpoint.START);
        int total = accounts.count();
        run.progress("Scoring accounts", done.count(), total);
        List<AccountId> chunk = accounts.after(done.last());
        while (!chunk.isEmpty() && !run.cancelled()) {
            List<AccountId> present = chunk;
            Checkpoint next = done.after(chunk);
            transactions.executeWithoutResult(transaction -> {
                queue.alone();
                rescoring.rescore(present);
                run.checkpoint(next.json());
            });
            done = next;
            run.progress("Scoring accounts", done.count(), Math.max(total, done.count()));
            chunk = accounts.after(done.last());
        }
        return "%,d accounts scored".formatted(done.count());
    }

    /** Everything at once, without a job: for tests and for measuring. */
    public int all() {
        sealing.sealMissing(clock.instant(), models.inForce());
        return accounts.inChunks(chunk -> transactions.executeWithoutResult(transaction -> {
            queue.alone();
            rescoring.rescore(chunk);
        }));
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
            var tree = StoredReadings.JSON.readTree(json);
            return new Checkpoint(
                    UUID.fromString(tree.path("last").stringValue()),
                    tree.path("count").intValue());
        }
    }
}
