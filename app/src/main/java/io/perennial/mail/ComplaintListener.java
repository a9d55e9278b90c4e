package io.perennial.mail;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Is told, in the same transaction, that a reader called a letter of ours unwanted (RFC 5965). */
public interface ComplaintListener {

    /** @param said what the mail provider said of it */
    record Complaint(
            UUID letter,
            String key,
            Purpose serves,
            String address,
            @Nullable UUID accountId,
            @Nullable UUID contactId,
            String said,
            Instant at) {}

    void complained(Complaint complaint);
}
