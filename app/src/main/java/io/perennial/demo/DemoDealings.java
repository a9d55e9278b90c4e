package io.perennial.demo;

import static io.perennial.demo.DemoRecords.row;

import io.perennial.demo.Customer.Story;
import io.perennial.platform.records.RecordRow;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What the demo company and its customers had to do with each other: requests, answers to surveys, conversations. */
final class DemoDealings {

    private static final List<String> SUBJECTS = List.of(
            "How do I share a board?",
            "Export is slow",
            "Add two users",
            "Wrong total in a report",
            "Where is last year's data?",
            "Notification arrives twice",
            "Cannot open an attachment");

    /** What customers wrote beside their score; many write nothing. */
    private static final List<@Nullable String> PRAISE = Arrays.asList(
            "The board saves us an hour a day, thank you.",
            null,
            "Exports are slow at the end of the month, otherwise fine.",
            null,
            "Support answers fast and knows the product.",
            null,
            null,
            "The export stops with many rows. Please fix it, it is annoying.");

    private static final List<String> CAUSES = List.of("how-to", "defect", "request", "usability");

    private final LocalDate today;
    private final List<Customer> customers;
    private final Random random = new Random(7);

    DemoDealings(LocalDate today, List<Customer> customers) {
        this.today = today;
        this.customers = customers;
    }

    List<RecordRow> cases() {
        List<RecordRow> rows = new ArrayList<>();
        for (Customer c : customers) {
            if (c.story() == Story.LOST) {
                continue;
            }
            int perQuarter = Math.max(1, c.seats() / 25);
            for (int week = 26; week >= 1; week--) {
                int cases = usualCases(perQuarter);
                if (c.story() == Story.FLOODED && week <= 4) {
                    cases += 4;
                }
                if (c.story() == Story.FADING && week <= 10) {
                    cases = 0;
                }
                for (int i = 0; i < cases; i++) {
                    rows.add(closedCase(c, rows.size(), week * 7 - i % 5));
                }
            }
        }
        rows.add(openCase("norda-bank", "Staff are sent back to sign-in after the update", "urgent", 16));
        rows.add(openCase("oslo-ferry", "Export jobs time out at 10,000 rows", "high", 9));
        rows.add(openCase("bluefin", "Wrong totals in the weekly forecast", "high", 3));
        return rows;
    }

    private int usualCases(int perQuarter) {
        int cases = 0;
        for (int i = 0; i < perQuarter; i++) {
            cases += random.nextInt(13) == 0 ? 1 : 0;
        }
        return cases;
    }

    private RecordRow closedCase(Customer c, int number, int daysAgo) {
        LocalDate day = today.minusDays(daysAgo);
        return row(
                "case-" + number,
                "account",
                c.id(),
                "subject",
                SUBJECTS.get(number % SUBJECTS.size()),
                "opened_at",
                at(day, 9 + number % 8),
                "first_response_at",
                at(day, 10 + number % 8),
                "resolved_at",
                at(day.plusDays(1 + number % 3), 15),
                "status",
                "resolved",
                "priority",
                number % 5 == 0 ? "high" : "medium",
                "cause",
                CAUSES.get(number % CAUSES.size()),
                "satisfaction",
                Integer.toString(3 + number % 3),
                "satisfaction_scale",
                "5",
                "assignee",
                number % 4 == 0 ? "Ben Carter" : "Dev Okafor",
                "reopened",
                number % 23 == 0 ? "1" : "0");
    }

    private RecordRow openCase(String account, String subject, String priority, int daysAgo) {
        LocalDate day = today.minusDays(daysAgo);
        return row(
                "case-open-" + account,
                "account",
                account,
                "contact",
                account + "-champion",
                "subject",
                subject,
                "opened_at",
                at(day, 8),
                "first_response_at",
                at(day, 9),
                "status",
                account.equals("bluefin") ? "waiting for customer" : "open",
                "priority",
                priority,
                "cause",
                "defect",
                "product",
                account.equals("bluefin") ? "Reports" : "Planner",
                "channel",
                "email",
                "assignee",
                "Dev Okafor",
                "reopened",
                account.equals("oslo-ferry") ? "1" : "0");
    }

