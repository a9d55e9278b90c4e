package io.perennial.engagement.meetings;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One time of a meeting, as a calendar file tells it.
 *
 * @param occurrence start as the series first had it; empty for a meeting that is no series
 * @param series whether its file tells the whole series, so that times that are not in it are gone
 * @param stampedAt when its calendar wrote it; null when it does not say
 */
record Happening(
        String uid,
        String occurrence,
        boolean series,
        int sequence,
        @Nullable Instant stampedAt,
        String title,
        @Nullable String place,
        Instant startsAt,
        Instant endsAt,
        boolean cancelled,
        @Nullable String organizer,
        List<Guest> guests) {

    /** @param answer open, accepted, declined or tentative */
    record Guest(String address, @Nullable String name, String answer) {}
}
