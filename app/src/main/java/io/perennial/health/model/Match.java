package io.perennial.health.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts a model or profile is for; an empty list does not restrict. Compared without regard to case.
 */
public record Match(List<String> segments, List<String> stages) {

    public static final Match EVERYBODY = new Match(List.of(), List.of());

    public boolean matches(String segment, @Nullable String stage) {
        return holds(segments, segment) && holds(stages, stage);
    }

    private static boolean holds(List<String> wanted, @Nullable String actual) {
        return wanted.isEmpty() || (actual != null && wanted.stream().anyMatch(actual::equalsIgnoreCase));
    }
}
