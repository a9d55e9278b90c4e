package io.perennial.health.simulator;

import java.util.ArrayList;
import java.util.List;

/**
 * Accounts whose daily use is known and which do nothing but use the product, some of which lose a part of it on a known
 * day: what the finding of falling use is judged by. Every account has its own week, drift and overdispersion; the
 * company grows, and in half of the runs everybody is on holiday for the same two weeks.
 */
public final class DropStreams {

    /** Accounts in the reference simulation. */
    public static final int REFERENCE_SIZE = 800;

    private DropStreams() {}

    /**
     * @param daily uses a day, oldest first
     * @param others what all other accounts of the company used that day
     * @param dropDay the first day with less use, or -1
     */
    public record Stream(double[] daily, double[] others, int dropDay) {}

    /**
     * What happens in a run. {@code share} is the part of its use that an account loses, {@code affected} the part of the
     * accounts that do.
     */
    public record Plan(
            double perDay, int days, int firstDropDay, int lastDropDay, double share, double affected, int holidayDay) {

        /** @param holidayDay first day of the common holiday, or -1 */
        public Plan {
            if (affected > 0 && firstDropDay > lastDropDay) {
                throw new IllegalArgumentException("The first possible day of the drop lies after the last one.");
            }
        }
    }

    /** Accounts of about the same size, the affected ones with the plan's drop somewhere in its span. */
    public static List<Stream> simulated(long seed, int size, Plan plan) {
        double[][] daily = new double[size][];
        int[] drops = new int[size];
        double[] total = new double[plan.days];
        Chance common = Chance.of(seed, -1);
        double growth = common.between(0.0, 0.0006);
        double[] mood = new double[plan.days];
        double m = 0;
        for (int day = 0; day < plan.days; day++) {
            m = 0.9 * m + common.normal(0, 0.015);
            boolean holiday = plan.holidayDay >= 0 && day >= plan.holidayDay && day < plan.holidayDay + 14;
            mood[day] = m + growth * day + (holiday ? Math.log(0.45) : 0);
        }
        for (int i = 0; i < size; i++) {
            Chance chance = Chance.of(seed, i);
            drops[i] = chance.happens(plan.affected)
                    ? plan.firstDropDay + chance.below(plan.lastDropDay - plan.firstDropDay + 1)
                    : -1;
            daily[i] = one(chance, plan, mood, drops[i]);
            for (int day = 0; day < plan.days; day++) {
                total[day] += daily[i][day];
            }
        }
        List<Stream> streams = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double[] others = new double[plan.days];
            for (int day = 0; day < plan.days; day++) {
                others[day] = total[day] - daily[i][day];
            }
            streams.add(new Stream(daily[i], others, drops[i]));
        }
        return streams;
    }

    private static double[] one(Chance chance, Plan plan, double[] mood, int drop) {
        double level = plan.perDay * chance.logNormal(1, 0.25);
        double weekend = chance.between(0.1, 0.9);
        double[] week = new double[7];
        double sum = 0;
        for (int d = 0; d < 7; d++) {
            week[d] = (d < 5 ? 1 : weekend) * Math.exp(chance.normal(0, 0.08));
            sum += week[d];
        }
        double shape = chance.between(3, 15);
        double drift = chance.normal(0, 0.0006);
        double wander = 0;
        double[] daily = new double[plan.days];
        for (int day = 0; day < plan.days; day++) {
            wander = 0.98 * wander + chance.normal(0, 0.02);
            double mean = level * week[day % 7] * 7 / sum * Math.exp(mood[day] + drift * day + wander);
            daily[day] = chance.overdispersed(drop >= 0 && day >= drop ? mean * (1 - plan.share) : mean, shape);
        }
        return daily;
    }
}
