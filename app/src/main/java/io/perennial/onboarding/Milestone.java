package io.perennial.onboarding;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A milestone of a running onboarding.
 *
 * @param days expected; null when nobody said
 * @param openedOn what it waits for is there
 * @param slowOn day until which it is on track
 * @param dueOn last day on which it is not overdue
 * @param have how far the facts are, of {@code need}
 * @param seenOn when the facts say that it was reached
 * @param held a person said that it is not reached, whatever the facts say
 */
public record Milestone(
        UUID id,
        UUID onboarding,
        int position,
        String name,
        String ours,
        String theirs,
        @Nullable Integer days,
        List<String> after,
        @Nullable Condition begins,
        Condition done,
        String next,
        boolean firstValue,
        @Nullable LocalDate openedOn,
        @Nullable LocalDate slowOn,
        @Nullable LocalDate dueOn,
        int have,
        int need,
        @Nullable LocalDate begunOn,
        @Nullable LocalDate progressOn,
        @Nullable LocalDate seenOn,
        @Nullable String evidence,
        @Nullable LocalDate reachedOn,
        @Nullable String reachedBy,
        boolean held) {

    /** Days without a step forward after which something that was begun counts as abandoned. */
    public static final int ABANDONED_DAYS = 10;

    public boolean isReached() {
        return reachedOn != null;
    }

    public boolean isOpen() {
        return openedOn != null && reachedOn == null;
    }

    public boolean isBehind(LocalDate today) {
        return isOpen() && dueOn != null && dueOn.isBefore(today);
    }

    public boolean isSlow(LocalDate today) {
        return isOpen() && !isBehind(today) && slowOn != null && slowOn.isBefore(today);
    }

    /** Begun, not reached, and nothing moved for some time. */
    public boolean isAbandoned(LocalDate today) {
        return !isReached()
                && begunOn != null
                && progressOn != null
                && !progressOn.plusDays(ABANDONED_DAYS).isAfter(today);
    }

    /** Facts say that it is reached and nobody has confirmed it. */
    public boolean isProposed() {
        return !isReached() && seenOn != null;
    }
}
