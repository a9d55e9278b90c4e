package io.perennial.metrics.service;

import io.perennial.metrics.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A metric of cases as SQL: which cases, which of them count, and what of each.
 *
 * @param counted condition: belongs to the denominator
 * @param hit condition: belongs to the numerator of a share
 * @param value what is spread over cases, such as hours
 * @param leftOut conditions by why a case of the base is not counted
 * @param empty why there is no value when nothing counts
 */
record Spec(
        Kind kind,
        Base base,
        String counted,
        @Nullable String hit,
        @Nullable String value,
        Map<String, String> leftOut,
        Reason empty,
        boolean opinions) {

    enum Kind {
        SHARE,
        MEDIAN,
        MEAN,
        COUNT
    }

    static Spec share(Base base, String counted, String hit, Reason empty) {
        return new Spec(Kind.SHARE, base, counted, hit, null, Map.of(), empty, false);
    }

    /** Headline is the median; mean and percentiles stand beside it. */
    static Spec median(Base base, String value, Reason empty) {
        return new Spec(Kind.MEDIAN, base, "(" + value + ") is not null", null, value, Map.of(), empty, false);
    }

    static Spec mean(Base base, String value, Reason empty) {
        return new Spec(Kind.MEAN, base, "(" + value + ") is not null", null, value, Map.of(), empty, false);
    }

    /** @param value shown beside the number, such as the age */
    static Spec count(Base base, @Nullable String value) {
        return new Spec(
                Kind.COUNT, base, "true", null, value, Map.of(), new Reason("NO_CASES", "There is no case."), false);
    }

    Spec where(String condition) {
        return new Spec(kind, base, counted + " and " + condition, hit, value, leftOut, empty, opinions);
    }

    Spec leavingOut(String why, String condition) {
        Map<String, String> more = new LinkedHashMap<>(leftOut);
        more.put(why, condition);
        return new Spec(kind, base, counted, hit, value, more, empty, opinions);
    }

    Spec ofOpinions() {
        return new Spec(kind, base, counted, hit, value, leftOut, empty, true);
    }

    Spec on(Base other) {
        return new Spec(kind, other, counted, hit, value, leftOut, empty, opinions);
    }
}
