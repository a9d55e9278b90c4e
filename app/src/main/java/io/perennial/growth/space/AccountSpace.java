package io.perennial.growth.space;

import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One customer's row: what it has, and what its peers have that it does not. */
public record AccountSpace(
        AccountId account,
        String externalId,
        String name,
        String segment,
        @Nullable String owner,
        @Nullable Double score,
        @Nullable String band,
        @Nullable BigDecimal arr,
        String currency,
        List<Cell> cells) {

    /** Whether more may be offered now: the others have something that comes first. */
    public boolean healthy() {
        return "HEALTHY".equals(band);
    }

    /**
     * @param annual what the customer pays for it in a year; null when it does not have it
     * @param had the last day of a line of it that has ended; null when it never had it
     * @param opportunity that is open for it
     * @param peers share of the segment that has it, in percent
     * @param estimate null when no peer pays for it in the customer's currency
     */
    public record Cell(
            String product,
            @Nullable BigDecimal annual,
            @Nullable String annualCurrency,
            @Nullable LocalDate had,
            @Nullable UUID opportunity,
            int peers,
            long owners,
            @Nullable Estimate estimate) {

        public boolean owned() {
            return annual != null;
        }
    }
}
