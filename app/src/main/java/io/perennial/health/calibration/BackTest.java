package io.perennial.health.calibration;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the score said 90 days before renewals that are decided by now.
 *
 * @param renewals how many were due; accounts without a decision are never counted
 * @param lost how many of them were not renewed
 * @param ranking does it rank the lost below the kept; empty with fewer than {@link #LEAST_LOST} lost
 * @param line precision and recall of the red band, empty likewise
 * @param chances are its chances true; empty likewise, or when the earlier half is too small to learn from
 * @param surprises lost although healthy, the highest score first: always shown, because each deserves reading
 */
public record BackTest(
        int renewals,
        int lost,
        Optional<Ranking> ranking,
        Optional<RedLine> line,
        Optional<Chances> chances,
        List<Renewal> surprises) {

    /** With fewer losses a list says more than statistics. */
    public static final int LEAST_LOST = 10;

    private static final int GAP_DAYS = 90;
    private static final int BINS = 10;

    /** @param lift how much oftener the riskiest tenth was lost than all */
    public record Ranking(Auc auc, double lift) {}

    /**
     * @param precision share of the red that were lost
     * @param recall share of the lost that were red
     */
    public record RedLine(int red, double precision, double recall) {}

    /** The meaning was learned on the earlier half and is judged on the later one, {@code renewals} in number. */
    public record Chances(int renewals, double brier, double brierSkill, double logLoss, Reliability reliability) {}

    /**
     * @param redBelow scores below are at risk
     * @param healthyFrom scores from here on are healthy
     */
    public static BackTest of(List<Renewal> matured, double redBelow, double healthyFrom) {
        List<Renewal> ordered = matured.stream()
                .sorted(Comparator.comparing(Renewal::dueOn)
                        .thenComparing(Renewal::score)
                        .thenComparing(Renewal::renewed))
                .toList();
        boolean[] lost = lost(ordered);
        int losses = count(lost);
        List<Renewal> surprises = ordered.stream()
                .filter(renewal -> !renewal.renewed() && renewal.score() >= healthyFrom)
                .sorted(Comparator.comparingDouble(Renewal::score).reversed())
                .toList();
        if (losses < LEAST_LOST || losses == ordered.size()) {
            return new BackTest(
                    ordered.size(), losses, Optional.empty(), Optional.empty(), Optional.empty(), surprises);
        }
        double[] risk =
                ordered.stream().mapToDouble(renewal -> 100 - renewal.score()).toArray();
        Ranking ranking = new Ranking(Auc.of(risk, lost), Prediction.topDecileLift(risk, lost));
        return new BackTest(
                ordered.size(),
                losses,
                Optional.of(ranking),
                Optional.of(line(ordered, redBelow, losses)),
                chances(ordered),
                surprises);
    }

    private static RedLine line(List<Renewal> renewals, double redBelow, int losses) {
        int red = 0;
        int hits = 0;
        for (Renewal renewal : renewals) {
            if (renewal.score() < redBelow) {
                red++;
                hits += renewal.renewed() ? 0 : 1;
            }
        }
        return new RedLine(red, red == 0 ? Double.NaN : (double) hits / red, (double) hits / losses);
    }

    private static Optional<Chances> chances(List<Renewal> ordered) {
        List<Renewal> later = ordered.subList(ordered.size() / 2, ordered.size());
        List<Renewal> earlier = ordered.stream()
                .filter(renewal ->
                        renewal.dueOn().isBefore(later.getFirst().dueOn().minusDays(GAP_DAYS)))
                .toList();
        Calibration calibration = Calibration.of(earlier);
        boolean[] lost = lost(later);
        if (!calibration.calibrated() || count(lost) == 0 || count(lost) == later.size()) {
            return Optional.empty();
        }
        double[] chance = later.stream()
                .mapToDouble(
                        renewal -> 1 - calibration.chance(renewal.standing()).orElseThrow())
                .toArray();
        return Optional.of(new Chances(
                later.size(),
                Prediction.brier(chance, lost),
                Prediction.brierSkill(chance, lost),
                Prediction.logLoss(chance, lost),
                Reliability.of(chance, lost, BINS)));
    }

    private static boolean[] lost(List<Renewal> renewals) {
        boolean[] lost = new boolean[renewals.size()];
        for (int i = 0; i < lost.length; i++) {
            lost[i] = !renewals.get(i).renewed();
        }
        return lost;
    }

    private static int count(boolean[] lost) {
        int count = 0;
        for (boolean one : lost) {
            count += one ? 1 : 0;
        }
        return count;
    }
}
