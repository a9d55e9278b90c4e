package io.perennial.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a form has just done, said once on the page that is shown next. It waits in the session, not in the address, so
 * that nobody can send a link that puts words into the product's mouth.
 *
 * @param change to undo it by, when it can be undone
 * @param job that goes on with it
 */
public record Notice(
        String text, @Nullable UUID change, @Nullable UUID job) {

    private static final String WAITING = "notice";

    /** Leaves it for the next page of this person. */
    public void leave(HttpServletRequest request) {
        request.getSession()
                .setAttribute(WAITING, (change == null ? "" : change) + "|" + (job == null ? "" : job) + "|" + text);
    }

    /** Takes what waits; null when nothing does. Neither a prefetch nor a part of a page that renews itself takes anything. */
    public static @Nullable Notice take(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null
                || request.getHeader("Sec-Purpose") != null
                || request.getHeader("HX-Request") != null
                || !(session.getAttribute(WAITING) instanceof String waiting)) {
            return null;
        }
        session.removeAttribute(WAITING);
        String[] parts = waiting.split("\\|", 3);
        return new Notice(parts[2], id(parts[0]), id(parts[1]));
    }

    private static @Nullable UUID id(String text) {
        return text.isEmpty() ? null : UUID.fromString(text);
    }
}
