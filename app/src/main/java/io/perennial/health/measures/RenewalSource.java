package io.perennial.health.measures;

import java.time.LocalDate;
import java.util.List;

/** A module that knows how renewals ended: what scores are held against. */
public interface RenewalSource {

    /** Decisions from one day up to and including another; only such as are certain by the second day. */
    List<DecidedRenewal> decided(LocalDate from, LocalDate to);
}
