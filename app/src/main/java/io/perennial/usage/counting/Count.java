package io.perennial.usage.counting;

import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.BitSet;

/**
 * How often one user used one feature on one day, as far as it was counted now.
 *
 * @param user external id of the login, empty when the events name none
 * @param feature name of the feature, empty for the product as a whole
 * @param sourceRef tells counts of different sources apart; never empty, because a file's own rows have the empty one
 * @param events how many more there are; at least 1
 * @param slots of five minutes in which the user was active, 0 to 287 in UTC
 * @param firstSecond of the UTC day on which it was used first, and {@code lastSecond} last; -1 where only slots are known
 */
public record Count(
        AccountId account,
        LocalDate day,
        String user,
        String feature,
        String sourceRef,
        long events,
        BitSet slots,
        int firstSecond,
        int lastSecond) {

    public static final int MINUTES_PER_SLOT = 5;
    public static final int SLOTS = 24 * 60 / MINUTES_PER_SLOT;

    public Count(
            AccountId account,
            LocalDate day,
            String user,
            String feature,
            String sourceRef,
            long events,
            BitSet slots) {
        this(account, day, user, feature, sourceRef, events, slots, -1, -1);
    }
}
