package io.perennial.cancellations;

import io.perennial.identity.Viewer;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which losses are meant.
 *
 * @param from first day of loss
 * @param until first day that is not in it any more
 * @param group only this group of {@code by}; null for all
 * @param outcome only {@code back}, {@code stayed}, {@code notice}; empty for every loss
 * @param owner only accounts of this member; null for the whole company
 */
public record LossQuestion(
        LocalDate from,
        LocalDate until,
        LocalDate today,
        LossCut by,
        @Nullable String group,
        String outcome,
        @Nullable UUID owner) {

    /** The longest period that is answered. */
    public static final int MOST_YEARS = 20;

    /** Everything in the viewer's portfolio. */
    public static LossQuestion of(LocalDate from, LocalDate until, LocalDate today, LossCut by, Viewer viewer) {
        return new LossQuestion(from, until, today, by, null, "", viewer.everything() ? null : viewer.memberId());
    }

    public LossQuestion only(@Nullable String key, String which) {
        return new LossQuestion(from, until, today, by, key, which, owner);
    }
}
