package io.perennial.identity.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the pages before sign-in share. */
final class Doors {

    private Doors() {}

    /** The page somebody wanted before they were asked to sign in; only our own, never another site's. */
    static String ownPath(@Nullable String next) {
        if (next == null || next.length() > 2000 || !next.startsWith("/") || next.startsWith("//")) {
            return "/";
        }
        boolean plain = next.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\');
        return plain ? next : "/";
    }

    static String inWords(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        if (seconds < 90) {
            return seconds == 1 ? "1 second" : seconds + " seconds";
        }
        return (seconds + 59) / 60 + " minutes";
    }
}
