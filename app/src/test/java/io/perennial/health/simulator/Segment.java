package io.perennial.health.simulator;

/** The three kinds of customers; only {@link Truth} and {@link Customer} know how strongly their value decides. */
public enum Segment {
    SMALL(0.50, 12, 0.6, 8, 0, -3.1, 1.00),
    MID(0.35, 45, 0.6, 12, 4, -2.0, 1.55),
    ENTERPRISE(0.15, 260, 0.6, 16, 8, -2.1, 2.10);

    final double share;
    final double medianSeats;
    final double seatSpread;
    final int features;
    final int noticeWeeks;
    final double lossIntercept;
    final double valueEffect;

    Segment(
            double share,
            double medianSeats,
            double seatSpread,
            int features,
            int noticeWeeks,
            double lossIntercept,
            double valueEffect) {
        this.share = share;
        this.medianSeats = medianSeats;
        this.seatSpread = seatSpread;
        this.features = features;
        this.noticeWeeks = noticeWeeks;
        this.lossIntercept = lossIntercept;
        this.valueEffect = valueEffect;
    }

    /** Whether the contract runs for a year; the others may leave every month. */
    public boolean annual() {
        return this != SMALL;
    }

    /** Features in the plan. */
    public int features() {
        return features;
    }

    static Segment drawn(double uniform) {
        return uniform < SMALL.share ? SMALL : uniform < SMALL.share + MID.share ? MID : ENTERPRISE;
    }
}
