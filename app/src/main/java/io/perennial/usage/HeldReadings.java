package io.perennial.usage;

import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/**
 * Readings of accounts whose source is silent. They say up to when use is known. For four weeks they count as if they were
 * fresh, as otherwise scores would drift to the mean because of us; from then on they age, as nothing is known any more.
 *
 * @param known last day whose use is known
 */
record HeldReadings(Readings into, LocalDate known, LocalDate today) implements Readings {

    /** Days for which the readings stand. */
    static final int STAND = 28;

    @Override
    public void read(AccountId account, String measure, double value, LocalDate observedOn, String evidence) {
        into.read(account, measure, value, standing(observedOn), inWords(evidence));
    }

    @Override
    public void read(AccountId account, String measure, double value, LocalDate observedOn, Supplier<String> evidence) {
        into.read(account, measure, value, standing(observedOn), () -> inWords(evidence.get()));
    }

    @Override
    public void notApplicable(AccountId account, String measure) {
        into.notApplicable(account, measure);
    }

    private LocalDate standing(LocalDate observedOn) {
        long unknown = ChronoUnit.DAYS.between(known, today.minusDays(1));
        return observedOn.plusDays(Math.clamp(unknown, 0, STAND));
    }

    private String inWords(String evidence) {
        return evidence + ", known up to " + Wording.day(known);
    }
}
