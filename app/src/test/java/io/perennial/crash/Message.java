package io.perennial.crash;

import java.time.Instant;

/**
 * One event of the campaign. Everything else about it follows from its number, so that the driver knows what must come out.
 *
 * @param number makes the message id; sent again it is the same
 * @param source which of the campaign's sources sends it, always the same one
 */
record Message(int number, int source, Instant at) {

    private static final int ACCOUNTS = 7;
    private static final int USERS = 40;
    private static final int FEATURES = 9;

    /** The first messages say to which account each user belongs, the others that something was used. */
    boolean isGroup() {
        return number < USERS;
    }

    private int user() {
        return number % USERS;
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

    /** As Segment's clients write it. Every other one names the account, the rest leaves it to the user's group. */
    String json() {
        String about = isGroup()
                ? "\"type\":\"group\",\"groupId\":\"" + account() + "\""
                : "\"type\":\"track\",\"event\":\"" + feature() + "\"";
        String context = isGroup() || number / USERS % 2 == 0 ? "" : ",\"context\":{\"groupId\":\"" + account() + "\"}";
        return "{\"messageId\":\"message-%d\",%s,\"userId\":\"%s\",\"timestamp\":\"%s\"%s}"
                .formatted(number, about, userRef(), at, context);
    }
}
