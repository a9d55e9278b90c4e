package io.perennial.platform.imports;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One import as it is stored.
 *
 * @param fileName as the sender called it; never used as a path
 * @param storedAs random name in the directory of files
 * @param encoding chosen by a person, or null
 * @param delimiter chosen by a person, or null
 * @param job null until it was started
 * @param change identity of the audit change that its batches add to
 */
record StoredImport(
        UUID id,
        String type,
        String fileName,
        String storedAs,
        long bytes,
        @Nullable String encoding,
        @Nullable String delimiter,
        Inspection inspection,
        Mapping mapping,
        @Nullable UUID job,
        UUID change,
        Counts counts,
        String actorName,
        Instant createdAt) {}
