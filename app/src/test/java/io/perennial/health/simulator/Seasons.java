package io.perennial.health.simulator;

/** What moves the use of all customers alike: the year, the holidays at its end, good and bad weeks. */
final class Seasons {

    private final double[] week = new double[Company.WEEKS];

    Seasons(Chance chance) {
        double drift = 0;
        for (int w = 0; w < week.length; w++) {
            drift = 0.8 * drift + chance.normal(0, 0.03);
            int ofYear = w % 52;
            double holiday = ofYear >= 50 ? Math.log(0.5) : 0;
            double summer = ofYear >= 29 && ofYear <= 34 ? Math.log(0.85) : 0;
            week[w] = drift + holiday + summer;
        }
    }

    /** Factor on the use of everybody in a week. */
    double use(int w) {
        return Math.exp(week[w]);
    }
}
