package io.perennial.programs;

import io.perennial.programs.hours.BusinessHours;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an account may expect on a day.
 *
 * @param enrolment what gives it the right to it; null when it has the house's default
 * @param program name for people
 * @param version 0 when the house has no program of its own for accounts that bought none
 * @param targets no entry, or an empty one: nothing is promised for that priority
 */
public record Coverage(
        @Nullable UUID enrolment,
        String program,
        int version,
        BusinessHours hours,
        Set<String> channels,
        Map<Priority, Targets> targets) {

    /** Never null: {@link Targets#NONE} where nothing is promised. */
    public Targets targets(Priority priority) {
        return targets.getOrDefault(priority, Targets.NONE);
    }
}
