package io.perennial.health.simulator;

/** Lets one customer live through the simulated weeks and writes down what the systems of record would. */
final class CustomerLife {

    private static final double[] WORKDAYS = {1.15, 1.2, 1.2, 1.15, 1.0, 0.2, 0.1};

    private final Chance chance;
    private final Seasons seasons;
    private final Customer customer;

    // What is this customer's own, and stays so.
    private final double eventsPerSeat;
    private final double usageFollowsValue;
    private final double ownSeason;
    private final double ownSeasonPhase;
    private final double overdispersion;
    private final double peopleAtHome;
    private final double breadthAtHome;
    private final double ticketsPerWeek;
    private final double npsAtHome;
    private final double payerSlowness;
    private final double[] featureDifficulty;
    private final int surveyPhase;

    CustomerLife(int number, Chance chance, Seasons seasons) {
        this.chance = chance;
        this.seasons = seasons;
        Segment segment = Segment.drawn(chance.uniform());
        int begin = chance.happens(0.62) ? -1 - chance.below(130) : chance.below(Company.WEEKS - 8);
        Truth truth = Truth.drawn(chance, begin, Company.WEEKS);
        this.customer = new Customer(
                number, segment, begin, !chance.happens(0.20), !chance.happens(0.10), truth, Company.WEEKS);
        this.eventsPerSeat = chance.logNormal(0.8, 0.7);
        this.usageFollowsValue = Math.max(0.1, chance.normal(1.1, 0.2));
        this.ownSeason = Math.abs(chance.normal(0, 0.12));
        this.ownSeasonPhase = chance.uniform() * 52;
        this.overdispersion = chance.between(3, 12);
        this.peopleAtHome = chance.normal(0.3, 0.8);
        this.breadthAtHome = chance.normal(0, 0.8);
        this.ticketsPerWeek = chance.gamma(1.5, 1);
        this.npsAtHome = chance.normal(7.3, 0.9);
        this.payerSlowness = chance.normal(0, 0.8);
        this.featureDifficulty = new double[segment.features];
        for (int f = 0; f < featureDifficulty.length; f++) {
            featureDifficulty[f] = chance.normal(0, 1.1);
        }
        this.surveyPhase = chance.below(26);
    }

    Customer lived() {
        int begin = customer.beginWeek;
        double seats = Math.clamp(chance.logNormal(customer.segment.medianSeats, customer.segment.seatSpread), 3, 5000);
        double weekNoise = 0;
        int featuresOn = 0;
        int noticeGiven = Integer.MAX_VALUE;
        int end = Integer.MAX_VALUE;
        for (int week = Math.max(0, begin); week < Company.WEEKS; week++) {
            weekNoise = 0.5 * weekNoise + chance.normal(0, 0.09);
            if (week >= end) {
                // Only the calendar goes on: a decision would have been due, had nobody left.
                customer.decides[week] = isDue(week);
                continue;
            }
            boolean leaving = week > noticeGiven;
            customer.seats[week] = (short) Math.round(seats);
            use(week, seats, weekNoise, leaving, end);
            featuresOn = features(week, featuresOn, leaving);
            tickets(week, seats, leaving);
            survey(week, seats);
            invoice(week);
            if (isDue(week)) {
                customer.decides[week] = true;
                if (noticeGiven == Integer.MAX_VALUE) {
                    boolean lost = chance.happens(customer.truth.lossProbability(customer.segment, week));
                    int endWeek = week + Math.max(1, customer.segment.noticeWeeks);
                    customer.decisions.add(new Decision(week, endWeek, lost));
                    if (lost) {
                        noticeGiven = week;
                        end = endWeek;
                    } else if (customer.segment.annual()) {
                        seats = Math.clamp(
                                seats * Math.exp(chance.normal(0.03 + 0.10 * customer.truth.value[week], 0.08)),
                                3,
                                6000);
                    }
                }
            }
        }
        return customer;
    }

    /** Whether the contract asks for a decision in this week: yearly with notice, or each month. */
    private boolean isDue(int week) {
        int age = week - customer.beginWeek;
        if (customer.segment.annual()) {
            return age > 0 && (age + customer.segment.noticeWeeks) % 52 == 0;
        }
        // Twelve months in 52 weeks.
        return age > 0 && (int) (age * 12.0 / 52) != (int) ((age - 1) * 12.0 / 52);
    }

