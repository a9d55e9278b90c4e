package io.perennial.platform.imports;

import io.perennial.platform.imports.reading.UnreadableFile;
import io.perennial.platform.jobs.Jobs;
import io.perennial.platform.records.Ids;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.shared.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Files that a company brings: received, looked at, mapped, previewed, and started as a job. */
@Component
public class Imports {

    private final Records records;
    private final ImportStore store;
    private final FileStore files;
    private final OldFiles oldFiles;
    private final Previews previews;
    private final Jobs jobs;
    private final Clock clock;
    private final TransactionTemplate transactions;

    Imports(
            Records records,
            ImportStore store,
            FileStore files,
            OldFiles oldFiles,
            Previews previews,
            Jobs jobs,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.records = records;
        this.store = store;
        this.files = files;
        this.oldFiles = oldFiles;
        this.previews = previews;
        this.jobs = jobs;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
    }

    /** Types that files may bring. */
    public List<RecordType> types() {
        return records.types();
    }

    /**
     * Stores a file, looks at every row of it and suggests a mapping.
     *
     * @param fileName as the sender calls it
     * @param body read to its end
     * @throws ImportRefused for an unknown type
     * @throws UnreadableFile when it is no table
     * @throws MappingProblem when the options name a mapping that does not fit
     */
    public ImportView receive(String type, String fileName, InputStream body, ImportOptions options, Actor actor) {
        RecordType target = records.type(type)
                .orElseThrow(() -> new ImportRefused(
                        "unknown_type", "There is no record type " + RowMaker.shorten(type) + ".", List.of()));
        String said = options.mapping();
        MappingText.File mappingFile = said == null ? null : MappingText.file(said);
        Notation notation = Notation.of(
                options.encoding() != null || mappingFile == null ? options.encoding() : mappingFile.encoding(),
                options.delimiter() != null || mappingFile == null ? options.delimiter() : mappingFile.delimiter());
        oldFiles.forget();
        try {
            FileStore.Stored file = files.store(body);
            boolean kept = false;
            try {
                Inspection found =
                        Inspector.inspect(files.open(file.name()), notation.encoding(), notation.delimiter());
                Mapping mapping =
                        firstMapping(target, found, mappingFile == null ? null : mappingFile.mapping(), options);
                StoredImport stored = new StoredImport(
                        Ids.next(),
                        target.name(),
                        shortName(fileName),
                        file.name(),
                        file.bytes(),
                        notation.encodingName(),
                        notation.delimiterText(),
                        found,
                        mapping,
                        null,
                        Ids.next(),
                        Counts.NONE,
                        actor.name(),
                        clock.instant());
                store.insert(stored, file.sha256(), actor);
                kept = true;
                return view(stored, target);
            } finally {
                if (!kept) {
                    files.delete(file.name());
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Mapping firstMapping(RecordType type, Inspection file, @Nullable Mapping said, ImportOptions options) {
        Mapping base;
        if (said != null) {
            base = said.columns().isEmpty()
                    ? said.with(MappingSuggestion.suggest(type, file.headers()).columns(), said.ignore())
                    : said;
        } else {
            base = store.remembered(type.name(), HeaderSet.of(file))
                    .orElseGet(() -> MappingSuggestion.suggest(type, file.headers()));
        }
        Mapping mapping = options.over(base);
        MappingCheck.fields(type, mapping);
        if (!file.encodingUnknown()) {
            new RowMaker(type, file, mapping);
        }
        return mapping;
    }

    public Optional<ImportView> find(UUID id) {
        return store.find(id).flatMap(stored -> records.type(stored.type()).map(type -> view(stored, type)));
    }

    public List<ImportView> recent(int limit) {
        return store.recent(limit).stream()
                .flatMap(stored -> records.type(stored.type()).map(type -> view(stored, type)).stream())
                .toList();
    }

    /**
     * Takes the answers of a person.
     *
     * @param encoding null to find out
     * @param delimiter null to find out
     * @throws MappingProblem when the mapping does not fit; nothing is stored then
     * @throws ImportRefused when the import was started meanwhile
     */
    public ImportView answer(UUID id, Mapping mapping, @Nullable String encoding, @Nullable String delimiter) {
        StoredImport stored = require(id);
        RecordType type = type(stored);
        Notation notation = Notation.of(encoding, delimiter);
        try {
            boolean same = Objects.equals(notation.encodingName(), stored.encoding())
                    && Objects.equals(notation.delimiterText(), stored.delimiter());
            Inspection found = same
                    ? stored.inspection()
                    : Inspector.inspect(files.open(stored.storedAs()), notation.encoding(), notation.delimiter());
            Mapping used = same || !stored.inspection().headers().isEmpty() && sameHeaders(found, stored.inspection())
                    ? mapping
                    : MappingSuggestion.suggest(type, found.headers());
            if (!found.encodingUnknown()) {
                new RowMaker(type, found, used);
            }
            if (!store.answer(id, notation.encodingName(), notation.delimiterText(), found, used)) {
                throw new ImportRefused("already_started", "This import was started already.", List.of());
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return view(require(id), type);
    }

    private static boolean sameHeaders(Inspection one, Inspection other) {
        return one.headers().stream()
                .map(Header::key)
                .toList()
                .equals(other.headers().stream().map(Header::key).toList());
    }

    /** Outcomes of the first rows; nothing is written. Empty while the encoding is unknown. */
    public ImportPreview preview(UUID id, Actor actor) {
        StoredImport stored = require(id);
        if (stored.inspection().encodingUnknown()) {
            return new ImportPreview(List.of());
        }
        try {
            return previews.preview(stored, type(stored), actor);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * Starts the job.
     *
     * @return its identity
     * @throws ImportRefused when questions are open or it was started already
     */
    public UUID start(UUID id, Actor actor) {
        StoredImport stored = require(id);
        RecordType type = type(stored);
        if (stored.job() != null) {
            throw new ImportRefused("already_started", "This import was started already.", List.of());
        }
        List<Question> open = MappingCheck.questions(type, stored.inspection(), stored.mapping());
        if (!open.isEmpty()) {
            throw new ImportRefused("questions_open", open.getFirst().message(), open);
        }
        new RowMaker(type, stored.inspection(), stored.mapping());
        UUID job = transactions.execute(status -> {
            UUID submitted = jobs.submit(
                    ImportJob.KIND,
                    "Import of " + type.title().toLowerCase(Locale.ROOT) + " from " + stored.fileName(),
                    ImportJob.parameters(id),
                    actor);
            if (!store.started(id, submitted)) {
                throw new ImportRefused("already_started", "This import was started already.", List.of());
            }
            store.remember(type.name(), HeaderSet.of(stored.inspection()), stored.mapping());
            return submitted;
        });
        return Objects.requireNonNull(job);
    }

    private ImportView view(StoredImport stored, RecordType type) {
        return new ImportView(
                stored.id(),
                type,
                stored.fileName(),
                stored.bytes(),
                stored.inspection(),
                stored.mapping(),
                stored.encoding(),
                stored.delimiter(),
                stored.job() == null ? MappingCheck.questions(type, stored.inspection(), stored.mapping()) : List.of(),
                stored.job(),
                stored.counts(),
                stored.actorName(),
                stored.createdAt());
    }

    private StoredImport require(UUID id) {
        return store.find(id)
                .orElseThrow(() -> new ImportRefused("unknown_import", "This import does not exist.", List.of()));
    }

    private RecordType type(StoredImport stored) {
        return records.type(stored.type())
                .orElseThrow(() ->
                        new ImportRefused("unknown_type", "There is no record type " + stored.type() + ".", List.of()));
    }

    /** Only to show; the last part of whatever path came along. */
    private static String shortName(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{Cntrl}", "")
                .strip();
        return last.isEmpty() ? "file" : RowMaker.shorten(last);
    }
}
