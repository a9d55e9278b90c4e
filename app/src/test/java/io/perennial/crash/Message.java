package io.perennial.crash;

import java.time.Instant;

/**
 * One event of the campaign. Everything about it follows from its number, so that the driver knows what must come out.
 *
 * @param number makes the message id; sent again it is the same
 */
record Message(long number, Instant at) {

    private static final int ACCOUNTS = 7;
    private static final int USERS = 40;
    private static final int FEATURES = 9;

    String id() {
        return "message-" + number;
    }

    /** The first messages say to which account each user belongs, the others that something was used. */
    boolean isGroup() {
        return number < USERS;
    }

    int user() {
        return (int) (number % USERS);
    }

    String userRef() {
        return "user-" + user();
    }

    String account() {
        return "account-" + user() % ACCOUNTS;
    }

    String feature() {
        return "Feature " + number % FEATURES;
    }
}
