package io.perennial.health.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The only place where health is rounded: to cents of a point. The contributions are rounded so that they still sum to
 * the rounded score minus the rounded norm (largest remainder, ties by the model's order).
 */
final class Rounding {

    private Rounding() {}

    static Score score(
            HealthModel model,
            AccountReadings account,
            List<MeasureRule> rules,
            List<Part> parts,
            Set<String> alarmed,
            @Nullable String profile) {
        double weights = 0;
        double notConnected = 0;
        double known = 0;
        double weighted = 0;
        double usual = 0;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            weights += part.weight();
            known += part.weight() * part.confidence();
            weighted += part.weight() * part.counted();
            usual += part.weight() * part.norm();
            notConnected +=
                    part.state().equals(Part.NOT_CONNECTED) ? rules.get(i).weight() : 0;
        }
        boolean nothing = weights == 0;
        long value = cents(nothing ? model.bands().neutral() : weighted / weights);
        long norm = cents(nothing ? model.bands().neutral() : usual / weights);
        double coverage = nothing ? 0 : Math.round(known / weights * 10_000) / 10_000.0;
        double connected = nothing ? 0 : Math.round(weights / (weights + notConnected) * 10_000) / 10_000.0;
        String alarm = account.left() ? null : alarm(parts, weights, alarmed);
        Band band = account.left()
                ? Band.LEFT
                : alarm != null ? Band.AT_RISK : model.bands().of(value / 100.0, coverage, connected);
        return new Score(
                value / 100.0,
                norm / 100.0,
                coverage,
                connected,
                band,
                alarm,
                profile,
                contributions(parts, weights, value - norm));
    }

    private static @Nullable String alarm(List<Part> parts, double weights, Set<String> alarmed) {
        for (Part part : parts) {
            if (alarmed.contains(part.measure()) && part.counts() && part.weight() / weights >= Scoring.ALARM_SHARE) {
                return part.measure();
            }
        }
        return null;
    }

    private static List<Part> contributions(List<Part> parts, double weights, long total) {
        long[] cents = new long[parts.size()];
        double[] remainder = new double[parts.size()];
        int[] counting = new int[parts.size()];
        int known = 0;
        long sum = 0;
        for (int i = 0; i < cents.length; i++) {
            Part part = parts.get(i);
            if (part.counts()) {
                double exact = part.weight() * (part.counted() - part.norm()) / weights * 100;
                cents[i] = (long) Math.floor(exact);
                remainder[i] = exact - cents[i];
                sum += cents[i];
                if (part.confidence() > 0) {
                    known = insert(i, remainder, counting, known);
                }
            }
        }
        for (int n = 0; sum != total && known > 0; n++) {
            int step = sum < total ? 1 : -1;
            int place = n % known;
            cents[counting[step > 0 ? place : known - 1 - place]] += step;
            sum += step;
        }
        Part[] rounded = new Part[cents.length];
        for (int i = 0; i < cents.length; i++) {
            rounded[i] = parts.get(i).withContribution(cents[i] / 100.0);
        }
        return List.of(rounded);
    }

    /** Keeps parts by falling remainder, equals as they came: a few dozen are sorted sooner than they are wrapped. */
    private static int insert(int part, double[] remainder, int[] order, int size) {
        int place = size;
        while (place > 0 && remainder[order[place - 1]] < remainder[part]) {
            order[place] = order[place - 1];
            place--;
        }
        order[place] = part;
        return size + 1;
    }

    private static long cents(double points) {
        return Math.round(points * 100);
    }
}
