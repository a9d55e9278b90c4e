package io.perennial.health.acceptance;

import io.perennial.health.detection.CohortMoments;
import io.perennial.health.detection.Drop;
import io.perennial.health.detection.FallingUsage;
import io.perennial.health.detection.Moderation;
import io.perennial.health.detection.RequestModeration;
import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.Reading;
import io.perennial.health.simulator.Answer;
import io.perennial.health.simulator.Company;
import io.perennial.health.simulator.Customer;
import io.perennial.health.simulator.Ticket;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a company that uses the product would see of a simulated customer at the end of a week: its records turned into
 * the product's measures as the product documents them. Conversations and contacts are in no system of the simulated
 * company, so those sources are not connected; late payments are, but the product has no measure for them.
 */
final class Sight {

    static final Set<String> USE = Set.of(
            "usage_trend",
            "usage_usual",
            "usage_drop",
            "days_since_use",
            "active_share",
            "use_per_seat",
            "breadth",
            "depth");
    static final Set<String> REQUESTS = Set.of(
            "request_load",
            "requests_high_p",
            "requests_low_p",
            "slow_first_response",
            "reopened_28",
            "open_urgent",
            "oldest_open_days",
            "case_satisfaction");
    private static final Set<String> NOT_CONNECTED = Set.of(
            "days_since_conversation",
            "conversations_90",
            "decision_maker_known",
            "contacts_left_90",
            "renewal_contact_confirmed");
    private static final int FEATURES = 16;
    private static final int BASELINE_DAYS = 120;
    private static final int WINDOW = 28;

    private final Company company;
    private final double[] everybody;

    Sight(Company company) {
        this.company = company;
        this.everybody = new double[Company.WEEKS * 7];
        for (Customer customer : company.customers()) {
            if (customer.usageKnown()) {
                for (int day = 0; day < everybody.length; day++) {
                    everybody[day] += customer.events(day);
                }
            }
        }
    }

    /** The day on which the week is over and known. */
    static LocalDate today(int week) {
        return Company.endOf(week).plusDays(1);
    }

    /** What is the same for all customers in a week. */
    record Cohort(CohortMoments requests, double eventsPerUser) {}

    Cohort cohort(int week) {
        double sum = 0;
        double squares = 0;
        double noise = 0;
        int accounts = 0;
        double events = 0;
        double users = 0;
        for (Customer customer : company.customers()) {
            if (!customer.staysAfter(week)) {
                continue;
            }
            if (customer.usageKnown()) {
                events += events(customer, week - 3, week);
                users += customer.activeUsers(week);
            }
            int[] weekly = weekly(customer, week, 26);
            if (!customer.tickets().isEmpty() && customer.tickets().getFirst().day() <= week * 7 + 6) {
                double rate = Arrays.stream(weekly).sum() / (double) weekly.length;
                sum += rate;
                squares += rate * rate;
                noise += rate / weekly.length;
                accounts++;
            }
        }
        double mean = accounts == 0 ? 0 : sum / accounts;
        double variance = accounts == 0 ? 0 : Math.max(0, squares / accounts - mean * mean - noise / accounts);
        return new Cohort(new CohortMoments(mean, variance), users == 0 ? 1 : events / users);
    }

    AccountReadings of(Customer customer, int week, Cohort cohort) {
        Map<String, Reading> readings = new HashMap<>();
        Set<String> notApplicable = new HashSet<>();
        notApplicable.add("auto_renew");
        LocalDate today = today(week);
        if (customer.usageKnown()) {
            use(customer, week, cohort, readings);
        }
        if (customer.supportKnown()) {
            requests(customer, week, cohort, readings, notApplicable);
        }
        voice(customer, week, readings, notApplicable);
        if (week - customer.beginWeek() >= 52 && week >= 52) {
            read(readings, "shrinking", (double) customer.seats(week) / customer.seats(week - 52), today);
        }
        String stage = week - customer.beginWeek() < 12 ? "onboarding" : "adoption";
        return new AccountReadings(
                customer.segment().name().toLowerCase(Locale.ROOT), stage, readings, notApplicable, NOT_CONNECTED);
    }

