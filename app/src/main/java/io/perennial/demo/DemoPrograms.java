package io.perennial.demo;

import io.perennial.programs.Calendar;
import io.perennial.programs.Entitlements.Rule;
import io.perennial.programs.Offer;
import io.perennial.programs.Offer.Benefit;
import io.perennial.programs.Offer.Eligibility;
import io.perennial.programs.Offer.Unit;
import io.perennial.programs.Priority;
import io.perennial.programs.Promise.Kind;
import io.perennial.programs.Stock;
import io.perennial.programs.Stock.Sale;
import io.perennial.programs.Targets;
import io.perennial.shared.Actor;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the demo company sells as service: three programs, one of them in its second version. */
final class DemoPrograms {

    private static final BigDecimal HOUR = BigDecimal.valueOf(180);
    private static final BigDecimal SEAT = BigDecimal.valueOf(250);
    private static final BigDecimal REVIEW = BigDecimal.valueOf(900);

    private final LocalDate today;
    private final Stock stock;
    private final Actor actor;

    DemoPrograms(LocalDate today, Stock stock, Actor actor) {
        this.today = today;
        this.stock = stock;
        this.actor = actor;
    }

    /** The program that a customer's contract names. */
    static String of(Customer customer) {
        return switch (customer.segment()) {
            case "Enterprise" -> "Premier";
            case "Mid-market" -> "Advanced";
            default -> "Essential";
        };
    }

    /** @return false when they are there already, with what was used of them */
    boolean publish() {
        if (!stock.isEmpty()) {
            return false;
        }
        LocalDate first = today.minusYears(4);
        UUID office = stock.calendar(calendar("Office hours", "09:00-17:00", 5), actor);
        UUID early = stock.calendar(calendar("Early to late", "07:00-20:00", 5), actor);
        UUID always = stock.calendar(calendar("Around the clock", "00:00-24:00", 7), actor);
        stock.program("Essential", List.of(new Sale(essential(office), first)), actor);
        stock.program("Advanced", List.of(new Sale(advanced(early), first)), actor);
        stock.program(
                "Premier",
                List.of(new Sale(premier(early, 30), first), new Sale(premier(always, 40), today.minusDays(600))),
                actor);
        return true;
    }

    void use(List<Customer> customers) {
        int place = 0;
        for (Customer customer : customers) {
            if (customer.segment().equals("Mid-market") && customer.story() == Customer.Story.STEADY) {
                draw(customer.id(), "expert-hours", 2 + place % 6, "Help with the quarterly plan");
                draw(customer.id(), "training-seats", 1 + place % 5, "Introduction for new planners");
                place++;
            }
        }
        draw("oslo-ferry", "expert-hours", 24, "Migration of the ferry timetable");
        draw("oslo-ferry", "reviews", 1, "Business review with operations");
        draw("norda-bank", "expert-hours", 46, "Help with the audit, agreed on the phone");
        draw("greyhaven", "training-seats", 12, "Course for new claims handlers");
        draw("sunda", "expert-hours", 9, "Routing rules for the new port");
        draw("kiva", "training-seats", 4, "Introduction for shift leaders");
        draw("kiva", "expert-hours", 9, "Plans for the second plant");
        draw("bluefin", "expert-hours", 9, "Wrong totals in the weekly forecast");
        stock.promised("mirador", Kind.UNIT, "Training seats", BigDecimal.TEN, null, "Iris Vogel, Sales", actor);
        stock.promised(
                "mirador",
                Kind.TARGET,
                "first response",
                new BigDecimal("16"),
                Priority.HIGH,
                "Iris Vogel, Sales",
                actor);
        stock.promised(
                "mirador", Kind.WORDS, "A visit on site in the first month", null, null, "Iris Vogel, Sales", actor);
    }

    private void draw(String account, String unit, int amount, String purpose) {
        stock.used(account, unit, BigDecimal.valueOf(amount), purpose, actor);
    }

