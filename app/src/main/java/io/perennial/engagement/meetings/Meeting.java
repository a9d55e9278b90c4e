package io.perennial.engagement.meetings;

import io.perennial.shared.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A meeting with a customer, planned, over or cancelled. */
public record Meeting(
        UUID id,
        AccountId account,
        String accountName,
        String uid,
        String occurrence,
        int sequence,
        String title,
        @Nullable String place,
        Instant startsAt,
        Instant endsAt,
        boolean cancelled,
        @Nullable String organizer,
        List<String> guests) {}
