package io.perennial.health.simulator;

import java.util.ArrayList;
import java.util.List;

/**
 * Accounts that ask for help at their own rate: 26 weeks of history and then four weeks in which nothing changes, or
 * of some of them requests triple, or all but stop while use falls by half too. What the moderation of requests is
 * judged by.
 */
public final class TicketStreams {

    /** Accounts in the reference simulation. */
    public static final int REFERENCE_SIZE = 4000;

    /** Weeks before anything happens. */
    public static final int HISTORY = 26;

    /** Weeks in which it does. */
    public static final int RECENT = 4;

    private TicketStreams() {}

    /** What happens in the recent weeks. */
    public enum Fate {
        ORDINARY,
        TRIPLED,
        SILENT
    }

    /**
     * @param weekly requests a week, oldest first
     * @param seats what the account's number of requests grows with
     * @param expected requests that the recent weeks would bring if nothing changed; nobody sees this
     * @param use uses of the product a day over the same weeks; halved with the requests' silence
     * @param othersUse what all other accounts used that day
     */
    public record Stream(int[] weekly, int seats, double expected, Fate fate, double[] use, double[] othersUse) {}

    /** @param share of the accounts that meet the fate; the others stay ordinary */
    public static List<Stream> simulated(long seed, int size, Fate fate, double share) {
        int weeks = HISTORY + RECENT;
        List<Stream> drawn = new ArrayList<>();
        double[] total = new double[weeks * 7];
        for (int i = 0; i < size; i++) {
            Chance chance = Chance.of(seed, i);
            Stream stream = one(chance, chance.happens(share) ? fate : Fate.ORDINARY, weeks);
            drawn.add(stream);
            for (int day = 0; day < total.length; day++) {
                total[day] += stream.use[day];
            }
        }
        for (Stream stream : drawn) {
            for (int day = 0; day < total.length; day++) {
                stream.othersUse[day] = total[day] - stream.use[day];
            }
        }
        return drawn;
    }

    private static Stream one(Chance chance, Fate fate, int weeks) {
        int seats = (int) Math.clamp(chance.logNormal(35, 0.9), 3, 2000);
        double rate = chance.gamma(1.3, 0.022 * seats);
        int[] weekly = new int[weeks];
        double[] use = new double[weeks * 7];
        double perDay = seats * chance.logNormal(0.4, 0.5);
        double shape = chance.between(3, 15);
        for (int week = 0; week < weeks; week++) {
            boolean recent = week >= HISTORY;
            double factor = !recent || fate == Fate.ORDINARY ? 1 : fate == Fate.TRIPLED ? 3 : 0.15;
            weekly[week] = chance.poisson(rate * factor);
            for (int d = 0; d < 7; d++) {
                double mean = perDay * (d < 5 ? 1.2 : 0.5) * (recent && fate == Fate.SILENT ? 0.5 : 1);
                use[week * 7 + d] = chance.overdispersed(mean, shape);
            }
        }
        return new Stream(weekly, seats, rate * RECENT, fate, use, new double[weeks * 7]);
    }
}