    private Calendar calendar(String name, String hours, int days) {
        Map<DayOfWeek, String> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.getValue() <= days) {
                week.put(day, hours);
            }
        }
        TreeMap<LocalDate, String> holidays = new TreeMap<>();
        if (days == 5) {
            for (int year = today.getYear(); year <= today.getYear() + 1; year++) {
                holidays.put(LocalDate.of(year, 1, 1), "New Year");
                holidays.put(LocalDate.of(year, 5, 1), "Labour Day");
                holidays.put(LocalDate.of(year, 12, 25), "Christmas Day");
            }
        }
        return new Calendar(null, name, "Europe/Tallinn", week, holidays, name.equals("Office hours"));
    }

    private static Offer essential(UUID hours) {
        return offer(
                "For small teams that want a clear answer on the next working day.",
                null,
                hours,
                List.of("email", "portal"),
                targets(4, 8, 16, 24),
                List.of(),
                List.of("SMB"),
                List.of(new Benefit("Knowledge base and community", null, "Most answers are there before you ask.")));
    }

    private static Offer advanced(UUID hours) {
        return offer(
                "For departments that depend on their plans every day.",
                new BigDecimal("6000"),
                hours,
                List.of("email", "portal", "phone"),
                targets(2, 4, 8, 16),
                List.of(
                        new Unit("expert-hours", "Expert hours", BigDecimal.TEN, Rule.WARN, HOUR),
                        new Unit("training-seats", "Training seats", BigDecimal.valueOf(8), Rule.APPROVAL, SEAT)),
                List.of(),
                List.of(
                        new Benefit(
                                "Expert hours",
                                new BigDecimal("1800"),
                                "10 hours, each instead of 1.5 of a consultant at 120"),
                        new Benefit(
                                "Fewer hours lost",
                                new BigDecimal("7200"),
                                "Urgent questions answered 2 hours sooner, 12 a year, 10 people waiting at 30 an hour"),
                        new Benefit("Somebody who knows you", null, "The same two people answer.")));
    }

    private static Offer premier(UUID hours, int expertHours) {
        return offer(
                "For companies that cannot stand still.",
                new BigDecimal("24000"),
                hours,
                List.of("email", "portal", "phone", "chat"),
                targets(1, 2, 8, 16),
                List.of(
                        new Unit("expert-hours", "Expert hours", BigDecimal.valueOf(expertHours), Rule.ALLOW, HOUR),
                        new Unit("training-seats", "Training seats", BigDecimal.valueOf(30), Rule.WARN, SEAT),
                        new Unit("reviews", "Business reviews", BigDecimal.valueOf(4), Rule.APPROVAL, REVIEW)),
                List.of("Enterprise"),
                List.of(
                        new Benefit(
                                "Answers at any hour",
                                new BigDecimal("36000"),
                                "Two night-time failures a year, 6 hours sooner, 100 people at 30 an hour"),
                        new Benefit(
                                "Expert hours",
                                BigDecimal.valueOf(expertHours * 180L),
                                expertHours + " hours, each instead of 1.5 of a consultant at 120"),
                        new Benefit(
                                "A named success manager", null, "One person who knows your plan and your people.")));
    }

    private static Map<Priority, Targets> targets(int urgent, int high, int medium, int low) {
        return Map.of(
                Priority.URGENT,
                new Targets(Duration.ofHours(urgent), Duration.ofHours(urgent * 2L), Duration.ofHours(urgent * 8L)),
                Priority.HIGH,
                new Targets(Duration.ofHours(high), Duration.ofHours(high * 4L), Duration.ofHours(high * 10L)),
                Priority.MEDIUM,
                new Targets(Duration.ofHours(medium), null, Duration.ofHours(medium * 10L)),
                Priority.LOW,
                new Targets(Duration.ofHours(low), null, null));
    }

    private static Offer offer(
            String summary,
            @Nullable BigDecimal price,
            UUID hours,
            List<String> channels,
            Map<Priority, Targets> targets,
            List<Unit> units,
            List<String> segments,
            List<Benefit> benefits) {
        return new Offer(
                summary, price, "EUR", hours, channels, targets, 12, units, new Eligibility(segments, ""), benefits);
    }
}
