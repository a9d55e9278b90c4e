package io.perennial.demo;

import io.perennial.demo.Customer.Story;
import io.perennial.platform.records.RecordRow;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Half a year of daily use: working days are busy, and each customer's story shows in the numbers. */
final class DemoUsage {

    private static final int DAYS = 182;
    private static final List<String> FEATURES =
            List.of("boards", "search", "comments", "export", "reports", "api", "automation", "forecast");
    private static final List<String> AREAS =
            List.of("Work", "Work", "Work", "Data", "Data", "Platform", "Platform", "Planning");
    private static final int FIRST_ADVANCED = 5;

    /** Of these the files say who worked, as far back as a look at the last month needs. */
    private static final Set<String> WITH_LOGINS = Set.of("oslo-ferry", "cedar-vine", "kiva", "mirador");

    private static final int LOGIN_DAYS = 35;
    private static final List<String> FIRST = List.of(
            "ada", "bo", "cleo", "dirk", "elin", "finn", "greta", "hana", "ivo", "jana", "kai", "lena", "milo", "nils",
            "olga", "per", "runa", "siv", "tove", "ulf");
    private static final List<String> LAST = List.of(
            "aas", "berg", "dahl", "eng", "falk", "holm", "lund", "moe", "ness", "ruud", "strand", "vik", "wold");

    private final LocalDate today;
    private final List<Customer> customers;

    DemoUsage(LocalDate today, List<Customer> customers) {
        this.today = today;
        this.customers = customers;
    }

    List<RecordRow> rows() {
        List<RecordRow> rows = new ArrayList<>();
        for (int place = 0; place < customers.size(); place++) {
            Customer customer = customers.get(place);
            Random random = new Random(customer.id().hashCode());
            for (int ago = Math.min(DAYS, customer.since()); ago >= 1; ago--) {
                useOf(customer, DemoRecords.champion(place), ago, random, rows);
            }
        }
        return rows;
    }

    private void useOf(Customer customer, String champion, int ago, Random random, List<RecordRow> rows) {
        LocalDate day = today.minusDays(ago);
        double activity = activity(customer.story(), ago) * (weekend(day) ? 0.08 : 1);
        int shift = (ago * 7) % Math.max(2, customer.users() / 10);
        int features = customer.segment().equals("SMB") ? 4 : FEATURES.size();
        if (DemoExpansion.TRYING.contains(customer.id()) && ago <= DemoExpansion.TRYING_DAYS && !weekend(day)) {
            for (int f = FIRST_ADVANCED;
                    f < (ago <= DemoExpansion.TRYING_DAYS / 2 ? FEATURES.size() : FIRST_ADVANCED + 1);
                    f++) {
                rows.add(row(customer, day, f, "users", "2", 5));
            }
        }
        for (int f = 0; f < features; f++) {
            int users = (int)
                    Math.round(customer.users() * activity * (1.0 - f * 0.11) * (0.8 + random.nextDouble() * 0.4));
            if (customer.story() == Story.USE_FELL && FEATURES.get(f).equals("export") && ago < 28) {
                users /= 3;
            }
            if (users < 1) {
                continue;
            }
            if (ago <= LOGIN_DAYS && WITH_LOGINS.contains(customer.id())) {
                for (int user = shift; user < shift + users; user++) {
                    String login = user == 0 ? DemoRecords.address(customer, champion) : login(customer, user);
                    rows.add(row(customer, day, f, "user", login, 3 + random.nextInt(4)));
                }
            } else {
                rows.add(row(customer, day, f, "users", Integer.toString(users), users * (3 + random.nextInt(4))));
            }
        }
    }

    private static RecordRow row(Customer customer, LocalDate day, int feature, String who, String value, int events) {
        return DemoRecords.row(
                "",
                "account",
                customer.id(),
                "day",
                day.toString(),
                "feature",
                FEATURES.get(feature),
                "feature_level",
                feature < FIRST_ADVANCED ? "basic" : "advanced",
                "product_area",
                AREAS.get(feature),
                "events",
                Integer.toString(events),
                who,
                value);
    }

    private static String login(Customer customer, int user) {
        return DemoRecords.address(customer, FIRST.get(user % FIRST.size()) + " " + LAST.get(user % LAST.size()));
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
