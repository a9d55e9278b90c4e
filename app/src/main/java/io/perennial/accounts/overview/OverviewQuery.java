package io.perennial.accounts.overview;

import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;

/**
 * Which accounts, and as of when.
 *
 * @param asOf facts dated before it count
 * @param today the day of {@code asOf} in UTC
 * @param once facts that others have read already for the same accounts and instant
 */
public record OverviewQuery(Collection<AccountId> accounts, Instant asOf, LocalDate today, Once once) {

    /** Everything that is dated up to the end of that day. */
    public static OverviewQuery onDay(Collection<AccountId> accounts, LocalDate today) {
        Instant end = today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return new OverviewQuery(accounts, end, today, new Once());
    }
}
