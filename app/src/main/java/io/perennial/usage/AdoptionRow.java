package io.perennial.usage;

import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How one account used what it bought in the 28 days up to a day.
 *
 * @param until last day known
 * @param held whether that is because a source is silent
 * @param segment empty when it has none
 * @param seats null when no contract says
 * @param activeUsers null when nothing is known about users
 * @param unusedArr the part of the recurring revenue that unused seats are
 * @param stickiness per mille: logins on a mean day, of all in 28 days; null without logins
 * @param features used, ascending
 * @param shares per mille of the active users who used each; -1 where only use is known, not by how many
 */
record AdoptionRow(
        AccountId account,
        LocalDate until,
        boolean held,
        String segment,
        @Nullable Integer seats,
        @Nullable Integer activeUsers,
        @Nullable Integer unused,
        @Nullable BigDecimal arr,
        @Nullable String currency,
        @Nullable BigDecimal unusedArr,
        @Nullable Integer stickiness,
        int[] features,
        int[] shares) {

    /** Per mille of seats with an active user, at most all of them. */
    @Nullable
    Integer licences() {
        return seats == null || activeUsers == null
                ? null
                : Integer.valueOf((int) Math.min(1000, Math.round(1000.0 * activeUsers / seats)));
    }

    /** Per mille of the active users; 0 when it was not used, -1 when it was but nobody knows by how many. */
    int share(int feature) {
        int place = Arrays.binarySearch(features, feature);
        return place < 0 ? 0 : shares[place];
    }
}
