package io.perennial.cancellations;

import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.Records.Formats;
import io.perennial.platform.records.Records.Write;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Problem;
import io.perennial.platform.records.RowOutcome.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes what a form says as records, in the caller's transaction; what is refused is said of the form's field. */
@Component
class Written {

    private final Records records;

    Written(Records records) {
        this.records = records;
    }

    RecordType type(String name) {
        return records.type(name).orElseThrow();
    }

    /** The version that nobody can change before the transaction ends; 0 for none. */
    int lockedVersion(String type, String externalId) {
        return records.lockedVersion(type(type), externalId).orElse(0);
    }

    static RecordRow row(String externalId, Map<String, @Nullable Object> values) {
        return new RecordRow(1, externalId, values, Map.of());
    }

    /**
     * One record, as a change of its own.
     *
     * @return the change, for undo; null when it was so already
     */
    @Nullable
    UUID one(String type, String externalId, Map<String, @Nullable Object> values, Viewer viewer, String summary) {
        Write write = new Write(Ids.next(), summary, Formats.ISO);
        return all(type, List.of(row(externalId, values)), viewer, write) ? write.change() : null;
    }

    /**
     * @return whether anything was written
     * @throws CannotRecord naming the column, in camel case as forms call it
     */
    boolean all(String type, List<RecordRow> rows, Viewer viewer, Write write) {
        boolean written = false;
        for (RowOutcome outcome : records.upsert(type(type), rows, viewer.actor(), write)) {
            if (outcome.result() == Result.INVALID) {
                Optional<Problem> problem = outcome.problems().stream().findFirst();
                throw new CannotRecord(
                        problem.map(each -> camel(each.column())).orElse(""),
                        problem.map(each -> each.message() + (each.value().isEmpty() ? "." : ": " + each.value()))
                                .orElse("It cannot be written."));
            }
            written |= outcome.result() != Result.UNCHANGED;
        }
        return written;
    }

    private static String camel(String column) {
        if (column.equals("ends_on")
                || column.equals("reason_detail")) { // of lines that end with a cancellation; of its words
            return column.equals("ends_on") ? "effectiveOn" : "detail";
        }
        StringBuilder name = new StringBuilder();
        for (String part : column.split("_", -1)) {
            name.append(
                    name.isEmpty() || part.isEmpty()
                            ? part
                            : Character.toUpperCase(part.charAt(0)) + part.substring(1));
        }
        return name.toString();
    }
}
