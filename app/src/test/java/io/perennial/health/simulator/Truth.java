package io.perennial.health.simulator;

/**
 * What nobody in the company can see: the value that a customer gets, week by week, and the episodes it goes through.
 * Value returns to what fits this customer; a decline (a champion lost, a competitor) and a frustration (a product that
 * hurts) pull it down, and so does a first success that is long in coming.
 */
public final class Truth {

    static final double RETURN = 0.07;
    static final double UNREST = 0.15;
    static final double DECLINE_BEGINS = 0.0065;
    static final double DECLINE_ENDS = 1.0 / 26;
    static final double FRUSTRATION_BEGINS = 0.006;
    static final double FRUSTRATION_ENDS = 1.0 / 13;
    static final double DECLINE_PULL = -2.1;
    static final double FRUSTRATION_PULL = -0.7;
    static final double SLOW_START_PULL = -0.7;
    static final double FRUSTRATION_EFFECT = 0.6;

    final double fit;
    final float[] value;
    final boolean[] declining;
    final boolean[] frustrated;
    final int firstValueWeek;

    private Truth(double fit, int firstValueWeek, int weeks) {
        this.fit = fit;
        this.firstValueWeek = firstValueWeek;
        this.value = new float[weeks];
        this.declining = new boolean[weeks];
        this.frustrated = new boolean[weeks];
    }

    /** @param begin the week the relationship began; negative for customers who were there before the simulation */
    static Truth drawn(Chance chance, int begin, int weeks) {
        double fit = chance.normal(0.25, 0.38);
        int toFirstValue = (int) Math.round(chance.logNormal(5, 0.7));
        Truth truth = new Truth(fit, begin + toFirstValue, weeks);
        double v = fit + chance.normal(0, 0.3);
        boolean declining = false;
        boolean frustrated = false;
        for (int week = Math.min(begin, 0); week < weeks; week++) {
            if (week < begin) {
                continue;
            }
            declining = declining ? !chance.happens(DECLINE_ENDS) : chance.happens(DECLINE_BEGINS);
            frustrated = frustrated ? !chance.happens(FRUSTRATION_ENDS) : chance.happens(FRUSTRATION_BEGINS);
            double target = fit
                    + (declining ? DECLINE_PULL : 0)
                    + (frustrated ? FRUSTRATION_PULL : 0)
                    + (week < truth.firstValueWeek ? SLOW_START_PULL : 0);
            v += RETURN * (target - v) + UNREST * chance.normal();
            if (week >= 0) {
                truth.value[week] = (float) v;
                truth.declining[week] = declining;
                truth.frustrated[week] = frustrated;
            }
        }
        return truth;
    }

    public double value(int week) {
        return value[week];
    }

    public boolean declining(int week) {
        return declining[week];
    }

    public boolean frustrated(int week) {
        return frustrated[week];
    }

    /** Probability that a customer in this state decides to leave; the rest is luck. */
    double lossProbability(Segment segment, int week) {
        return Chance.sigmoid(segment.lossIntercept
                - segment.valueEffect * value[week]
                + (frustrated[week] ? FRUSTRATION_EFFECT : 0));
    }
}
