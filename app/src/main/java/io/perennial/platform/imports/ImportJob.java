package io.perennial.platform.imports;

import io.perennial.platform.imports.reading.RawRow;
import io.perennial.platform.imports.reading.RowSource;
import io.perennial.platform.imports.reading.UnreadableFile;
import io.perennial.platform.jobs.JobHandler;
import io.perennial.platform.jobs.JobRun;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings the rows of a file in. After a crash the file is read again from its beginning, quickly, and written from the
 * row behind the checkpoint; the rows before it are only looked at, to know which identifiers were there.
 */
@Component
class ImportJob implements JobHandler {

    static final String KIND = "import";
    static final int BATCH = 1_000;
    private static final int MOST_PASSES = 50;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Records records;
    private final ImportStore store;
    private final ImportProblems problems;
    private final FileStore files;
    private final BatchWriter writer;
    private final ObjectProvider<Live> live;

    ImportJob(
            Records records,
            ImportStore store,
            ImportProblems problems,
            FileStore files,
            JdbcClient database,
            PlatformTransactionManager transactions,
            ObjectProvider<Live> live) {
        this.records = records;
        this.store = store;
        this.problems = problems;
        this.files = files;
        this.writer = new BatchWriter(records, store, problems, database, new TransactionTemplate(transactions));
        this.live = live;
    }

    @Override
    public String kind() {
        return KIND;
    }

    static String parameters(UUID id) {
        return "{\"import\": \"" + id + "\"}";
    }

    @Override
    public String run(JobRun run) {
        UUID id = UUID.fromString(JSON.readTree(run.parameters()).path("import").asString());
        StoredImport stored = store.find(id).orElseThrow(() -> new JobFailed("This import no longer exists."));
        RecordType type = records.type(stored.type())
                .orElseThrow(() -> new JobFailed("There is no record type " + stored.type() + "."));
        try {
            RowMaker maker = new RowMaker(type, stored.inspection(), stored.mapping());
            BatchWriter.Target target = new BatchWriter.Target(
                    id, stored.change(), type, maker, formats(stored.mapping()), summary(stored, type));
            Checkpoint checkpoint = Checkpoint.of(run.lastCheckpoint());
            boolean all = checkpoint.pass() > 1 || firstPass(stored, target, run, checkpoint.row());
            if (all) {
                laterPasses(stored, target, run, Math.max(2, checkpoint.pass()));
            }
        } catch (UnreadableFile | MappingProblem refused) {
            throw new JobFailed(String.valueOf(refused.getMessage()));
        } catch (IOException broken) {
            throw new JobFailed("The stored file could not be read: " + broken.getMessage());
        }
        live.ifAvailable(pages -> pages.changed("imports"));
        return store.find(id).map(StoredImport::counts).orElse(Counts.NONE).sentence();
    }

    static Records.Formats formats(Mapping mapping) {
        return new Records.Formats(null, mapping.decimalMark(), mapping.zoneId());
    }

    private static String summary(StoredImport stored, RecordType type) {
        return "Imported " + type.title().toLowerCase(java.util.Locale.ROOT) + " from " + stored.fileName();
    }

    /** @return false when cancelled */
    private boolean firstPass(StoredImport stored, BatchWriter.Target target, JobRun run, long from)
            throws IOException {
        long total = stored.inspection().rows();
        SeenRows seen = new SeenRows();
        List<RowMaker.Made> batch = new ArrayList<>(BATCH);
        run.progress("Importing", from, total);
        try (RowSource rows = open(stored)) {
            for (RawRow raw = rows.next(); raw != null; raw = rows.next()) {
                RowMaker.Made made = unrepeated(target.maker().make(raw), raw, seen);
                if (raw.number() <= from) {
                    continue;
                }
                batch.add(made);
                if (batch.size() == BATCH) {
                    if (run.cancelled()) {
                        return false;
                    }
                    writer.write(target, batch, run, 1, false);
                    run.progress("Importing", raw.number(), total);
                    batch.clear();
                }
            }
        }
        if (!batch.isEmpty()) {
            writer.write(target, batch, run, 1, false);
        }
        run.progress("Importing", total, total);
        return true;
    }

    /** Rows that point to rows further down come in once those are in: one level of a hierarchy a pass. */
    private void laterPasses(StoredImport stored, BatchWriter.Target target, JobRun run, int from) throws IOException {
        for (int pass = from; pass < from + MOST_PASSES; pass++) {
            List<Long> waiting = problems.waitingRows(target.id());
            if (waiting.isEmpty() || run.cancelled()) {
                return;
            }
            run.progress("Connecting records", 0, waiting.size());
            retry(stored, target, run, pass, new HashSet<>(waiting));
            if (problems.waiting(target.id()) >= waiting.size()) {
                return;
            }
        }
    }

    private void retry(StoredImport stored, BatchWriter.Target target, JobRun run, int pass, Set<Long> waiting)
            throws IOException {
        List<RowMaker.Made> batch = new ArrayList<>(BATCH);
        long done = 0;
        try (RowSource rows = open(stored)) {
            for (RawRow raw = rows.next(); raw != null; raw = rows.next()) {
                if (!waiting.contains(raw.number())) {
                    continue;
                }
                batch.add(target.maker().make(raw));
                if (batch.size() == BATCH) {
                    writer.write(target, batch, run, pass, true);
                    done += batch.size();
                    run.progress("Connecting records", done, waiting.size());
                    batch.clear();
                }
            }
        }
        if (!batch.isEmpty()) {
            writer.write(target, batch, run, pass, true);
        }
    }

    private RowSource open(StoredImport stored) throws IOException {
        Inspection file = stored.inspection();
        RowSource rows = files.open(stored.storedAs())
                .rows(file.charset(), file.delimiter().charAt(0));
        rows.next();
        return rows;
    }

    /** The first row of an identifier counts; one that says the same again is no news, one that contradicts is told. */
    private static RowMaker.Made unrepeated(RowMaker.Made made, RawRow raw, SeenRows seen) {
        if (made.externalId().isEmpty() || made.row() == null) {
            return made;
        }
        long line = seen.see(made.externalId(), raw.cells(), raw.line());
        if (line == 0) {
            return made;
        }
        List<Problem> reasons = line < 0
                ? List.of()
                : List.of(new Problem(
                        Mapping.EXTERNAL_ID,
                        "duplicate_external_id",
                        "The same identifier with other values was first seen on line " + line + "; that row counts",
                        made.externalId()));
        return new RowMaker.Made(made.number(), made.line(), made.externalId(), null, reasons);
    }
}
