package io.perennial.usage;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RowOutcome;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** Usage in words: rows as the records engine hands them over. */
final class UsageFacts {

    private final UsageWriter writer;
    private final TransactionTemplate transactions;
    private final List<RecordRow> rows = new ArrayList<>();

    UsageFacts(UsageWriter writer, TransactionTemplate transactions) {
        this.writer = writer;
        this.transactions = transactions;
    }

    UsageFacts use(AccountId account, String day, String feature, String user, long events) {
        return row(account, day, Map.of("feature", feature, "user", user, "events", events));
    }

    UsageFacts activeUsers(AccountId account, String day, long users) {
        return row(account, day, Map.of("users", users));
    }

    UsageFacts row(AccountId account, String day, Map<String, ?> more) {
        return row("", account, day, more);
    }

    UsageFacts row(String externalId, AccountId account, String day, Map<String, ?> more) {
        Map<String, @Nullable Object> values = new HashMap<>(more);
        values.put("account", account.value());
        values.put("day", LocalDate.parse(day));
        rows.add(new RecordRow(rows.size() + 1L, externalId, values, Map.of()));
        return this;
    }

    /** Writes what was said so far, and starts anew. */
    List<RowOutcome> written(Instant now) {
        List<RecordRow> batch = List.copyOf(rows);
        rows.clear();
        return transactions.execute(status -> writer.write(batch, Actor.SYSTEM, now));
    }
}
