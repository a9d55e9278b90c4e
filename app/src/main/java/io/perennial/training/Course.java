package io.perennial.training;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What customers can learn.
 *
 * @param entitled draws units of the program that the customer bought
 * @param feature of the product, which it teaches
 * @param days to complete it in, from the assignment
 * @param expiresMonths after which it has to be taken again; null for never
 */
public record Course(
        UUID id,
        String externalId,
        String name,
        @Nullable String description,
        @Nullable String url,
        boolean entitled,
        @Nullable String unit,
        @Nullable BigDecimal units,
        @Nullable String feature,
        @Nullable Integer minutes,
        @Nullable Integer days,
        @Nullable Integer expiresMonths,
        @Nullable String badge,
        @Nullable LocalDate retiredOn) {

    /** When nobody says how long somebody has. */
    public static final int USUAL_DAYS = 30;

    public boolean isOffered(LocalDate today) {
        return retiredOn == null || retiredOn.isAfter(today);
    }

    public String address() {
        return "/training/" + id;
    }

    String unitOrUsual() {
        return Objects.requireNonNullElse(unit, "training");
    }

    BigDecimal unitsOrOne() {
        return units == null || units.signum() <= 0 ? BigDecimal.ONE : units;
    }

    int daysOrUsual() {
        return days == null || days < 1 ? USUAL_DAYS : days;
    }
}
