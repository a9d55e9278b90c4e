package io.perennial.platform.imports;

import io.perennial.platform.records.RecordType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An import as pages and the API see it.
 *
 * @param encodingChosen by a person; null when found out
 * @param delimiterChosen by a person; null when found out
 * @param questions what a person has to say before it can start; empty once started
 * @param job null until started
 */
public record ImportView(
        UUID id,
        RecordType type,
        String fileName,
        long bytes,
        Inspection file,
        Mapping mapping,
        @Nullable String encodingChosen,
        @Nullable String delimiterChosen,
        List<Question> questions,
        @Nullable UUID job,
        Counts counts,
        String actor,
        Instant createdAt) {

    public boolean open() {
        return job == null;
    }

    public boolean ready() {
        return job == null && questions.isEmpty();
    }
}
