package io.perennial.metrics;

import java.math.BigDecimal;
import java.math.MathContext;

/** Decimal arithmetic without rounding on the way, but for divisions, which keep 34 digits. */
public final class Exact {

    public static final MathContext DIGITS = MathContext.DECIMAL128;

    public static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Exact() {}

    /** @throws ArithmeticException when {@code divisor} is zero: ask first */
    public static BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(divisor, DIGITS);
    }

    public static BigDecimal percent(BigDecimal part, BigDecimal whole) {
        return divide(part.multiply(HUNDRED), whole);
    }
}
