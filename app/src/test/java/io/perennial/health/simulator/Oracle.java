package io.perennial.health.simulator;

/**
 * The best that anybody could say on a date: it sees the hidden state and the laws of the simulation, but not the
 * future. Expected value and its spread follow from the laws; curvature is met by the usual probit approximation, so
 * this is an oracle to within a hair.
 */
public final class Oracle {

    private Oracle() {}

    /** Probability, seen in {@code week}, that one of the customer's decisions in the weeks from..to is to leave. */
    public static double loss(Customer customer, int week, int from, int to) {
        Truth truth = customer.truth();
        Segment segment = customer.segment();
        double v = truth.value[week];
        double variance = 0;
        double stay = 1;
        double declineLongRun = Truth.DECLINE_BEGINS / (Truth.DECLINE_BEGINS + Truth.DECLINE_ENDS);
        double frustrationLongRun = Truth.FRUSTRATION_BEGINS / (Truth.FRUSTRATION_BEGINS + Truth.FRUSTRATION_ENDS);
        double declining = truth.declining[week] ? 1 : 0;
        double frustrated = truth.frustrated[week] ? 1 : 0;
        for (int w = week + 1; w <= to; w++) {
            declining = declineLongRun + (declining - declineLongRun) * (1 - Truth.DECLINE_BEGINS - Truth.DECLINE_ENDS);
            frustrated = frustrationLongRun
                    + (frustrated - frustrationLongRun) * (1 - Truth.FRUSTRATION_BEGINS - Truth.FRUSTRATION_ENDS);
            double target = truth.fit
                    + declining * Truth.DECLINE_PULL
                    + frustrated * Truth.FRUSTRATION_PULL
                    + (w < truth.firstValueWeek ? Truth.SLOW_START_PULL : 0);
            v += Truth.RETURN * (target - v);
            variance = (1 - Truth.RETURN) * (1 - Truth.RETURN) * variance + Truth.UNREST * Truth.UNREST;
            if (w >= from && customer.decidesIn(w)) {
                double mean = segment.lossIntercept - segment.valueEffect * v + frustrated * Truth.FRUSTRATION_EFFECT;
                double spread = segment.valueEffect * segment.valueEffect * variance;
                stay *= 1 - Chance.sigmoid(mean / Math.sqrt(1 + 0.3927 * spread));
            }
        }
        return 1 - stay;
    }
}
