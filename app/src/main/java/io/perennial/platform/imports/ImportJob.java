package io.perennial.platform.imports;

import io.perennial.platform.imports.reading.RowSource;
import io.perennial.platform.imports.reading.UnreadableFile;
import io.perennial.platform.jobs.JobHandler;
import io.perennial.platform.jobs.JobRun;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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
    private final ObjectProvider<WaitingRows> waiting;

    ImportJob(
            Records records,
            ImportStore store,
            ImportProblems problems,
            ImportRemarks remarks,
            FileStore files,
            JdbcClient database,
            PlatformTransactionManager transactions,
            ObjectProvider<Live> live,
            ObjectProvider<WaitingRows> waiting) {
        this.records = records;
        this.store = store;
        this.problems = problems;
        this.files = files;
        this.writer =
                new BatchWriter(records, store, problems, remarks, database, new TransactionTemplate(transactions));
        this.live = live;
        this.waiting = waiting;
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
        String told = with(run, (stored, target) -> {
            Checkpoint checkpoint = Checkpoint.of(run.lastCheckpoint());
            boolean all = checkpoint.pass() > 1 || firstPass(stored, target, run, checkpoint.row());
            if (all) {
                laterPasses(stored, target, run, Math.max(2, checkpoint.pass()));
            }
        });
        waiting.ifAvailable(WaitingRows::wake);
        return told;
    }

    /** Rows whose missing records have arrived come in, and then those of the same file that pointed to them. */
    String link(JobRun run) {
        return with(run, (stored, target) -> {
            List<Long> arrived = problems.arrivedRows(target.id());
            run.progress("Connecting records", 0, arrived.size());
            retry(stored, target, run, BatchWriter.LINKING, new HashSet<>(arrived));
            laterPasses(stored, target, run, BatchWriter.LINKING + 1);
        });
    }

    /** What is done with the rows of a stored file. */
    private interface Work {
        void on(StoredImport stored, BatchWriter.Target target) throws IOException;
    }

    private String with(JobRun run, Work work) {
        UUID id = UUID.fromString(JSON.readTree(run.parameters()).path("import").asString());
        StoredImport stored = store.find(id).orElseThrow(() -> new JobFailed("This import no longer exists."));
        RecordType type = records.type(stored.type())
                .orElseThrow(() -> new JobFailed("There is no record type " + stored.type() + "."));
        try {
            RowMaker maker = new RowMaker(type, stored.inspection(), stored.mapping());
            work.on(
                    stored,
                    new BatchWriter.Target(
                            id, stored.change(), type, maker, formats(stored.mapping()), summary(stored, type)));
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
        return "Imported " + type.title().toLowerCase(Locale.ROOT) + " from " + stored.fileName();
    }

    /** @return false when cancelled */
    private boolean firstPass(StoredImport stored, BatchWriter.Target target, JobRun run, long from)
            throws IOException {
        long total = stored.inspection().rows();
        List<Made> batch = new ArrayList<>(BATCH);
        long position = 0;
        long done = stored.counts().rows();
        run.progress("Importing", done, total);
        try (MadeRows rows = open(stored, target)) {
            for (Made made = rows.next(); made != null; made = rows.next()) {
                if (++position <= from) {
                    continue;
                }
                batch.add(made);
                if (batch.size() == BATCH) {
                    if (run.cancelled()) {
                        return false;
                    }
                    done += writer.write(target, batch, position, run, 1).rows();
                    run.progress("Importing", done, total);
                    batch.clear();
                }
            }
        }
        if (!batch.isEmpty()) {
            writer.write(target, batch, position, run, 1);
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
        List<Made> batch = new ArrayList<>(BATCH);
        long done = 0;
        try (MadeRows rows = open(stored, target)) {
            for (Made made = rows.next(); made != null; made = rows.next()) {
                if (!waiting.contains(made.number())) {
                    continue;
                }
                batch.add(made);
                if (batch.size() == BATCH) {
                    writer.write(target, batch, made.number(), run, pass);
                    done += batch.size();
                    run.progress("Connecting records", done, waiting.size());
                    batch.clear();
                }
            }
        }
        if (!batch.isEmpty()) {
            writer.write(target, batch, batch.getLast().number(), run, pass);
        }
    }

    private MadeRows open(StoredImport stored, BatchWriter.Target target) throws IOException {
        RowMaker maker = target.maker();
        Inspection file = stored.inspection();
        return MadeRows.of(
                maker,
                new Repetitions(target.type(), maker.titleOf(Mapping.EXTERNAL_ID)),
                file.rows(),
                () -> rows(stored, file));
    }

    private RowSource rows(StoredImport stored, Inspection file) throws IOException {
        RowSource rows = files.open(stored.storedAs())
                .rows(file.charset(), file.delimiter().charAt(0));
        rows.next();
        return rows;
    }
}
