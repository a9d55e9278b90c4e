package io.perennial.platform.records;

import io.perennial.shared.Actor;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Says which rows an actor may not write. All guards are asked, set-based, inside the writing transaction. */
public interface RecordGuard {

    /**
     * @param rows valid rows with parsed values, references resolved to {@link UUID}
     * @return reason in a sentence by position in {@code rows}; empty when all may be written
     */
    Map<Integer, String> refuse(RecordType type, List<RecordRow> rows, Actor actor);
}