    private void use(Customer customer, int week, Cohort cohort, Map<String, Reading> into) {
        int end = week * 7 + 7;
        int begin = Math.max(Math.max(0, customer.beginWeek() * 7), end - BASELINE_DAYS);
        double[] own = new double[end - begin];
        double[] others = new double[end - begin];
        int firstUse = -1;
        int lastUse = -1;
        for (int day = begin; day < end; day++) {
            own[day - begin] = customer.events(day);
            others[day - begin] = everybody[day] - customer.events(day);
            firstUse = firstUse < 0 && customer.events(day) > 0 ? day : firstUse;
            lastUse = customer.events(day) > 0 ? day : lastUse;
        }
        LocalDate last = Company.endOf(week);
        double before = events(customer, week - 7, week - 4);
        double after = events(customer, week - 3, week);
        if (before > 0 && week - customer.beginWeek() >= 8) {
            read(into, "usage_trend", after / before, last);
        }
        Optional<Drop> drop = FallingUsage.detect(own, others, Company.day(begin));
        read(into, "usage_drop", drop.map(d -> Math.clamp(-d.change(), 0, 1)).orElse(0.0), last);
        if (lastUse >= 0) {
            read(into, "days_since_use", end - lastUse, today(week));
        }
        read(into, "active_share", (double) customer.activeUsers(week) / customer.seats(week), last);
        read(into, "breadth", Math.min(1, (double) customer.featuresUsed(week) / FEATURES), last);
        if (customer.activeUsers(week) > 0) {
            read(into, "depth", after / customer.activeUsers(week) / cohort.eventsPerUser, last);
        }
        if (customer.activeUsers(week) > 0 || after == 0) {
            read(into, "use_per_seat", after / customer.seats(week) / cohort.eventsPerUser, last);
        }
        int days = Math.min(end - firstUse, BASELINE_DAYS) - WINDOW;
        if (firstUse >= 0 && days >= WINDOW) {
            double usual = daily(customer, end - WINDOW - days, end - WINDOW);
            if (usual > 0) {
                read(into, "usage_usual", daily(customer, end - WINDOW, end) / usual, last);
            }
        }
    }

    private static void requests(
            Customer customer, int week, Cohort cohort, Map<String, Reading> into, Set<String> notApplicable) {
        int now = week * 7 + 6;
        LocalDate today = today(week);
        List<Ticket> known =
                customer.tickets().stream().filter(t -> t.day() <= now).toList();
        if (known.isEmpty()) {
            return;
        }
        Moderation moderation = RequestModeration.assess(weekly(customer, week, 30), cohort.requests, 1);
        read(into, "request_load", moderation.subScore(), today);
        read(into, "requests_high_p", moderation.pHigh(), today);
        read(into, "requests_low_p", moderation.pLow(), today);
        read(
                into,
                "reopened_28",
                known.stream().filter(t -> t.day() > now - 28 && t.reopened()).count(),
                today);
        List<Ticket> open = known.stream().filter(t -> t.solvedDay() > now).toList();
        read(into, "open_urgent", open.stream().filter(Ticket::urgent).count(), today);
        read(
                into,
                "oldest_open_days",
                open.stream().mapToInt(t -> now - t.day()).max().orElse(0),
                today);
        double[] hours = known.stream()
                .filter(t -> t.day() > now - 90)
                .mapToDouble(Ticket::firstResponseHours)
                .sorted()
                .toArray();
        if (hours.length == 0) {
            notApplicable.add("slow_first_response");
        } else {
            read(into, "slow_first_response", (hours[(hours.length - 1) / 2] + hours[hours.length / 2]) / 2, today);
        }
        int answers = 0;
        int satisfied = 0;
        int latest = 0;
        for (Ticket ticket : known) {
            Integer answer = ticket.satisfaction();
            if (answer != null && ticket.solvedDay() <= now && ticket.solvedDay() > now - 180) {
                answers++;
                satisfied += answer >= 4 ? 1 : 0;
                latest = Math.max(latest, ticket.solvedDay());
            }
        }
        if (answers > 0) {
            read(into, "case_satisfaction", 100.0 * satisfied / answers, Company.day(latest));
        }
    }

    private static void voice(Customer customer, int week, Map<String, Reading> into, Set<String> notApplicable) {
        int now = week * 7 + 6;
        double points = 0;
        int count = 0;
        Answer latest = null;
        for (Answer answer : customer.answers()) {
            if (answer.day() <= now && answer.day() > now - 180) {
                points += answer.score() >= 9 ? 100 : answer.score() <= 6 ? -100 : 0;
                count++;
                latest = latest == null || answer.day() >= latest.day() ? answer : latest;
            }
        }
        if (latest != null) {
            read(into, "nps", points / count, Company.day(latest.day()));
            if (latest.score() <= 6) {
                read(into, "detractor", latest.score(), Company.day(latest.day()));
            } else {
                notApplicable.add("detractor");
            }
        }
    }

    private static int[] weekly(Customer customer, int week, int weeks) {
        int from = Math.max(Math.max(0, customer.beginWeek()), week - weeks + 1);
        int[] weekly = new int[week - from + 1];
        for (Ticket ticket : customer.tickets()) {
            int w = ticket.day() / 7;
            if (w >= from && w <= week) {
                weekly[w - from]++;
            }
        }
        return weekly;
    }

    private static double events(Customer customer, int fromWeek, int toWeek) {
        double sum = 0;
        for (int day = Math.max(0, fromWeek * 7); day < toWeek * 7 + 7; day++) {
            sum += customer.events(day);
        }
        return sum;
    }

    /** Events a day from one day to before another. */
    private static double daily(Customer customer, int from, int to) {
        double sum = 0;
        for (int day = from; day < to; day++) {
            sum += customer.events(day);
        }
        return sum / (to - from);
    }

    private static void read(Map<String, Reading> into, String measure, double value, LocalDate on) {
        into.put(measure, new Reading(value, on, ""));
    }
}
