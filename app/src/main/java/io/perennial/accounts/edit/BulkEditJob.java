package io.perennial.accounts.edit;

import io.perennial.platform.audit.Audit;
import io.perennial.platform.jobs.JobHandler;
import io.perennial.platform.jobs.JobRun;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Edits many accounts in batches. Each batch is stored together with its checkpoint; all share one change. */
@Component
class BulkEditJob implements JobHandler {

    static final String KIND = "accounts-edit";

    private final AccountEdits edits;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final JsonMapper json;

    BulkEditJob(AccountEdits edits, Audit audit, TransactionTemplate transaction, JsonMapper json) {
        this.edits = edits;
        this.audit = audit;
        this.transaction = transaction;
        this.json = json;
    }

    /** @param summary past sentence about the whole, for Recent changes */
    record Parameters(List<UUID> accounts, Field field, String value, String summary) {}

    record Checkpoint(UUID change, int done) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String run(JobRun run) {
        Parameters parameters = json.readValue(run.parameters(), Parameters.class);
        List<UUID> accounts = parameters.accounts();
        String summary = parameters.summary();
        Checkpoint start = run.lastCheckpoint()
                .map(text -> json.readValue(text, Checkpoint.class))
                .orElseGet(() -> begin(run, summary));
        AccountEdits.Tally tally = new AccountEdits.Tally();
        for (int done = start.done(); done < accounts.size() && !run.cancelled(); done += AccountEdits.BATCH) {
            int end = Math.min(accounts.size(), done + AccountEdits.BATCH);
            List<UUID> batch = accounts.subList(done, end);
            transaction.executeWithoutResult(status -> {
                tally.add(edits.write(
                        batch, parameters.field(), parameters.value(), start.change(), run.actor(), summary));
                run.checkpoint(json.writeValueAsString(new Checkpoint(start.change(), end)));
            });
            run.progress("Changing", end, accounts.size());
        }
        return tally.words(parameters.field());
    }

    /** The change and the checkpoint that names it are stored together, so that a restart goes on with the same one. */
    private Checkpoint begin(JobRun run, String summary) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Checkpoint first = new Checkpoint(audit.record(run.actor(), "records", summary, List.of()), 0);
            run.checkpoint(json.writeValueAsString(first));
            return first;
        }));
    }
}
