package io.perennial.cases.desk;

import io.perennial.identity.Viewer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A case as it is written down, and which lists it belongs to as people would say it. */
record WrittenCase(
        UUID id,
        long number,
        String state,
        @Nullable String subject,
        @Nullable String product,
        @Nullable String priority,
        String team,
        @Nullable String tags,
        @Nullable String assignee,
        @Nullable UUID member,
        @Nullable String escalated,
        @Nullable UUID owner,
        @Nullable Instant due,
        @Nullable Instant risk,
        @Nullable Instant reopened,
        @Nullable Instant resolved,
        @Nullable BigDecimal satisfaction,
        @Nullable BigDecimal scale,
        List<UUID> followers) {

    boolean isIn(Queue.View view, Viewer viewer, Instant now) {
        boolean open = List.of("open", "waiting", "on-hold").contains(state);
        boolean ours = open && !state.equals("waiting");
        return (viewer.everything() || viewer.memberId().equals(owner))
                && switch (view) {
                    case DUE -> ours;
                    case RISK -> open && (isReached(due, now) || isReached(risk, now));
                    case MINE -> open && viewer.memberId().equals(member);
                    case FOLLOWED -> followers.contains(viewer.memberId());
                    case UNASSIGNED -> ours && member == null && assignee == null;
                    case ESCALATED -> open && escalated != null;
                    case WAITING -> state.equals("waiting");
                    case UNHAPPY ->
                        !open
                                && resolved != null
                                && resolved.isAfter(now.minus(Duration.ofDays(90)))
                                && satisfaction != null
                                && satisfaction.doubleValue() <= .4 * (scale == null ? 5 : scale.doubleValue());
                    case ALL -> true;
                };
    }

    private static boolean isReached(@Nullable Instant at, Instant now) {
        return at != null && !at.isAfter(now);
    }

    boolean fits(QueueFilter filter) {
        return (filter.product().isEmpty() || filter.product().equalsIgnoreCase(product))
                && (filter.priority().isEmpty() || filter.priority().equals(priority))
                && (filter.team().isEmpty() || filter.team().equalsIgnoreCase(team))
                && (filter.tag().isEmpty()
                        || tags != null
                                && Arrays.asList(tags.toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1))
                                        .contains(filter.tag().toLowerCase(Locale.ROOT)))
                && says(filter.words());
    }

    private boolean says(String words) {
        if (words.matches("#?\\d{1,15}")) {
            return number == Long.parseLong(words.replace("#", ""));
        }
        if (words.isEmpty()) {
            return true;
        }
        String text = " " + (subject == null ? "" : subject.toLowerCase(Locale.ROOT));
        String phrase = words.toLowerCase(Locale.ROOT);
        return phrase.length() > 2 && phrase.startsWith("\"")
                ? subject != null && text.contains(phrase.substring(1, phrase.length() - 1))
                : Arrays.stream(phrase.replace("\"", "").split(" ", -1))
                        .filter(word -> !word.isEmpty())
                        .allMatch(word -> subject != null && text.contains(isShort(word) ? " " + word : word));
    }

    /** One or two letters in a row are looked for where a word begins. */
    private static boolean isShort(String word) {
        return word.chars().allMatch(one -> one < 128)
                && word.chars().anyMatch(Character::isLetterOrDigit)
                && Arrays.stream(word.split("[^a-z0-9]", -1)).allMatch(run -> run.length() < 3);
    }

    /** In which order a list shows them. */
    static Comparator<WrittenCase> order(Queue.View view) {
        // As bytes, which is how they are compared by the database.
        Comparator<WrittenCase> due = Comparator.comparing(
                        (WrittenCase one) -> Objects.requireNonNullElse(one.due(), Instant.MAX))
                .thenComparing(one -> one.id().toString());
        return switch (view) {
            case ALL, FOLLOWED, UNHAPPY ->
                Comparator.comparingLong(WrittenCase::number).reversed();
            case MINE ->
                Comparator.comparing((WrittenCase one) -> one.reopened() == null)
                        .thenComparing(due);
            default -> due;
        };
    }
}
