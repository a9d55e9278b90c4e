package io.perennial.onboarding;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a template says.
 *
 * @param guided true: people tick, facts only propose; false: facts tick where there are any
 * @param writeTo roles at the customer who are welcomed and helped, the first of which leads
 * @param help where to get help, told in letters; empty when nothing is said
 * @param taskAfter days from the helpful mail to the task of the customer's manager
 * @param setUp service resources
 */
public record Plan(
        String name,
        Audience audience,
        boolean guided,
        List<String> writeTo,
        String help,
        int taskAfter,
        List<String> setUp,
        List<Planned> milestones) {

    public static final int MOST_MILESTONES = 40;
    public static final int MOST_RESOURCES = 20;
    public static final int LONGEST_DAYS = 730;

    public Plan {
        writeTo = List.copyOf(writeTo);
        setUp = List.copyOf(setUp);
        milestones = List.copyOf(milestones);
    }

    /** Which sales it begins with. */
    public enum Start {
        NEW_CUSTOMERS,
        SEGMENT,
        PROGRAM,
        PRODUCT,
        NOBODY
    }

    /** @param subject segment, program or product by name; empty for the others */
    public record Audience(Start start, String subject) {

        public static final Audience NOBODY = new Audience(Start.NOBODY, "");

        /** What {@link PlanText} reads again. */
        public String words() {
            return switch (start) {
                case NEW_CUSTOMERS -> "new customers";
                case SEGMENT -> "new customers in segment " + subject;
                case PROGRAM -> "program " + subject;
                case PRODUCT -> "product " + subject;
                case NOBODY -> "nobody";
            };
        }
    }

    /**
     * A milestone.
     *
     * @param ours role of ours that sees to it
     * @param theirs role at the customer; empty when all of it is up to us
     * @param days expected, from the day on which what it waits for is there
     * @param after names of milestones before it
     * @param begins what else has to be true before it begins; null for nothing
     * @param next what the customer is told to do
     */
    public record Planned(
            String name,
            String ours,
            String theirs,
            int days,
            List<String> after,
            @Nullable Condition begins,
            Condition done,
            String next,
            boolean firstValue) {

        public Planned {
            after = List.copyOf(after);
        }

        String key() {
            return name.toLowerCase(Locale.ROOT);
        }
    }

    /** Days until a milestone is expected, counted from the start along its longest way. */
    public int expected(Planned milestone) {
        return expected(milestone, 0);
    }

    private int expected(Planned milestone, int depth) {
        if (depth > MOST_MILESTONES) {
            return 0; // a plan that goes in circles is refused before anybody asks
        }
        return milestone.days()
                + milestones.stream()
                        .filter(one -> milestone.after().stream().anyMatch(name -> name.equalsIgnoreCase(one.name())))
                        .mapToInt(one -> expected(one, depth + 1))
                        .max()
                        .orElse(0);
    }

    /** Days that the whole is expected to take. */
    public int expected() {
        return milestones.stream().mapToInt(this::expected).max().orElse(0);
    }
}
