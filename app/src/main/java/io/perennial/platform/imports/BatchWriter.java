package io.perennial.platform.imports;

import io.perennial.platform.jobs.JobRun;
import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes one batch of rows, its problems, its counts and the checkpoint behind it in one transaction. */
final class BatchWriter {

    /** Passes from here on bring in rows that waited; what is still wrong with them then, waiting does not cure. */
    static final int LINKING = 1_000;

    private static final int TRIES = 5;
    private static final long NAP_MILLIS = 100;

    /** What batches of one import share. */
    record Target(UUID id, UUID change, RecordType type, RowMaker maker, Records.Formats formats, String summary) {}

    private final Records records;
    private final ImportStore store;
    private final ImportProblems problems;
    private final ImportRemarks remarks;
    private final JdbcClient database;
    private final TransactionTemplate transactions;

    BatchWriter(
            Records records,
            ImportStore store,
            ImportProblems problems,
            ImportRemarks remarks,
            JdbcClient database,
            TransactionTemplate transactions) {
        this.records = records;
        this.store = store;
        this.problems = problems;
        this.remarks = remarks;
        this.database = database;
        this.transactions = transactions;
    }

    /**
     * @param position of the last of the rows in the file's records
     * @param pass after the first, these rows were tried before, and their earlier problems go
     */
    Counts write(Target target, List<Made> rows, long position, JobRun run, int pass) {
        for (int tries = 1; ; tries++) {
            try {
                Counts counts = transactions.execute(status -> writeInTransaction(target, rows, position, run, pass));
                return counts == null ? Counts.NONE : counts;
            } catch (ConcurrencyFailureException lostRace) {
                if (tries == TRIES) {
                    throw lostRace;
                }
                nap(tries);
            } catch (DataIntegrityViolationException refused) {
                return narrow(target, rows, position, run, pass);
            }
        }
    }

    /** The database refused something that no check had seen: find the row and let the others in. */
    private Counts narrow(Target target, List<Made> rows, long position, JobRun run, int pass) {
        if (rows.size() == 1) {
            Made row = rows.getFirst();
            Problem problem = new Problem(
                    "", "refused", "The database refused this row: it contradicts another record", row.externalId());
            return write(target, List.of(row.refused(problem)), position, run, pass);
        }
        int half = rows.size() / 2;
        List<Made> second = rows.subList(half, rows.size());
        Counts first = write(target, rows.subList(0, half), position - second.size(), run, pass);
        return first.plus(write(target, second, position, run, pass));
    }

    private Counts writeInTransaction(Target target, List<Made> rows, long position, JobRun run, int pass) {
        // First, so that a run which was taken for dead stops here and never writes beside its successor.
        run.checkpoint(Checkpoint.json(pass, position));
        // Two imports of one type take turns batch by batch instead of meeting in a deadlock.
        database.sql("select pg_advisory_xact_lock(hashtext('import'), hashtext(:type))")
                .param("type", target.type().name())
                .query(row -> {});
        Tally tally = new Tally(target, pass < LINKING);
        List<Made> sound = new ArrayList<>();
        for (Made row : rows) {
            tally.see(row);
            if (row.row() != null) {
                sound.add(row);
            }
        }
        upsert(target, sound, run, tally);
        if (pass > 1) {
            problems.remove(target.id(), rows.stream().map(Made::number).toList());
        }
        problems.add(target.id(), tally.problems);
        remarks.add(target.id(), tally.remarks.kinds());
        Counts counts = pass > 1 ? tally.counts().afterProblems(rows.size()) : tally.counts();
        store.count(target.id(), counts);
        return counts;
    }

    private void upsert(Target target, List<Made> sound, JobRun run, Tally tally) {
        List<RecordRow> rows = new ArrayList<>(sound.size());
        for (Made row : sound) {
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
        List<Made> written = new ArrayList<>(rows.size());
        for (int i = 0; i < outcomes.size(); i++) {
            tally.add(sound.get(i), outcomes.get(i));
            if (outcomes.get(i).result() != RowOutcome.Result.INVALID) {
                written.add(sound.get(i));
            }
        }
        written.forEach(made -> made.problems().forEach(odd -> tally.remarks.add(made.line(), odd)));
        remarks.ask(
                target.type(),
                written.stream().map(Made::row).filter(Objects::nonNull).toList(),
                (index, odd) -> tally.remarks.add(written.get(index).line(), odd));
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
        private final boolean mayWait;
        final List<ImportProblem> problems = new ArrayList<>();
        final ImportRemarks.Tally remarks = new ImportRemarks.Tally();
        private long created;
        private long changed;
        private long unchanged;
        private long withProblems;
        private long gathered;
        private long leftOut;

        Tally(Target target, boolean mayWait) {
            this.target = target;
            this.mayWait = mayWait;
        }

        Counts counts() {
            return new Counts(created, changed, unchanged, withProblems, gathered, leftOut);
        }

        void see(Made row) {
            switch (row.fate()) {
                case REFUSED -> refused(row, row.problems(), false);
                case REPEATED -> unchanged++;
                case LEFT_OUT -> leftOut++;
                case RECORD -> {}
            }
            gathered += row.rows() - 1;
        }

        void add(Made row, RowOutcome outcome) {
            switch (outcome.result()) {
                case CREATED -> created++;
                case UPDATED -> changed++;
                case UNCHANGED -> unchanged++;
                case INVALID -> refused(row, outcome.problems(), mayComeLater(outcome.problems()));
            }
        }

        private void refused(Made row, List<Problem> reasons, boolean again) {
            withProblems++;
            boolean addition = mayWait && isAddition(reasons);
            boolean waits = mayWait
                    && !reasons.isEmpty()
                    && reasons.stream().allMatch(reason -> reason.code().equals("unknown_reference"));
            for (Problem reason : reasons) {
                problems.add(new ImportProblem(
                        row.number(),
                        row.line(),
                        target.maker().titleOf(reason.column()),
                        reason.code(),
                        reason.message(),
                        RowMaker.shorten(addition ? row.externalId() : reason.value()),
                        again,
                        addition ? target.type().name() : again || !waits ? null : missing(reason)));
            }
        }

        /** The file says something more of records that another file brings: it has no column for what a new one needs. */
        private boolean isAddition(List<Problem> reasons) {
            return !reasons.isEmpty()
                    && reasons.stream()
                            .allMatch(reason -> reason.code().equals("required")
                                    && !target.maker().mapping().fills(reason.column()));
        }

        private @Nullable String missing(Problem reason) {
            return target.type().column(reason.column()).map(Column::references).orElse(null);
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
