package io.perennial.programs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is promised for cases of one priority, in working time of the program's calendar; null where nothing is promised.
 *
 * @param firstResponse until a person has answered
 * @param update between two words from us while the case is open
 * @param resolution until it is solved
 */
public record Targets(
        @Nullable Duration firstResponse,
        @Nullable Duration update,
        @Nullable Duration resolution) {

    public static final Targets NONE = new Targets(null, null, null);

    public boolean isEmpty() {
        return equals(NONE);
    }
}
