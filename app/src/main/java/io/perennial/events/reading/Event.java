package io.perennial.events.reading;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of the inbox, as far as reading needs it.
 *
 * @param seq its place: events are taken in this order
 * @param name of what was used, page or screen
 * @param body only where it says more than that something was used
 */
record Event(
        long seq,
        LocalDate receivedOn,
        Instant receivedAt,
        int source,
        int kind,
        Instant occurredAt,
        @Nullable String user,
        @Nullable String anonymous,
        @Nullable String account,
        @Nullable String name,
        @Nullable String body) {

    static final int TRACK = 1;
    static final int PAGE = 2;
    static final int SCREEN = 3;
    static final int IDENTIFY = 4;
    static final int GROUP = 5;
    static final int ALIAS = 6;

    /** Longer identifiers are no identifiers. */
    static final int LONGEST_REF = 255;

    private static final int LONGEST_FEATURE = 200;
    private static final Duration AHEAD = Duration.ofDays(1);
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Pattern UNREADABLE = Pattern.compile("[\\p{Cntrl}\\s]+");
    private static final String COLUMNS_OF_USE = """
            seq, received_on, received_at, source_id, kind, occurred_at, nullif(user_ref, '') as user_ref,
            nullif(anonymous_ref, '') as anonymous_ref, nullif(account_ref, '') as account_ref, name""";

    /** Of the inbox: bodies are long, and most of them are not needed. */
    static final String COLUMNS = COLUMNS_OF_USE + ", case when kind > 3 then body end as body";

    /** Of those that wait. */
    static final String WAITING_COLUMNS = COLUMNS_OF_USE + ", body";

    /** @param once of all events of the answer */
    static Event of(ResultSet row, Once once) throws SQLException {
        return new Event(
                row.getLong(1),
                once.value(row.getObject(2, LocalDate.class)),
                once.value(row.getTimestamp(3).toInstant()),
                row.getInt(4),
                row.getInt(5),
                row.getTimestamp(6).toInstant(),
                once.text(row.getString(7)),
                once.text(row.getString(8)),
                once.text(row.getString(9)),
                once.text(row.getString(10)),
                row.getString(11));
    }

    boolean isUse() {
        return kind <= SCREEN;
    }

    /** Whose membership decides when the event names no account: the user's, never the anonymous visitor's beside. */
    boolean isAnonymous() {
        return user == null && anonymous != null;
    }

    /** Why this event can never be counted; null when it can. */
    @Nullable
    String unfit() {
        if (tooLong(user) || tooLong(anonymous) || tooLong(account)) {
            return "An identifier is longer than " + LONGEST_REF + " characters.";
        }
        if (user == null && anonymous == null && (account == null || kind == IDENTIFY)) {
            return "It names neither a user nor an account.";
        }
        return null;
    }

    private static boolean tooLong(@Nullable String ref) {
        return ref != null && ref.length() > LONGEST_REF;
    }

    /** When it happened, unless the clock that says so is absurd: then when it arrived. */
    Instant moment() {
        return occurredAt.isAfter(receivedAt.plus(AHEAD)) || occurredAt.isBefore(EARLIEST) ? receivedAt : occurredAt;
    }

    LocalDate day() {
        return LocalDate.ofInstant(moment(), ZoneOffset.UTC);
    }

    String feature() {
        return feature(kind, name);
    }

    /** The catalogue's name for what was used: readable, and never that of the product as a whole. */
    static String feature(int kind, @Nullable String name) {
        String readable =
                name == null ? "" : UNREADABLE.matcher(name).replaceAll(" ").strip();
        if (readable.isEmpty()) {
            return kind == PAGE ? "(page)" : kind == SCREEN ? "(screen)" : "(unnamed)";
        }
        if (readable.equals("(any)")) {
            return "any";
        }
        int end = readable.offsetByCodePoints(
                0, Math.min(LONGEST_FEATURE, readable.codePointCount(0, readable.length())));
        return readable.substring(0, end);
    }
}
