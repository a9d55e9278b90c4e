package io.perennial.health.signals;

import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.Part;
import io.perennial.health.model.Reading;
import io.perennial.health.model.Score;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoublePredicate;

/**
 * All that a rule may look at.
 *
 * @param standing whether the rule's signal is open already: limits for staying open are softer than those for opening,
 *     so that an account at the limit does not flicker
 */
record Situation(AccountReadings readings, Score score, LocalDate today, boolean standing) {

    private static final int A_YEAR = 366;

    Optional<Reading> reading(String measure) {
        boolean expired = score.part(measure)
                .map(part -> part.state().equals(Part.EXPIRED))
                .orElse(false);
        return expired
                ? Optional.empty()
                : Optional.ofNullable(readings.readings().get(measure));
    }

    double value(String measure, double otherwise) {
        return reading(measure).map(Reading::value).orElse(otherwise);
    }

    /** The evidence of a reading, or these words. */
    String evidence(String measure, String otherwise) {
        return reading(measure)
                .map(Reading::evidence)
                .filter(text -> !text.isBlank())
                .orElse(otherwise);
    }

    /** There were contracts and none runs any more. */
    boolean lapsed() {
        if (reading("days_to_renewal").isPresent() || reading("tenure_days").isEmpty()) {
            return false;
        }
        boolean longAgo = reading("shrinking").isEmpty() && value("tenure_days", 0) > A_YEAR;
        return longAgo || value("shrinking", 1) == 0;
    }

    Check atLeast(String measure, double limit) {
        return check(measure, "at least " + number(limit), value -> value >= limit);
    }

    Check moreThan(String measure, double limit) {
        return check(measure, "more than " + number(limit), value -> value > limit);
    }

    Check atMost(String measure, double limit) {
        return check(measure, "at most " + number(limit), value -> value <= limit);
    }

    Check lessThan(String measure, double limit) {
        return check(measure, "less than " + number(limit), value -> value < limit);
    }

    Check check(String measure, String wanted, DoublePredicate holds) {
        Optional<Reading> reading = reading(measure);
        if (reading.isPresent()) {
            Reading known = reading.get();
            String found = number(known.value()) + (known.evidence().isBlank() ? "" : " (" + known.evidence() + ")");
            return Check.of(measure, wanted, found, holds.test(known.value()));
        }
        if (readings.notApplicable().contains(measure)) {
            return Check.of(measure, wanted, "does not apply to this account", false);
        }
        String found = readings.notConnected().contains(measure) ? "not connected" : "no recent data";
        return new Check(measure, wanted, found, Check.Answer.UNKNOWN);
    }

    static String number(double value) {
        return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }
}
