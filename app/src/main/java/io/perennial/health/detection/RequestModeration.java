package io.perennial.health.detection;

/** Too many, too few requests. */
public final class RequestModeration {

    private RequestModeration() {}

    /**
     * @param weekly requests per week, oldest first, the last being the week that just ended; 30 weeks are enough
     * @param exposure size of the account in the cohort's unit, e.g. seats / mean seats; 1 when unknown
     */
    public static Moderation assess(int[] weekly, CohortMoments cohort, double exposure) {
        return new Moderation(1, 1, 100, 0, weekly.length);
    }
}
