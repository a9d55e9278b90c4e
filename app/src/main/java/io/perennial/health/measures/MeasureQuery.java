package io.perennial.health.measures;

import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;

/**
 * Which accounts, and as of when. Only facts dated before {@code asOf} count, so that the same facts give the same
 * answer live, in a full recompute and in a back-test.
 *
 * @param today the day of {@code asOf} in UTC
 */
public record MeasureQuery(Collection<AccountId> accounts, Instant asOf, LocalDate today) {}
