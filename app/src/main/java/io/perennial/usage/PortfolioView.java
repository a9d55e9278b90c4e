package io.perennial.usage;

import io.perennial.shared.AccountId;
import io.perennial.usage.FeatureCatalogue.Feature;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who in a portfolio does not use what they pay for. Shares are per mille.
 *
 * @param until last day of the 28 that everything speaks about
 * @param accounts that match
 * @param seats bought by them, and active users of those who bought some
 * @param money by currency, largest unused first
 * @param silent accounts with seats and no active user
 * @param half accounts that use less than half of their seats
 * @param held accounts whose use is known up to an earlier day only
 * @param silences why, in words; empty when there is no such account
 * @param segments one row each, everybody first; empty when no account has a segment
 * @param peers medians that the rows are compared with: of the chosen segment, else of everybody
 * @param columns features shown, what most accounts use first
 * @param without accounts that did not use it, one for each column
 * @param features how many there are to show
 * @param rows of the page
 */
public record PortfolioView(
        LocalDate until,
        Instant renewedAt,
        long accounts,
        long seats,
        long active,
        long unused,
        List<Money> money,
        long silent,
        long half,
        long held,
        List<String> silences,
        List<SegmentRow> segments,
        Medians peers,
        List<Feature> columns,
        List<Long> without,
        int features,
        List<Row> rows,
        List<Owner> owners) {

    public static final int PAGE = 50;
    public static final int MOST_COLUMNS = 12;

    /** Per mille of the seats that have an active user; null without seats. */
    public @Nullable Integer licences() {
        return seats == 0 ? null : Integer.valueOf((int) Math.min(1000, Math.round(1000.0 * active / seats)));
    }

    /** Recurring revenue in one currency: all of it, and the part paid for unused seats. */
    public record Money(String currency, BigDecimal arr, BigDecimal unused) {

        public int share() {
            return arr.signum() == 0
                    ? 0
                    : unused.multiply(BigDecimal.valueOf(1000))
                            .divide(arr, 0, RoundingMode.HALF_UP)
                            .intValue();
        }
    }

    /**
     * @param shares one for each column
     * @param breadth features used by the median account
     */
    public record Medians(
            int accounts,
            @Nullable Integer licences,
            @Nullable Integer stickiness,
            @Nullable Integer breadth,
            List<Integer> shares) {}

    public record SegmentRow(String name, Medians medians) {}

    /**
     * @param knownUntil last day known, where a source is silent; else null
     * @param shares one for each column, of the active users; -1: used, by how many is unknown
     */
    public record Row(
            AccountId account,
            String name,
            @Nullable String segment,
            @Nullable String owner,
            @Nullable Integer seats,
            @Nullable Integer active,
            @Nullable Integer licences,
            @Nullable Integer unused,
            @Nullable BigDecimal unusedArr,
            @Nullable String currency,
            @Nullable Integer stickiness,
            int breadth,
            @Nullable LocalDate knownUntil,
            List<Integer> shares) {}

    public record Owner(UUID id, String name) {}
}
