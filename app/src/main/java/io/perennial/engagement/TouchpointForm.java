package io.perennial.engagement;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was typed into the composer, kept as typed so that nothing is lost when something is wrong with it.
 *
 * @param at local date and time in UTC, or empty for now
 * @param mood how the customer felt; empty when nothing is said
 */
public record TouchpointForm(
        String kind,
        String at,
        String contact,
        String subject,
        String body,
        String mood,
        @Nullable String problem) {

    /** Moods to choose from, the best first; angry customers and restless ones count as at risk of leaving. */
    public static final List<String> MOODS = List.of("content", "neutral", "anxious", "restless", "angry");

    public static TouchpointForm empty() {
        return new TouchpointForm("call", "", "", "", "", "", null);
    }

    public TouchpointForm with(String reason) {
        return new TouchpointForm(kind, at, contact, subject, body, mood, reason);
    }

    /** @throws IllegalArgumentException with a message for people when the time is none */
    public Touchpoints.Log toLog() {
        return new Touchpoints.Log(kind, instant(), orNull(contact), orNull(subject), orNull(body), orNull(mood));
    }

    private @Nullable Instant instant() {
        if (at.isBlank()) {
            return null;
        }
        try {
            return LocalDateTime.parse(at.strip()).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("Write the time as 2026-11-20T14:30, or leave it empty for now.", e);
        }
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
