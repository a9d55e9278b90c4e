package io.perennial.usage;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** How long something takes: which share has finished after how many seconds. */
sealed interface Curve permits Durations, LogNormal {

    double NOBODY = 1e-9;

    /** The share that is still open after so many seconds. */
    double open(long seconds);

    /** The seconds within which that share finishes; empty when so many have never been seen to finish. */
    OptionalLong quantile(double share);

    /** P(finished within {@code more} seconds | still open after {@code age}); empty when nobody was ever open that long. */
    default OptionalDouble chance(long age, long more) {
        double left = open(age);
        return left <= NOBODY
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.clamp(1 - open(age + more) / left, 0, 1));
    }
}
