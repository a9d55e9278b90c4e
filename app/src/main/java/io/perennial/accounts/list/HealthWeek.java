package io.perennial.accounts.list;

import java.sql.Array;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * How an account stood at the end of a week, in the one small number that weekly columns keep: the score, and the band
 * beside it, because a red fact makes red at any score.
 *
 * <pre>
 * -1 not enough data, or not yet known · -2 left · else score 0..100 + 128 * (1 at risk, 2 watch, 3 healthy)
 * </pre>
 *
 * Weeks written before bands were kept are the score alone; their band follows from the usual limits.
 */
public final class HealthWeek {

    public static final short UNKNOWN = -1;
    public static final short LEFT = -2;

    /** Beyond every score. */
    private static final int STEP = 128;

    private static final int WATCH_FROM = 45;
    private static final int HEALTHY_FROM = 70;

    private HealthWeek() {}

    /** The band that a week is counted in; in the order in which charts stack them. */
    enum Standing {
        HEALTHY,
        WATCH,
        AT_RISK,
        UNKNOWN,
        LEFT
    }

    public static short atRisk(long score) {
        return (short) (score + STEP);
    }

    public static short watch(long score) {
        return (short) (score + 2 * STEP);
    }

    public static short healthy(long score) {
        return (short) (score + 3 * STEP);
    }

    /** The score, negative where there is none to show. */
    public static short score(short week) {
        return week < 0 ? UNKNOWN : (short) (week % STEP);
    }

    static Standing standing(short week) {
        if (week < 0) {
            return week == LEFT ? Standing.LEFT : Standing.UNKNOWN;
        }
        return switch (week / STEP) {
            case 1 -> Standing.AT_RISK;
            case 2 -> Standing.WATCH;
            case 3 -> Standing.HEALTHY;
            default -> week < WATCH_FROM ? Standing.AT_RISK : week < HEALTHY_FROM ? Standing.WATCH : Standing.HEALTHY;
        };
    }

    /** The weeks of a column as they are kept; empty when there are none. */
    static short[] weeks(@Nullable Array column) throws SQLException {
        Object[] values = column == null ? new Object[0] : (Object[]) column.getArray();
        short[] weeks = new short[values.length];
        for (int i = 0; i < weeks.length; i++) {
            weeks[i] = values[i] instanceof Number week ? week.shortValue() : UNKNOWN;
        }
        return weeks;
    }

    /** The scores of such a column, as sparklines draw them. */
    public static short[] scores(@Nullable Array column) throws SQLException {
        return scores(weeks(column));
    }

    public static short[] scores(short[] weeks) {
        short[] scores = new short[weeks.length];
        for (int i = 0; i < weeks.length; i++) {
            scores[i] = score(weeks[i]);
        }
        return scores;
    }
}
