package io.perennial.health.model;

import java.util.List;

/**
 * Turns a measure's value into a sub-score 0..100: straight lines between knots, level beyond the ends.
 *
 * @param knots at least two, by rising value
 */
public record Curve(Shape shape, List<Knot> knots) {

    public Curve {
        knots = List.copyOf(knots);
    }

    /** Never leaves the two knots around the value, so a monotone curve is monotone to the last bit. */
    public double at(double value) {
        Knot left = knots.getFirst();
        if (value <= left.at()) {
            return left.score();
        }
        for (int i = 1; i < knots.size(); i++) {
            Knot right = knots.get(i);
            if (value <= right.at()) {
                return between(left, right, value);
            }
            left = right;
        }
        return left.score();
    }

    private static double between(Knot left, Knot right, double value) {
        double share = (value - left.at()) / (right.at() - left.at());
        double score = left.score() + share * (right.score() - left.score());
        return Math.clamp(score, Math.min(left.score(), right.score()), Math.max(left.score(), right.score()));
    }
}
