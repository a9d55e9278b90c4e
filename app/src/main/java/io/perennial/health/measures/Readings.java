package io.perennial.health.measures;

import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.function.Supplier;

/** Collects what a source read. A measure that is neither read nor not applicable counts as unknown. */
public interface Readings {

    /**
     * @param value finite, in the measure's unit
     * @param observedOn the day of the fact behind it; its age decides how much it counts
     * @param evidence one short clause for people, with the numbers: "export use 410 to 156 a week"
     */
    void read(AccountId account, String measure, double value, LocalDate observedOn, String evidence);

    /** The same with words that are put together only when somebody asks for them. */
    default void read(
            AccountId account, String measure, double value, LocalDate observedOn, Supplier<String> evidence) {
        read(account, measure, value, observedOn, evidence.get());
    }

    /** The question makes no sense for this account: no contract, so no renewal. */
    void notApplicable(AccountId account, String measure);
}
