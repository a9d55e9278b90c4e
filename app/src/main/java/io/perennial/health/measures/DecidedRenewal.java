package io.perennial.health.measures;

import io.perennial.shared.AccountId;
import java.time.LocalDate;

/**
 * A term that ended one way or the other.
 *
 * @param decidedOn notice when there was one, else the end of the term
 * @param renewed whether the account was still a customer afterwards
 */
public record DecidedRenewal(AccountId account, LocalDate decidedOn, boolean renewed) {}
