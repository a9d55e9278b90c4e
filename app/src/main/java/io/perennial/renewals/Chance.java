package io.perennial.renewals;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The system's own call: how likely a renewal is, as the health of the account has meant until now, moved by what is known beside
 * it. One formula, as SQL for lists and in words for people, from the same values.
 */
public final class Chance {

    /** What a band is taken to mean as long as the company's own history is too small. */
    enum Assumed {
        HEALTHY(0.95),
        WATCH(0.85),
        AT_RISK(0.60),
        UNKNOWN(0.85);

        private final double renews;

        Assumed(double renews) {
            this.renews = renews;
        }
    }

    /** Odds are multiplied by so much. */
    private static final double EACH_SIGNAL = 0.8;

    private static final int MOST_SIGNALS = 3;
    private static final double DECIDER_LEFT = 0.5;
    private static final double BY_ITSELF = 1.5;
    private static final double LAPSED = 0.5;

    /** From so much on the system commits, counts on it, sees it at risk. */
    private static final BigDecimal COMMITS = new BigDecimal("0.90");

    private static final BigDecimal COUNTS = new BigDecimal("0.70");
    private static final BigDecimal FEARS = new BigDecimal("0.40");

    private Chance() {}

    /** On {@code r}, {@code o}, {@code d} and {@code w}, the odds of the account's band; between 0.01 and 0.99. */
    static final String SQL = """
            (select round((c.odds / (1 + c.odds))::numeric, 3) from (
                select least(0.99, greatest(0.01, coalesce(w.renews, case coalesce(o.band, 'UNKNOWN') when 'HEALTHY' then %1$s
                    when 'WATCH' then %2$s when 'AT_RISK' then %3$s else %4$s end)))::float8 as p) b
                cross join lateral (select b.p / (1 - b.p)
                    * power(%5$s, least(%6$d, coalesce(o.open_signals, 0)))
                    * case when d.left_on <= :today then %7$s else 1 end
                    * case when r.automatic then %8$s else 1 end
                    * case when r.outcome = 'lapsed' then %9$s else 1 end as odds) c)
            """.formatted(
            Assumed.HEALTHY.renews,
            Assumed.WATCH.renews,
            Assumed.AT_RISK.renews,
            Assumed.UNKNOWN.renews,
            EACH_SIGNAL,
            MOST_SIGNALS,
            DECIDER_LEFT,
            BY_ITSELF,
            LAPSED).strip();

    /** The call that a chance stands for, as SQL. */
    static String callSql(String chance) {
        return "case when %1$s >= %2$s then 'commit' when %1$s >= %3$s then 'likely' when %1$s >= %4$s then 'risk' else 'lost' end"
                .formatted(chance, COMMITS, COUNTS, FEARS);
    }

    /** Whether the system counts on it, as SQL. */
    static String expectsSql(String chance) {
        return chance + " >= " + COUNTS;
    }

    static Call call(BigDecimal chance) {
        if (chance.compareTo(COMMITS) >= 0) {
            return Call.COMMIT;
        }
        if (chance.compareTo(COUNTS) >= 0) {
            return Call.LIKELY;
        }
        return chance.compareTo(FEARS) >= 0 ? Call.RISK : Call.LOST;
    }

    /** Why it is what it is, the strongest reason first. */
    static List<String> reasons(Renewal renewal, Odds.Meaning meaning) {
        List<String> reasons = new ArrayList<>();
        reasons.add(meaning.sentence());
        if (renewal.openSignals() > 0) {
            reasons.add(
                    renewal.openSignals() == 1
                            ? "One signal is open."
                            : renewal.openSignals() + " signals are open"
                                    + (renewal.openSignals() > MOST_SIGNALS ? "; three count." : "."));
        }
        if (renewal.deciderLeft()) {
            reasons.add(renewal.decider() + ", who decides, has left.");
        }
        if (renewal.automatic()) {
            reasons.add("It renews by itself.");
        }
        if (renewal.outcome() == Outcome.LAPSED) {
            reasons.add("It was due, and nothing followed yet.");
        }
        return reasons;
    }

    static double assumed(String band) {
        for (Assumed one : Assumed.values()) {
            if (one.name().equals(band)) {
                return one.renews;
            }
        }
        return Assumed.UNKNOWN.renews;
    }

    static String percent(BigDecimal share) {
        return share.movePointRight(2)
                        .setScale(0, java.math.RoundingMode.HALF_EVEN)
                        .toPlainString() + " %";
    }

    static String bandWord(String band) {
        return band.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