    /**
     * The conversations of open cases: one promise broken and its customer upset, one nearly, one case that waits for the
     * customer.
     */
    List<RecordRow> caseMessages() {
        return List.of(
                said(
                        "norda-bank",
                        1,
                        "customer",
                        "After yesterday's update our staff are sent back to sign-in again and again. Branches open at"
                                + " nine.",
                        16,
                        8,
                        null),
                said(
                        "norda-bank",
                        2,
                        "reply",
                        "Sorry for the trouble. I can reproduce it and have asked engineering.",
                        16,
                        9,
                        null),
                said("norda-bank", 3, "note", "Looks like the path of the session cookie.", 15, 10, null),
                said(
                        "norda-bank",
                        4,
                        "reply",
                        "A fix is being tested. I write again with the date of the release.",
                        3,
                        14,
                        at(today.minusDays(1), 15)),
                said(
                        "norda-bank",
                        5,
                        "customer",
                        "It has been two weeks now. Our branch managers are furious, and I am really disappointed that nobody"
                                + " can name a date. Is anybody working on this?",
                        2,
                        15,
                        null),
                said("oslo-ferry", 1, "customer", "Exports stop at 10,000 rows with a time-out.", 9, 8, null),
                said(
                        "oslo-ferry",
                        2,
                        "reply",
                        "Please try again with the new limit; I keep an eye on it until the end of next week.",
                        9,
                        9,
                        at(today.plusDays(1), 20)),
                said("oslo-ferry", 3, "customer", "It is back since this morning.", 1, 7, null),
                said("bluefin", 1, "customer", "The weekly forecast adds up wrongly since Monday.", 3, 8, null),
                said(
                        "bluefin",
                        2,
                        "reply",
                        "Which weeks are wrong, and do you filter by region? A screenshot would help.",
                        3,
                        9,
                        null));
    }

    private RecordRow said(
            String account, int number, String kind, String text, int daysAgo, int hour, @Nullable String promised) {
        return row(
                "case-open-" + account + "-" + number,
                "case",
                "case-open-" + account,
                "kind",
                kind,
                "at",
                at(today.minusDays(daysAgo), hour),
                "body",
                text,
                "author",
                kind.equals("customer") ? null : "Dev Okafor",
                "promised_at",
                promised);
    }

    List<RecordRow> surveyResponses() {
        List<RecordRow> rows = new ArrayList<>();
        for (int i = 0; i < customers.size(); i++) {
            Customer c = customers.get(i);
            if ((i % 3 == 2 && c.story() == Story.STEADY) || c.story() == Story.NEW || c.story() == Story.LOST) {
                continue;
            }
            boolean unhappy = c.story() == Story.DETRACTOR;
            rows.add(row(
                    c.id() + "-nps",
                    "account",
                    c.id(),
                    "contact",
                    c.id() + "-champion",
                    "kind",
                    "nps",
                    "score",
                    unhappy ? "3" : Integer.toString(7 + i % 4),
                    "scale_max",
                    "10",
                    "comment",
                    unhappy
                            ? "Nobody told us about the price change before the invoice."
                            : PRAISE.get(i % PRAISE.size()),
                    "answered_at",
                    at(today.minusDays(unhappy ? 10 : 30 + i), 11)));
        }
        return rows;
    }

    List<RecordRow> touchpoints() {
        List<RecordRow> rows = new ArrayList<>();
        for (int i = 0; i < customers.size(); i++) {
            Customer c = customers.get(i);
            int latest = c.story() == Story.SILENT ? 118 : c.story() == Story.LOST ? 200 : 4 + i * 5 % 38;
            int every = c.segment().equals("SMB") ? 45 : 21;
            for (int ago = latest; ago < latest + 3 * every; ago += every) {
                rows.add(row(
                        c.id() + "-talk-" + ago,
                        "account",
                        c.id(),
                        "contact",
                        c.id() + "-champion",
                        "at",
                        at(today.minusDays(ago), 13),
                        "kind",
                        ago % 2 == 0 ? "call" : "meeting",
                        "direction",
                        "both",
                        "subject",
                        ago % 2 == 0 ? "How the roll-out goes" : "Quarterly review",
                        "sentiment",
                        ago == latest || ago % 3 == 0 ? mood(c.story()) : null,
                        "member",
                        c.owner()));
            }
        }
        return rows;
    }

    /** How the customer felt, as its CSM would say it; of some nobody says it. */
    private static @Nullable String mood(Story story) {
        return switch (story) {
            case STEADY, GROWING, NEW, GREEN_WITH_RED_FACT -> "content";
            case SHELFWARE -> "neutral";
            case FADING, FLOODED -> "anxious";
            case USE_FELL -> "restless";
            case DETRACTOR -> "angry";
            case SILENT, LOST -> null;
        };
    }

    private static String at(LocalDate day, int hour) {
        return day.atTime(LocalTime.of(hour, 0)).toInstant(ZoneOffset.UTC).toString();
    }
}
