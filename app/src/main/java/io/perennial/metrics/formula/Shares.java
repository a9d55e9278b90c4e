package io.perennial.metrics.formula;

import io.perennial.metrics.BadInput;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Formula;
import io.perennial.metrics.Inputs;
import io.perennial.metrics.Reason;
import java.math.BigDecimal;

/** A part of a whole in percent, which most metrics are. */
public final class Shares {

    private Shares() {}

    /** A part that cannot be more than its whole. */
    public static Formula of(String part, String whole, String code, String empty) {
        Reason reason = new Reason(code, empty);
        return inputs -> Figure.share(part(inputs, part, whole), inputs.amount(whole), reason);
    }

    /** A ratio in percent that may exceed 100. */
    public static Formula ratio(String part, String whole, String code, String empty) {
        Reason reason = new Reason(code, empty);
        return inputs -> Figure.share(inputs.amount(part), inputs.amount(whole), reason);
    }

    static BigDecimal part(Inputs inputs, String part, String whole) {
        BigDecimal number = inputs.amount(part);
        if (number.compareTo(inputs.amount(whole)) > 0) {
            throw tooMany(inputs, part, whole);
        }
        return number;
    }

    static BadInput tooMany(Inputs inputs, String part, String whole) {
        return inputs.wrong(part, "more_than_all", part + " cannot be more than " + whole + ".");
    }
}
