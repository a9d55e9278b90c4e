package io.perennial.health.detection;

/**
 * How much evidence is enough, so that an ordinary account raises about one false alarm a year. Busier accounts need
 * more, because their days say more.
 */
final class Threshold {

    private static final double WEEKLY = 2.2;
    private static final double[] LOG_LEVELS = {Math.log(2), Math.log(10), Math.log(50), Math.log(300)};
    private static final double[] DAILY = {4.2, 6, 7, 8};

    private Threshold() {}

    static double of(double level, Rhythm rhythm) {
        if (rhythm.season() == 1) {
            return WEEKLY;
        }
        double x = Math.log(Math.max(level, 1e-9));
        if (x <= LOG_LEVELS[0]) {
            return DAILY[0];
        }
        for (int i = 1; i < LOG_LEVELS.length; i++) {
            if (x <= LOG_LEVELS[i]) {
                double share = (x - LOG_LEVELS[i - 1]) / (LOG_LEVELS[i] - LOG_LEVELS[i - 1]);
                return DAILY[i - 1] + share * (DAILY[i] - DAILY[i - 1]);
            }
        }
        return DAILY[DAILY.length - 1];
    }
}
