package io.perennial.usage;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.shared.Actor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Usage in words, written the way a file or the API writes it. */
public final class UsageFacts {

    private final Records records;
    private final List<RecordRow> rows = new ArrayList<>();

    public UsageFacts(Records records) {
        this.records = records;
    }

    public UsageFacts use(String account, String day, String feature, String user, long events) {
        return row(account, day, Map.of("feature", feature, "user", user, "events", events));
    }

    public UsageFacts activeUsers(String account, String day, long users) {
        return row(account, day, Map.of("users", users));
    }

    public UsageFacts row(String account, String day, Map<String, ?> more) {
        return row("", account, day, more);
    }

    public UsageFacts row(String externalId, String account, String day, Map<String, ?> more) {
        Map<String, @Nullable Object> values = new HashMap<>(more);
        values.put("account", account);
        values.put("day", day);
        rows.add(new RecordRow(rows.size() + 1L, externalId, values, Map.of()));
        return this;
    }

    /** Writes what was said so far, and starts anew. */
    public List<RowOutcome> written() {
        List<RecordRow> batch = List.copyOf(rows);
        rows.clear();
        return records.upsert(
                records.type("usage").orElseThrow(),
                batch,
                Actor.SYSTEM,
                new Records.Write(null, "Usage imported", Records.Formats.ISO));
    }
}