    private void use(int week, double seats, double weekNoise, boolean leaving, int end) {
        double value = customer.truth.value[week];
        double share = Chance.sigmoid(peopleAtHome + 1.7 * value);
        if (leaving) {
            share *= 0.3 + 0.5 * (end - week) / Math.max(1.0, customer.segment.noticeWeeks);
        }
        customer.activeUsers[week] = (short) chance.binomial((int) Math.round(seats), Math.min(1, share));
        double ownYear = Math.exp(ownSeason * Math.sin(2 * Math.PI * (week + ownSeasonPhase) / 52));
        double perDay = seats
                * 0.35
                * eventsPerSeat
                * Math.exp(usageFollowsValue * value + weekNoise)
                * ownYear
                * seasons.use(week)
                * (leaving ? 0.5 : 1);
        for (int d = 0; d < 7; d++) {
            customer.events[week * 7 + d] = chance.overdispersed(perDay * WORKDAYS[d], overdispersion);
        }
    }

    private int features(int week, int on, boolean leaving) {
        double value = customer.truth.value[week] - (leaving ? 1 : 0);
        int now = on;
        boolean first = week == Math.max(0, customer.beginWeek);
        for (int f = 0; f < featureDifficulty.length; f++) {
            if (first || chance.happens(0.15)) {
                boolean used = chance.happens(Chance.sigmoid(0.4 + breadthAtHome + 2.0 * value - featureDifficulty[f]));
                now = used ? now | 1 << f : now & ~(1 << f);
            }
        }
        customer.features[week] = now;
        return now;
    }

    private void tickets(int week, double seats, boolean leaving) {
        double value = customer.truth.value[week];
        boolean frustrated = customer.truth.frustrated[week];
        int age = week - customer.beginWeek;
        double collapse = value < -0.5 ? Math.exp(1.3 * (value + 0.5)) : 1;
        double rate = 0.055
                * Math.pow(seats, 0.6)
                * ticketsPerWeek
                * collapse
                * (frustrated ? 3.6 : 1)
                * (age < 8 ? 2 : 1)
                * (leaving ? 0.4 : 1);
        int count = chance.overdispersed(rate, 4);
        for (int i = 0; i < count; i++) {
            Ticket ticket = ticket(week, age, value, frustrated);
            if (customer.supportKnown) {
                customer.tickets.add(ticket);
            }
        }
    }

    private Ticket ticket(int week, int age, double value, boolean frustrated) {
        int day = week * 7 + (chance.happens(0.93) ? chance.below(5) : 5 + chance.below(2));
        boolean howTo = chance.happens(frustrated ? 0.25 : age < 12 ? 0.7 : 0.55);
        boolean urgent = chance.happens(frustrated ? 0.22 : 0.08);
        boolean reopened = chance.happens(frustrated ? 0.22 : 0.08);
        double firstResponse = chance.logNormal(frustrated ? 7 : 4, 1.0);
        int solved = day + (int) Math.round(chance.logNormal((howTo ? 1.2 : 4) * (frustrated ? 2 : 1), 0.9));
        Integer satisfaction = chance.happens(0.12)
                ? Integer.valueOf((int)
                        Math.clamp(Math.round(chance.normal(4.1 + 0.35 * value - (frustrated ? 0.9 : 0), 0.9)), 1, 5))
                : null;
        return new Ticket(day, howTo, urgent, reopened, firstResponse, solved, satisfaction);
    }

    private void survey(int week, double seats) {
        if ((week + surveyPhase) % 26 != 0 || week - customer.beginWeek < 8) {
            return;
        }
        double value = customer.truth.value[week];
        int asked = (int) Math.clamp(Math.round(1 + seats / 30), 1, 6);
        for (int i = 0; i < asked; i++) {
            if (chance.happens(0.18 * Chance.sigmoid(1 + 0.6 * value) / Chance.sigmoid(1))) {
                double mood = npsAtHome + 1.1 * value - (customer.truth.frustrated[week] ? 1.2 : 0);
                int score = (int) Math.clamp(Math.round(chance.normal(mood, 1.6)), 0, 10);
                customer.answers.add(new Answer(week * 7 + chance.below(7), score));
            }
        }
    }

    private void invoice(int week) {
        int age = week - customer.beginWeek;
        if (age % (customer.segment.annual() ? 13 : 4) != 0) {
            return;
        }
        boolean late = chance.happens(Chance.sigmoid(-2.0 + payerSlowness - 0.7 * customer.truth.value[week]));
        customer.invoices.add(new Invoice(week * 7, late ? 1 + (int) chance.exponential(14) : 0));
    }
}
