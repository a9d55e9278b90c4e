package io.perennial.growth.expansion;

import java.util.Map;

/**
 * The limits of the rules, in one place: the statements decide by them and the pages tell them. Those called soft hold for
 * signals that are open already, so that none flickers.
 */
public final class ExpansionLimits {

    /** Share of the seats in use. */
    public static final double NEAR = 0.90;

    static final double NEAR_SOFT = 0.85;

    /** Of the last four weeks, in how many use came near {@link #NEAR_SOFT}. */
    public static final int NEAR_WEEKS = 3;

    /** Days until the seats run out at the present trend, and the share that must be in use for it to count. */
    public static final int SOON = 90;

    static final int SOON_SOFT = 120;
    public static final double SOME = 0.80;
    static final double SOME_SOFT = 0.75;

    /** Weeks of use that a trend needs, the share of the seats that it adds in a quarter, and its fit. */
    public static final int TREND_WEEKS = 6;

    static final double TREND_STEP = 0.05;
    static final double TREND_FIT = 0.3;
    static final double TREND_GOOD_FIT = 0.6;

    /** So many times the seats is no use beyond them: then seats do not mean people. */
    public static final int BEYOND_BELIEF = 3;

    /** Feature days of four weeks: each feature counts once on each day. */
    public static final int ADVANCED_DAYS = 12;

    static final int ADVANCED_DAYS_SOFT = 10;

    /** Times as many as on average of the eight weeks before. */
    public static final double ADVANCED_RISE = 1.3;

    static final double ADVANCED_RISE_SOFT = 1.15;

    /** Days in six weeks on which an area was used that was not used before. */
    public static final int TRIED_DAYS = 3;

    /** Share of the scale from which an answer says that the goal is reached, and for how many days it counts. */
    public static final double REACHED = 0.8;

    public static final int REACHED_DAYS = 90;

    static final int REACHED_DAYS_SOFT = 120;

    /** Share of a unit that is used, and the days that its term still has. */
    public static final double USED_UP = 0.9;

    static final double USED_UP_SOFT = 0.8;
    public static final int TERM_LEFT = 60;

    /** Share of the peers with the same main product who own it, and how many peers that needs. */
    public static final double PEERS_SHARE = 0.4;

    static final double PEERS_SHARE_SOFT = 0.33;
    public static final int PEERS_ENOUGH = 10;

    /** Signals of products at one customer: the best ones only. */
    public static final int PEERS_MOST = 2;

    /** Customers who bought more, below which nothing is estimated from them. */
    public static final int ESTIMATE_ENOUGH = 5;

    private ExpansionLimits() {}

    /** For the statements, by the names that they use. */
    static Map<String, Object> parameters() {
        return Map.ofEntries(
                Map.entry("near", NEAR),
                Map.entry("near_soft", NEAR_SOFT),
                Map.entry("near_weeks", NEAR_WEEKS),
                Map.entry("soon", SOON),
                Map.entry("soon_soft", SOON_SOFT),
                Map.entry("some", SOME),
                Map.entry("some_soft", SOME_SOFT),
                Map.entry("trend_weeks", TREND_WEEKS),
                Map.entry("trend_step", TREND_STEP),
                Map.entry("trend_fit", TREND_FIT),
                Map.entry("trend_good_fit", TREND_GOOD_FIT),
                Map.entry("beyond_belief", BEYOND_BELIEF),
                Map.entry("advanced_days", ADVANCED_DAYS),
                Map.entry("advanced_days_soft", ADVANCED_DAYS_SOFT),
                Map.entry("advanced_rise", ADVANCED_RISE),
                Map.entry("advanced_rise_soft", ADVANCED_RISE_SOFT),
                Map.entry("tried_days", TRIED_DAYS),
                Map.entry("reached", REACHED),
                Map.entry("reached_days", REACHED_DAYS),
                Map.entry("reached_days_soft", REACHED_DAYS_SOFT),
                Map.entry("used_up", USED_UP),
                Map.entry("used_up_soft", USED_UP_SOFT),
                Map.entry("term_left", TERM_LEFT),
                Map.entry("peers_share", PEERS_SHARE),
                Map.entry("peers_share_soft", PEERS_SHARE_SOFT),
                Map.entry("peers_enough", PEERS_ENOUGH),
                Map.entry("peers_most", PEERS_MOST),
                Map.entry("estimate_enough", ESTIMATE_ENOUGH));
    }
}
