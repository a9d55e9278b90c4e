package io.perennial.cases.desk;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a page of the queue ended, so that the next one goes on behind it. */
record QueuePosition(boolean plain, String due, UUID id, long number) {

    static QueuePosition of(CaseRow row) {
        return new QueuePosition(
                row.reopenedAt() == null,
                row.dueAt() == null ? "infinity" : row.dueAt().toString(),
                row.id(),
                row.number());
    }

    String text() {
        return (plain ? "1" : "0") + "_" + due + "_" + id + "_" + number;
    }

    static @Nullable QueuePosition parse(String text) {
        String[] parts = text.split("_", 4);
        try {
            if (parts.length == 4) {
                if (!parts[1].equals("infinity")) {
                    Instant.parse(parts[1]);
                }
                return new QueuePosition(
                        parts[0].equals("1"), parts[1], UUID.fromString(parts[2]), Long.parseLong(parts[3]));
            }
        } catch (IllegalArgumentException | DateTimeException none) {
            return null;
        }
        return null;
    }
}
