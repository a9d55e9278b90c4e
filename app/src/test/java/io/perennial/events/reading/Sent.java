package io.perennial.events.reading;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event as a customer's product sends it, in words. */
record Sent(
        int source,
        String message,
        int kind,
        Instant at,
        @Nullable String user,
        @Nullable String visitor,
        @Nullable String account,
        @Nullable String name,
        String body) {

    static Sent used(String message, String user, String feature, String at) {
        return new Sent(1, message, Event.TRACK, Instant.parse(at), user, null, null, feature, "{}");
    }

    static Sent visited(String message, String visitor, String page, String at) {
        return new Sent(1, message, Event.PAGE, Instant.parse(at), null, visitor, null, page, "{}");
    }

    static Sent group(String message, String user, String account, String traits) {
        return new Sent(
                1,
                message,
                Event.GROUP,
                Instant.parse("2026-11-24T08:00:00Z"),
                user,
                null,
                account,
                null,
                "{\"type\":\"group\",\"traits\":" + traits + "}");
    }

    static Sent identify(String message, @Nullable String visitor, String user, String traits) {
        return new Sent(
                1,
                message,
                Event.IDENTIFY,
                Instant.parse("2026-11-24T08:00:00Z"),
                user,
                visitor,
                null,
                null,
                "{\"type\":\"identify\",\"traits\":" + traits + "}");
    }

    static Sent alias(String message, String before, String user) {
        return new Sent(
                1,
                message,
                Event.ALIAS,
                Instant.parse("2026-11-24T08:00:00Z"),
                user,
                null,
                null,
                null,
                "{\"type\":\"alias\",\"previousId\":\"" + before + "\"}");
    }

    Sent inAccount(String ref) {
        return new Sent(source, message, kind, at, user, visitor, ref, name, body);
    }

    Sent from(int other) {
        return new Sent(other, message, kind, at, user, visitor, account, name, body);
    }

    UUID key() {
        return UUID.nameUUIDFromBytes((source + "\n" + message).getBytes(StandardCharsets.UTF_8));
    }
}
