package io.perennial.cases.desk;

import io.perennial.programs.Priority;
import java.util.List;
import java.util.Optional;

/** Priority from whom it affects and how much it hinders. */
public final class Grading {

    /** A step of a scale. */
    public record Step(String key, String title) {}

    public static final List<Step> IMPACTS =
            List.of(new Step("one", "One person"), new Step("team", "A team"), new Step("all", "Everybody"));

    public static final List<Step> URGENCIES = List.of(
            new Step("can-wait", "It can wait"),
            new Step("slowed", "Work is slower"),
            new Step("stopped", "Work has stopped"));

    /** Rows: one, team, all; columns: can wait, slowed, stopped. */
    private static final Priority[][] MATRIX = {
        {Priority.LOW, Priority.MEDIUM, Priority.HIGH},
        {Priority.LOW, Priority.MEDIUM, Priority.HIGH},
        {Priority.MEDIUM, Priority.HIGH, Priority.URGENT},
    };

    private Grading() {}

    /** Empty when either is none of the scales. */
    public static Optional<Priority> priority(String impact, String urgency) {
        int row = index(IMPACTS, impact);
        int column = index(URGENCIES, urgency);
        return row < 0 || column < 0 ? Optional.empty() : Optional.of(MATRIX[row][column]);
    }

    private static int index(List<Step> scale, String key) {
        for (int i = 0; i < scale.size(); i++) {
            if (scale.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }
}
