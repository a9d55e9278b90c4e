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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that a rule may look at.
 *
 * @param standing whether the rule's signal is open already: limits for staying open are softer than those for opening,
 *     so that an account at the limit does not flicker
 */
record Situation(AccountReadings readings, Score score, LocalDate today, boolean standing) {

    private static final int A_YEAR = 366;

    Optional<Reading> reading(String measure) {
        return Optional.ofNullable(known(measure));
    }

    private @Nullable Reading known(String measure) {
        Reading reading = readings.readings().get(measure);
        if (reading != null) {
            for (Part part : score.parts()) {
                if (part.measure().equals(measure)) {
                    return part.state().equals(Part.EXPIRED) ? null : reading;
                }
            }
        }
        return reading;
    }

    double value(String measure, double otherwise) {
        Reading reading = known(measure);
        return reading == null ? otherwise : reading.value();
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
        return check(measure, () -> "at least " + number(limit), value -> value >= limit);
    }

    Check moreThan(String measure, double limit) {
        return check(measure, () -> "more than " + number(limit), value -> value > limit);
    }

    Check atMost(String measure, double limit) {
        return check(measure, () -> "at most " + number(limit), value -> value <= limit);
    }

    Check lessThan(String measure, double limit) {
        return check(measure, () -> "less than " + number(limit), value -> value < limit);
    }

    Check check(String measure, String wanted, DoublePredicate holds) {
        return check(measure, () -> wanted, holds);
    }

    private Check check(String measure, Supplier<String> wanted, DoublePredicate holds) {
        Reading reading = known(measure);
        if (reading != null) {
            return Check.of(measure, wanted, () -> found(reading), holds.test(reading.value()));
        }
        if (readings.notApplicable().contains(measure)) {
            return Check.of(measure, wanted, () -> "does not apply to this account", false);
        }
        String found = readings.notConnected().contains(measure) ? "not connected" : "no recent data";
        return new Check(measure, wanted, () -> found, Check.Answer.UNKNOWN);
    }

    private static String found(Reading reading) {
        String evidence = reading.evidence();
        return number(reading.value()) + (evidence.isBlank() ? "" : " (" + evidence + ")");
    }

    static String number(double value) {
        return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }
}
