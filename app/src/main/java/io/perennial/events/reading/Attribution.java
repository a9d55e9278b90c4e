package io.perennial.events.reading;

import io.perennial.events.reading.Waiting.For;
import io.perennial.events.reading.Waiting.Wait;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whose an event is, as far as known.
 *
 * <p>An event that names an account belongs to it, else it belongs to the account of its user, else to that of the user
 * that the anonymous visitor turned out to be. {@code events.attributed} says the same to the database.
 *
 * @param account external id, null while nobody knows
 * @param user empty when the event is nobody's in particular
 */
record Attribution(@Nullable String account, String user) {

    static Attribution of(Event event, Histories aliases, Histories memberships) {
        if (event.account() != null && event.isUse()) {
            return new Attribution(event.account(), event.user() == null ? "" : event.user());
        }
        String user = event.user() != null
                ? event.user()
                : event.anonymous() == null ? null : aliases.atOrAfter(event.anonymous(), event.seq());
        return user == null
                ? new Attribution(null, "")
                : new Attribution(memberships.atOrAfter(user, event.seq()), user);
    }

    Wait missing(Event event) {
        if (account != null) {
            return new Wait(event, For.ACCOUNT, account);
        }
        return user.isEmpty()
                ? new Wait(event, For.USER_BEHIND_VISITOR, Objects.requireNonNull(event.anonymous()))
                : new Wait(event, For.MEMBERSHIP, user);
    }
}
