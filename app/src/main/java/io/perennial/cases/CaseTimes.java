package io.perennial.cases;

import io.perennial.platform.records.RecordGuard;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.shared.Actor;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Nothing happens to a case before it was opened. Rows that state both times are refused in words; the table's own
 * rules catch those that state one of them.
 */
@Component
class CaseTimes implements RecordGuard {

    private static final Map<String, String> AFTER_OPENING = Map.of(
            "first_response_at", "first answered",
            "resolved_at", "resolved",
            "closed_at", "closed");

    @Override
    public Map<Integer, String> refuse(RecordType type, List<RecordRow> rows, Actor actor) {
        if (!type.name().equals(CaseRecords.TYPE)) {
            return Map.of();
        }
        Map<Integer, String> refused = new HashMap<>();
        for (int index = 0; index < rows.size(); index++) {
            Map<String, ?> values = rows.get(index).values();
            if (values.get("opened_at") instanceof Instant opened) {
                for (Map.Entry<String, String> later : AFTER_OPENING.entrySet()) {
                    if (values.get(later.getKey()) instanceof Instant at && !plausible(opened, at)) {
                        refused.put(
                                index,
                                "The case would be " + later.getValue() + " at " + at + ", before it was opened at "
                                        + opened + ". Correct " + later.getKey() + " or opened_at.");
                    }
                }
            }
        }
        return refused;
    }

    /** A time given as a day only counts from its midnight. */
    private static boolean plausible(Instant opened, Instant at) {
        return !at.isBefore(opened)
                || (at.atOffset(ZoneOffset.UTC).toLocalTime().equals(LocalTime.MIDNIGHT)
                        && at.atOffset(ZoneOffset.UTC)
                                .toLocalDate()
                                .equals(opened.atOffset(ZoneOffset.UTC).toLocalDate()));
    }
}
