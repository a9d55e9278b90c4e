package io.perennial.success.measures;

import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A module that knows live values of accounts. Set-based: a statement or two for any number of questions. */
public interface OutcomeSource {

    List<OutcomeMeasure> measures();

    /**
     * What is known before a day. What is not connected or not known is left out: it is not zero.
     *
     * @param asked about measures of this source only
     * @param today windows end with the day before
     */
    Map<Asked, Value> read(Collection<Asked> asked, LocalDate today);

    /** @param subject a feature's name, else empty */
    record Asked(AccountId account, String measure, String subject) {}

    /** @param on last day of the window */
    record Value(BigDecimal value, LocalDate on) {}
}
