package io.perennial.platform.imports;

import io.perennial.platform.jobs.JobRun;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes one batch of rows, its problems, its counts and the checkpoint behind it in one transaction. */
final class BatchWriter {

    private static final int TRIES = 5;
    private static final long NAP_MILLIS = 100;

    /** What batches of one import share. */
    record Target(UUID id, UUID change, RecordType type, RowMaker maker, Records.Formats formats, String summary) {}

    private final Records records;
    private final ImportStore store;
    private final ImportProblems problems;
    private final JdbcClient database;
    private final TransactionTemplate transactions;

    BatchWriter(
            Records records,
            ImportStore store,
            ImportProblems problems,
            JdbcClient database,
            TransactionTemplate transactions) {
        this.records = records;
        this.store = store;
        this.problems = problems;
        this.database = database;
        this.transactions = transactions;
    }

    /** @param again whether these rows were tried before, so that their earlier problems go */
    Counts write(Target target, List<RowMaker.Made> rows, JobRun run, int pass, boolean again) {
        for (int tries = 1; ; tries++) {
            try {
                Counts counts = transactions.execute(status -> writeInTransaction(target, rows, run, pass, again));
                return counts == null ? Counts.NONE : counts;
            } catch (ConcurrencyFailureException lostRace) {
                if (tries == TRIES) {
                    throw lostRace;
                }
                nap(tries);
            } catch (DataIntegrityViolationException refused) {
                return narrow(target, rows, run, pass, again);
            }
        }
    }

    /** The database refused something that no check had seen: find the row and let the others in. */
    private Counts narrow(Target target, List<RowMaker.Made> rows, JobRun run, int pass, boolean again) {
        if (rows.size() == 1) {
            RowMaker.Made row = rows.getFirst();
            Problem problem = new Problem(
                    "", "refused", "The database refused this row: it contradicts another record", row.externalId());
            RowMaker.Made bad = new RowMaker.Made(row.number(), row.line(), row.externalId(), null, List.of(problem));
            return write(target, List.of(bad), run, pass, again);
        }
        int half = rows.size() / 2;
        Counts first = write(target, rows.subList(0, half), run, pass, again);
        return first.plus(write(target, rows.subList(half, rows.size()), run, pass, again));
    }

    private Counts writeInTransaction(Target target, List<RowMaker.Made> rows, JobRun run, int pass, boolean again) {
        // First, so that a run which was taken for dead stops here and never writes beside its successor.
        run.checkpoint(Checkpoint.json(pass, rows.getLast().number()));
        // Two imports of one type take turns batch by batch instead of meeting in a deadlock.
        database.sql("select pg_advisory_xact_lock(hashtext('import'), hashtext(:type))")
                .param("type", target.type().name())
                .query(row -> {});
        Tally tally = new Tally(target);
        List<RowMaker.Made> sound = new ArrayList<>();
        for (RowMaker.Made row : rows) {
            if (row.row() == null) {
                tally.refused(row, row.problems(), false);
            } else {
                sound.add(row);
            }
        }
        upsert(target, sound, run, tally);
        if (again) {
            problems.remove(
                    target.id(), rows.stream().map(RowMaker.Made::number).toList());
        }
        problems.add(target.id(), tally.problems);
        Counts counts = again
                ? new Counts(tally.created, tally.changed, tally.unchanged, tally.withProblems - rows.size())
                : new Counts(tally.created, tally.changed, tally.unchanged, tally.withProblems);
        store.count(target.id(), counts);
        return counts;
    }

    private void upsert(Target target, List<RowMaker.Made> sound, JobRun run, Tally tally) {
        List<RecordRow> rows = new ArrayList<>(sound.size());
        for (RowMaker.Made row : sound) {
            if (row.row() != null) {
                rows.add(row.row());
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        List<RowOutcome> outcomes = records.upsert(
                target.type(),
                rows,
                run.actor(),
                new Records.Write(target.change(), target.summary(), target.formats()));
        for (int i = 0; i < outcomes.size(); i++) {
            tally.add(sound.get(i), outcomes.get(i));
        }
    }

    private static void nap(int tries) {
        try {
            Thread.sleep(NAP_MILLIS * tries);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Counts and problems of a batch. */
    private static final class Tally {
        private final Target target;
        final List<ImportProblem> problems = new ArrayList<>();
        long created;
        long changed;
        long unchanged;
        long withProblems;

        Tally(Target target) {
            this.target = target;
        }

        void add(RowMaker.Made row, RowOutcome outcome) {
            switch (outcome.result()) {
                case CREATED -> created++;
                case UPDATED -> changed++;
                case UNCHANGED -> unchanged++;
                case INVALID -> refused(row, outcome.problems(), mayComeLater(outcome.problems()));
            }
        }

        void refused(RowMaker.Made row, List<Problem> reasons, boolean again) {
            if (reasons.isEmpty()) {
                unchanged++; // a row that says again what an earlier one said
                return;
            }
            withProblems++;
            for (Problem reason : reasons) {
                problems.add(new ImportProblem(
                        row.number(),
                        row.line(),
                        target.maker().titleOf(reason.column()),
                        reason.code(),
                        reason.message(),
                        RowMaker.shorten(reason.value()),
                        again));
            }
        }

        private boolean mayComeLater(List<Problem> reasons) {
            return reasons.stream()
                    .allMatch(reason -> reason.code().equals("unknown_reference")
                            && target.type()
                                    .column(reason.column())
                                    .filter(column -> target.type().name().equals(column.references()))
                                    .isPresent());
        }
    }
}
