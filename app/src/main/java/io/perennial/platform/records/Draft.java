package io.perennial.platform.records;

import io.perennial.platform.records.RowOutcome.Problem;
import io.perennial.platform.records.RowOutcome.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row on its way from what arrived to what is stored. */
final class Draft {

    final RecordRow row;
    final List<Problem> problems = new ArrayList<>(0);
    /** Parsed values by column name; a null clears. */
    final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    final Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    /** Rows of the same batch that this one points to and that do not exist yet. */
    final List<Draft> needs = new ArrayList<>(0);

    String externalId = "";
    UUID id;
    Result result = Result.UNCHANGED;

    @Nullable
    Draft sameAs;

    Draft(RecordRow row) {
        this.row = row;
        this.id = Ids.next();
    }

    boolean valid() {
        return problems.isEmpty();
    }

    void refuse(String column, String code, String message, @Nullable Object value) {
        problems.add(Problem.of(column, code, message, value));
    }

    /** As the type's own writer and the guards see it. */
    RecordRow parsed() {
        return new RecordRow(row.number(), externalId, values, attributes);
    }

    RowOutcome outcome() {
        if (!valid()) {
            String shown = externalId.isEmpty() ? Texts.shown(row.externalId()) : externalId;
            return new RowOutcome(row.number(), shown, Result.INVALID, null, List.copyOf(problems));
        }
        return new RowOutcome(row.number(), externalId, result, id, List.of());
    }

    /** Depth in the chain of new rows, so that parents are written before their children. */
    int depth() {
        int depth = 0;
        for (Draft at = this; !at.needs.isEmpty() && depth < 10_000; depth++) {
            at = at.needs.getFirst();
        }
        return depth;
    }
}
