package io.perennial.health.calibration;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a score says about renewal, learned from renewals that were decided, or the plain statement that it is not known
 * yet.
 */
public final class Calibration {

    /** Fewer decided renewals say nothing. */
    public static final int LEAST_RENEWALS = 30;

    /** "Accounts like this" are the nearest by score: at least so many, or this share of all. */
    private static final int LEAST_ALIKE = 30;

    private static final double SHARE_ALIKE = 0.1;

    private final List<Renewal> renewals;
    private final @Nullable Platt platt;

    private Calibration(List<Renewal> renewals, @Nullable Platt platt) {
        this.renewals = renewals;
        this.platt = platt;
    }

    public static Calibration of(List<Renewal> matured) {
        long lost = matured.stream().filter(renewal -> !renewal.renewed()).count();
        boolean enough = matured.size() >= LEAST_RENEWALS && lost > 0 && lost < matured.size();
        return new Calibration(List.copyOf(matured), enough ? Platt.fit(matured) : null);
    }

    public boolean calibrated() {
        return platt != null;
    }

    /** For people: how far it is, or what is missing. */
    public String statement() {
        if (platt != null) {
            return "Calibrated on " + renewals.size() + " renewals.";
        }
        return renewals.size() < LEAST_RENEWALS
                ? "Not calibrated yet: " + renewals.size() + " of " + LEAST_RENEWALS + " decided renewals."
                : "Not calibrated yet: all " + renewals.size() + " renewals ended the same way.";
    }

    /** Chance of renewal 0..1, or nothing while it would be invented. */
    public Optional<Double> chance(Standing standing) {
        return platt == null ? Optional.empty() : Optional.of(platt.chance(standing));
    }

    /** "Of accounts like this, 64 % (51-75, n = 118) renewed": those with the nearest scores, with a 90 % interval. */
    public Optional<Reliability.Bin> alike(double score) {
        if (platt == null) {
            return Optional.empty();
        }
        int wanted = Math.max(LEAST_ALIKE, (int) (renewals.size() * SHARE_ALIKE));
        List<Renewal> near = renewals.stream()
                .sorted(Comparator.comparingDouble((Renewal renewal) -> Math.abs(renewal.score() - score))
                        .thenComparing(Renewal::dueOn))
                .limit(wanted)
                .toList();
        int renewed = (int) near.stream().filter(Renewal::renewed).count();
        double predicted = near.stream()
                .mapToDouble(renewal -> platt.chance(renewal.standing()))
                .average()
                .orElseThrow();
        return Optional.of(Reliability.bin(predicted, renewed, near.size()));
    }
}
