package io.perennial.programs;

import io.perennial.programs.Entitlements.Rule;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;

/** What one enrolment gives of one unit in one term, and what became of it. */
record Pot(
        UUID id,
        String unit,
        String title,
        Rule rule,
        String program,
        LocalDate startsOn,
        LocalDate endsOn,
        BigDecimal granted,
        BigDecimal reserved,
        BigDecimal consumed,
        BigDecimal expired) {

    /** Below zero when more was used than granted. */
    BigDecimal left() {
        return granted.subtract(reserved).subtract(consumed).subtract(expired);
    }
}
