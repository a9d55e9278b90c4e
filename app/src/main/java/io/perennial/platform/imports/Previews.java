package io.perennial.platform.imports;

import io.perennial.platform.imports.reading.RawRow;
import io.perennial.platform.imports.reading.RowSource;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Problem;
import io.perennial.shared.Actor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows what would become of the first rows by really writing them, in a transaction that is always rolled back. */
@Component
class Previews {

    static final int ROWS = 20;
    /** Read to find them, where rows are left out or several are one record. */
    private static final int ROWS_READ = 1_000;

    private static final Map<RowOutcome.Result, String> WORDS = Map.of(
            RowOutcome.Result.CREATED, "created",
            RowOutcome.Result.UPDATED, "changed",
            RowOutcome.Result.UNCHANGED, "unchanged",
            RowOutcome.Result.INVALID, "problem");

    private final Records records;
    private final FileStore files;
    private final TransactionTemplate transactions;

    Previews(Records records, FileStore files, PlatformTransactionManager transactions) {
        this.records = records;
        this.files = files;
        this.transactions = new TransactionTemplate(transactions);
    }

    ImportPreview preview(StoredImport stored, RecordType type, Actor actor) throws IOException {
        RowMaker maker = new RowMaker(type, stored.inspection(), stored.mapping());
        List<RawRow> raws = first(stored);
        List<Made> made = made(maker, type, raws);
        List<RecordRow> rows = new ArrayList<>();
        for (Made row : made) {
            if (row.row() != null) {
                rows.add(row.row());
            }
        }
        List<RowOutcome> outcomes = rows.isEmpty() ? List.of() : outcomes(stored, type, rows, actor);
        List<ImportPreview.Row> shown = new ArrayList<>();
        int next = 0;
        for (Made row : made) {
            RowOutcome outcome = row.row() == null ? null : outcomes.get(next++);
            List<Problem> problems = outcome == null ? row.problems() : outcome.problems();
            shown.add(new ImportPreview.Row(
                    row.line(),
                    raws.get((int) row.number() - 1).cells().stream()
                            .map(RowMaker::shorten)
                            .toList(),
                    word(row, outcome),
                    problems.stream().map(problem -> titled(maker, problem)).toList()));
        }
        return new ImportPreview(shown);
    }

    private static String word(Made row, @Nullable RowOutcome outcome) {
        if (outcome != null) {
            return WORDS.getOrDefault(outcome.result(), "problem");
        }
        return row.fate() == Made.Fate.REPEATED ? "unchanged" : "problem";
    }

    /** The first records among the first rows. */
    private static List<Made> made(RowMaker maker, RecordType type, List<RawRow> raws) throws IOException {
        List<Made> made = new ArrayList<>();
        Repetitions repetitions = new Repetitions(type, maker.titleOf(Mapping.EXTERNAL_ID));
        try (MadeRows rows = MadeRows.of(maker, repetitions, raws.size(), () -> new Listed(raws.iterator()))) {
            for (Made row = rows.next(); row != null && made.size() < ROWS; row = rows.next()) {
                if (row.fate() != Made.Fate.LEFT_OUT) {
                    made.add(row);
                }
            }
        }
        return made;
    }

    private record Listed(Iterator<RawRow> rows) implements RowSource {

        @Override
        public @Nullable RawRow next() {
            return rows.hasNext() ? rows.next() : null;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private static Problem titled(RowMaker maker, Problem problem) {
        return new Problem(maker.titleOf(problem.column()), problem.code(), problem.message(), problem.value());
    }

    private List<RowOutcome> outcomes(StoredImport stored, RecordType type, List<RecordRow> rows, Actor actor) {
        List<RowOutcome> outcomes = transactions.execute(status -> {
            status.setRollbackOnly();
            return records.upsert(
                    type,
                    rows,
                    actor,
                    new Records.Write(stored.change(), "Preview", ImportJob.formats(stored.mapping())));
        });
        return outcomes == null ? List.of() : outcomes;
    }

    private List<RawRow> first(StoredImport stored) throws IOException {
        List<RawRow> rows = new ArrayList<>();
        Mapping.Rows wanted = stored.mapping().rows();
        int most = wanted.gathered() || !wanted.only().isEmpty() ? ROWS_READ : ROWS;
        Inspection file = stored.inspection();
        try (RowSource source = files.open(stored.storedAs())
                .rows(file.charset(), file.delimiter().charAt(0))) {
            source.next();
            for (RawRow row = source.next(); row != null && rows.size() < most; row = source.next()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
