package io.perennial.health.measures;

import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import io.perennial.shared.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;

/**
 * Which accounts, and as of when. Only facts dated before {@code asOf} count, so that the same facts give the same
 * answer live, in a full recompute and in a back-test.
 *
 * @param today the day of {@code asOf} in UTC
 * @param once facts that others read for the same accounts and instant
 */
public record MeasureQuery(Collection<AccountId> accounts, Instant asOf, LocalDate today, Once once) {

    /** The same question as the sources of list columns are asked it, so that both share their facts. */
    public OverviewQuery facts() {
        return new OverviewQuery(accounts, asOf, today, once);
    }

    public MeasureQuery(Collection<AccountId> accounts, Instant asOf, LocalDate today) {
        this(accounts, asOf, today, new Once());
    }

    /** One of many instants at which the same accounts are asked about, the first of its day. */
    public MeasureQuery(LocalDate today, Span span) {
        this(span.accounts(), today.atStartOfDay(ZoneOffset.UTC).toInstant(), today, new Once(span));
    }
}
