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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows what would become of the first rows by really writing them, in a transaction that is always rolled back. */
@Component
class Previews {

    static final int ROWS = 20;

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
        List<RowMaker.Made> made = raws.stream().map(maker::make).toList();
        List<RecordRow> rows = new ArrayList<>();
        for (RowMaker.Made row : made) {
            if (row.row() != null) {
                rows.add(row.row());
            }
        }
        List<RowOutcome> outcomes = rows.isEmpty() ? List.of() : outcomes(stored, type, rows, actor);
        List<ImportPreview.Row> shown = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < made.size(); i++) {
            RowMaker.Made row = made.get(i);
            RowOutcome outcome = row.row() == null ? null : outcomes.get(next++);
            List<Problem> problems = outcome == null ? row.problems() : outcome.problems();
            String word = outcome == null ? "problem" : WORDS.getOrDefault(outcome.result(), "problem");
            shown.add(new ImportPreview.Row(
                    row.line(),
                    raws.get(i).cells().stream().map(RowMaker::shorten).toList(),
                    word.toLowerCase(Locale.ROOT),
                    problems.stream().map(problem -> titled(maker, problem)).toList()));
        }
        return new ImportPreview(shown);
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
        Inspection file = stored.inspection();
        try (RowSource source = files.open(stored.storedAs())
                .rows(file.charset(), file.delimiter().charAt(0))) {
            source.next();
            for (RawRow row = source.next(); row != null && rows.size() < ROWS; row = source.next()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
