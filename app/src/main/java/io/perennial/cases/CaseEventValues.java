package io.perennial.cases;

import io.perennial.platform.records.RecordGuard;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.shared.Actor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Clocks are counted from events, so a change of state or priority names one that clocks know. */
@Component
class CaseEventValues implements RecordGuard {

    private static final Map<String, Set<String>> KNOWN = Map.of(
            "state", Set.of("open", "waiting", "on-hold", "resolved", "closed"),
            "priority", Set.copyOf(CaseRecords.PRIORITIES));

    @Override
    public Map<Integer, String> refuse(RecordType type, List<RecordRow> rows, Actor actor) {
        if (!type.name().equals(CaseRecords.EVENTS)) {
            return Map.of();
        }
        Map<Integer, String> refused = new HashMap<>();
        for (int index = 0; index < rows.size(); index++) {
            Map<String, ?> values = rows.get(index).values();
            Set<String> known = KNOWN.get(String.valueOf(values.get("kind")));
            Object value = values.get("value");
            if (known != null && (value == null || !known.contains(value.toString()))) {
                refused.put(
                        index,
                        "A change of " + values.get("kind") + " becomes one of "
                                + String.join(", ", known.stream().sorted().toList()) + ", not " + value
                                + ". Translate it with values: in the mapping.");
            }
        }
        return refused;
    }
}
