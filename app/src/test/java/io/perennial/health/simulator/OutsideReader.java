package io.perennial.health.simulator;

import java.util.List;

/**
 * What a careful analyst without the product would make of the same records: a plain logistic regression on the
 * customer's own baseline and trends, and the peers' way of fixed thresholds. They say how hard the simulation is, and
 * give the score something to be compared with; they are not the score.
 */
public final class OutsideReader {

    private static final double RIDGE = 3;

    private final double[] weights;
    private final double[] mean;
    private final double[] deviation;

    private OutsideReader(double[] weights, double[] mean, double[] deviation) {
        this.weights = weights;
        this.mean = mean;
        this.deviation = deviation;
    }

    public static OutsideReader taught(List<Snapshot> past) {
        double[][] rows = past.stream().map(OutsideReader::seen).toArray(double[][]::new);
        int width = rows[0].length;
        double[] mean = new double[width];
        double[] deviation = new double[width];
        for (int j = 0; j < width; j++) {
            for (double[] row : rows) {
                mean[j] += row[j] / rows.length;
            }
            for (double[] row : rows) {
                deviation[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / rows.length;
            }
            deviation[j] = Math.max(1e-6, Math.sqrt(deviation[j]));
        }
        for (double[] row : rows) {
            standardise(row, mean, deviation);
        }
        double[] weights = new double[width + 1];
        boolean[] lost = Snapshot.outcomes(past);
        double[] velocity = new double[width + 1];
        for (int step = 0; step < 300; step++) {
            double[] gradient = new double[width + 1];
            for (int i = 0; i < rows.length; i++) {
                double error = Chance.sigmoid(linear(weights, rows[i])) - (lost[i] ? 1 : 0);
                for (int j = 0; j < width; j++) {
                    gradient[j] += error * rows[i][j];
                }
                gradient[width] += error;
            }
            for (int j = 0; j <= width; j++) {
                double slope = (gradient[j] + (j < width ? RIDGE * weights[j] : 0)) / rows.length;
                velocity[j] = 0.9 * velocity[j] - 0.25 * slope;
                weights[j] += velocity[j];
            }
        }
        return new OutsideReader(weights, mean, deviation);
    }

    public double loss(Snapshot snapshot) {
        double[] row = seen(snapshot);
        standardise(row, mean, deviation);
        return Chance.sigmoid(linear(weights, row));
    }

    private static double linear(double[] weights, double[] row) {
        double sum = weights[row.length];
        for (int j = 0; j < row.length; j++) {
            sum += weights[j] * row[j];
        }
        return sum;
    }

    private static void standardise(double[] row, double[] mean, double[] deviation) {
        for (int j = 0; j < row.length; j++) {
            row[j] = Math.clamp((row[j] - mean[j]) / deviation[j], -4, 4);
        }
    }

    private static double[] seen(Snapshot at) {
        Customer c = at.customer();
        int week = at.week();
        int old = Math.max(Math.max(0, c.beginWeek()), week - 51);
        boolean usage = c.usageKnown();
        boolean support = c.supportKnown();
        double month = events(c, week - 3, week);
        double quarter = events(c, Math.max(old, week - 15), Math.max(old, week - 4));
        double before = events(c, old, Math.max(old, week - 16));
        double people = (double) c.activeUsers(week) / c.seats(week);
        double peopleBefore = 0;
        for (int w = old; w <= week; w++) {
            peopleBefore += (double) c.activeUsers(w) / c.seats(w) / (week - old + 1);
        }
        double recentTickets = tickets(c, week - 7, week) / 8;
        double allTickets = (tickets(c, old, week) + 0.1) / (week - old + 1 + 4);
        double nps = 0;
        double asked = 0;
        for (Answer answer : c.answers()) {
            if (answer.day() <= week * 7 + 6 && answer.day() > (week - 39) * 7) {
                nps = answer.score() - 7;
                asked = 1;
            }
        }
        double late = 0;
        for (Invoice invoice : c.invoices()) {
            int known = invoice.dueDay() + Math.min(30, invoice.daysLate());
            if (known <= week * 7 + 6 && known > (week - 30) * 7) {
                late += Math.min(30, invoice.daysLate()) / 30.0;
            }
        }
        return new double[] {
            usage ? Math.log((month + 0.5) / (quarter + 0.5)) : 0,
            usage ? Math.log((quarter + 0.5) / (before + 0.5)) : 0,
            usage ? people : 0,
            usage ? people - peopleBefore : 0,
            usage ? (double) c.featuresUsed(week) / c.segment().features() : 0,
            usage ? (double) (c.featuresUsed(week) - c.featuresUsed(Math.max(old, week - 20))) : 0,
            usage ? 0 : 1,
            support ? Math.max(0, Math.log((recentTickets + 0.1) / (allTickets + 0.1))) : 0,
            support ? Math.min(0, Math.log((recentTickets + 0.1) / (allTickets + 0.1))) : 0,
            support ? 0 : 1,
            nps,
            asked,
            late,
            c.segment() == Segment.MID ? 1 : 0,
            c.segment() == Segment.ENTERPRISE ? 1 : 0,
            week - c.beginWeek() < 26 ? 1 : 0
        };
    }

    /** The peers' way: 100, 60 or 0 points for each figure by fixed thresholds, equal weights, what is missing left out. */
    public static double peerRisk(Snapshot at) {
        Customer c = at.customer();
        int week = at.week();
        double points = 0;
        int figures = 0;
        if (c.usageKnown()) {
            double people = (double) c.activeUsers(week) / c.seats(week);
            points += people > 0.7 ? 100 : people > 0.4 ? 60 : 0;
            double breadth = (double) c.featuresUsed(week) / c.segment().features();
            points += breadth > 0.7 ? 100 : breadth > 0.4 ? 60 : 0;
            double trend = events(c, week - 3, week) / Math.max(1, events(c, week - 7, week - 4));
            points += trend > 0.9 ? 100 : trend > 0.7 ? 60 : 0;
            figures += 3;
        }
        if (c.supportKnown()) {
            double requests = tickets(c, week - 3, week);
            points += requests > 5 ? 0 : requests > 2 ? 60 : 100;
            figures++;
        }
        for (Answer answer : c.answers().reversed()) {
            if (answer.day() <= week * 7 + 6) {
                points += answer.score() >= 9 ? 100 : answer.score() >= 7 ? 60 : 0;
                figures++;
                break;
            }
        }
        return figures == 0 ? -60 : -points / figures;
    }

    private static double events(Customer customer, int fromWeek, int toWeek) {
        int from = Math.max(Math.max(0, customer.beginWeek()), fromWeek);
        double sum = 0;
        for (int day = from * 7; day <= toWeek * 7 + 6; day++) {
            sum += customer.events(day);
        }
        return sum / Math.max(1, toWeek - from + 1);
    }

    private static double tickets(Customer customer, int fromWeek, int toWeek) {
        double count = 0;
        for (Ticket ticket : customer.tickets()) {
            if (ticket.day() >= fromWeek * 7 && ticket.day() <= toWeek * 7 + 6) {
                count++;
            }
        }
        return count;
    }
}
