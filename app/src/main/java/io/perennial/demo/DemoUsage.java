package io.perennial.demo;

import io.perennial.demo.Customer.Story;
import io.perennial.platform.records.RecordRow;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Half a year of daily use: working days are busy, and each customer's story shows in the numbers. */
final class DemoUsage {

    private static final int DAYS = 182;
    private static final List<String> FEATURES =
            List.of("boards", "search", "comments", "export", "reports", "api", "automation", "forecast");
    private static final int FIRST_ADVANCED = 5;

    private final LocalDate today;
    private final List<Customer> customers;

    DemoUsage(LocalDate today, List<Customer> customers) {
        this.today = today;
        this.customers = customers;
    }

    List<RecordRow> rows() {
        List<RecordRow> rows = new ArrayList<>();
        for (Customer customer : customers) {
            Random random = new Random(customer.id().hashCode());
            for (int ago = Math.min(DAYS, customer.since()); ago >= 1; ago--) {
                useOf(customer, ago, random, rows);
            }
        }
        return rows;
    }

    private void useOf(Customer customer, int ago, Random random, List<RecordRow> rows) {
        LocalDate day = today.minusDays(ago);
        double activity = activity(customer.story(), ago) * (weekend(day) ? 0.08 : 1);
        int features = customer.segment().equals("SMB") ? 4 : FEATURES.size();
        for (int f = 0; f < features; f++) {
            int users = (int)
                    Math.round(customer.users() * activity * (1.0 - f * 0.11) * (0.8 + random.nextDouble() * 0.4));
            if (customer.story() == Story.USE_FELL && FEATURES.get(f).equals("export") && ago < 28) {
                users /= 3;
            }
            if (users < 1) {
                continue;
            }
            rows.add(DemoRecords.row(
                    "",
                    "account",
                    customer.id(),
                    "day",
                    day.toString(),
                    "feature",
                    FEATURES.get(f),
                    "feature_level",
                    f < FIRST_ADVANCED ? "basic" : "advanced",
                    "events",
                    Integer.toString(users * (3 + random.nextInt(4))),
                    "users",
                    Integer.toString(users)));
        }
    }

    private static boolean weekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static double activity(Story story, int ago) {
        return switch (story) {
            case USE_FELL -> ago < 28 ? 0.4 : 1;
            case FADING -> ago < 60 ? Math.max(0.3, ago / 60.0) : 1;
            case GROWING -> 1.3 - 0.6 * ago / DAYS;
            case NEW -> Math.min(1, (30 - Math.min(ago, 30)) / 20.0 + 0.2);
            case LOST -> 0;
            default -> 1;
        };
    }
}
