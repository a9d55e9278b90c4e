package io.perennial.demo;

import io.perennial.demo.Customer.Story;
import io.perennial.platform.records.RecordRow;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The records of the demo company's customers, dated relative to a day. The same day gives the same records. */
final class DemoRecords {

    private static final List<String> PEOPLE = List.of(
            "Jon Dahl",
            "Eva Lie",
            "Ola Berg",
            "Dana Ilves",
            "Mia Okafor",
            "Luis Prado",
            "Nora Quist",
            "Tom Weir",
            "Priya Nair",
            "Hugo Blanc",
            "Sofia Rossi",
            "Karl Voss");

    private final LocalDate today;
    private final List<Customer> customers;
    private final Random random = new Random(7);

    DemoRecords(LocalDate today, List<Customer> customers) {
        this.today = today;
        this.customers = customers;
    }

    /** By record type, in the order they must be written. */
    Map<String, List<RecordRow>> all() {
        Map<String, List<RecordRow>> all = new LinkedHashMap<>();
        all.put("team-members", teamMembers());
        all.put("accounts", accounts());
        all.put("contacts", contacts());
        all.put("contracts", contracts());
        all.put("contract-lines", contractLines());
        all.put("cancellations", cancellations());
        all.put("cases", cases());
        all.put("survey-responses", surveyResponses());
        all.put("touchpoints", touchpoints());
        all.put("usage", new DemoUsage(today, customers).rows());
        return all;
    }

    private List<RecordRow> teamMembers() {
        return List.of(
                row("ana", "name", "Ana Reyes", "email", "ana.reyes@lumenworks.example", "role", "CSM"),
                row("ben", "name", "Ben Carter", "email", "ben.carter@lumenworks.example", "role", "CSM"),
                row("chiara", "name", "Chiara Lindt", "email", "chiara.lindt@lumenworks.example", "role", "LEADER"),
                row("dev", "name", "Dev Okafor", "email", "dev.okafor@lumenworks.example", "role", "SUPPORT"));
    }

    private List<RecordRow> accounts() {
        return customers.stream()
                .map(c -> row(
                        c.id(),
                        "name",
                        c.name(),
                        "segment",
                        c.segment(),
                        "stage",
                        c.story() == Story.NEW ? "Onboarding" : c.story() == Story.LOST ? "Former" : "Live",
                        "owner",
                        c.owner(),
                        "industry",
                        c.industry(),
                        "country",
                        c.country(),
                        "time_zone",
                        c.zone(),
                        "customer_since",
                        day(-c.since())))
                .toList();
    }

    private List<RecordRow> contacts() {
        List<RecordRow> rows = new ArrayList<>();
        for (int i = 0; i < customers.size(); i++) {
            Customer c = customers.get(i);
            boolean left = c.story() == Story.SILENT;
            rows.add(contact(c, "champion", champion(i), "champion", "Head of Operations", null));
            rows.add(contact(
                    c,
                    "decides",
                    PEOPLE.get((i + 4) % PEOPLE.size()),
                    "decision_maker",
                    "Managing Director",
                    left ? day(-20) : null));
            if (!c.segment().equals("SMB")) {
                rows.add(contact(c, "finance", PEOPLE.get((i + 7) % PEOPLE.size()), "finance", "Controller", null));
            }
        }
        return rows;
    }

    private RecordRow contact(Customer c, String part, String name, String role, String title, @Nullable String left) {
        boolean confirmed = role.equals("decision_maker") && left == null && c.renewsIn() < 200;
        return row(
                c.id() + "-" + part,
                "account",
                c.id(),
                "name",
                name,
                "email",
                address(c, name),
                "title",
                title,
                "roles",
                role,
                "time_zone",
                c.zone(),
                "left_on",
                left,
                "confirmed_on",
                confirmed ? day(-30) : null);
    }

    static String address(Customer customer, String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replace(' ', '.') + "@" + customer.id() + ".example";
    }

    /** Name of the champion of the customer in that place of the list. */
    static String champion(int place) {
        return PEOPLE.get(place % PEOPLE.size());
    }

    private List<RecordRow> contracts() {
        return customers.stream()
                .map(c -> row(
                        c.id() + "-contract",
                        "account",
                        c.id(),
                        "name",
                        "Lumen " + year(c),
                        "program",
                        c.segment().equals("Enterprise") ? "Premier" : "Standard",
                        "starts_on",
                        day(-c.since()),
                        "ends_on",
                        day(c.renewsIn()),
                        "auto_renew",
                        c.segment().equals("SMB") ? "true" : "false",
                        "currency",
                        c.currency(),
                        "channel",
                        c.segment().equals("SMB") ? "web" : "direct",
                        "geography",
                        c.country()))
                .toList();
    }

    private String year(Customer c) {
        return Integer.toString(today.minusDays(c.since()).getYear());
    }

    private List<RecordRow> contractLines() {
        List<RecordRow> rows = new ArrayList<>();
        for (Customer c : customers) {
            LocalDate termStart = today.plusDays(c.renewsIn()).minusYears(1);
            LocalDate first = today.minusDays(c.since());
            if (first.isBefore(termStart)) {
                rows.add(line(c, "earlier", first, termStart, (int) (c.arr() * earlierShare(c))));
            }
            LocalDate start = first.isBefore(termStart) ? termStart : first;
            rows.add(line(c, "term", start, today.plusDays(c.renewsIn()), c.arr()));
        }
        return rows;
    }

    private double earlierShare(Customer c) {
        return switch (c.story()) {
            case GROWING -> 0.8;
            case FADING -> 1.2;
            default -> 1.0;
        };
    }

    private RecordRow line(Customer c, String part, LocalDate from, LocalDate to, int amount) {
        return row(
                c.id() + "-" + part,
                "account",
                c.id(),
                "contract",
                c.id() + "-contract",
                "product",
                "Lumen " + (c.segment().equals("SMB") ? "Team" : "Business"),
                "kind",
                "subscription",
                "seats",
                Integer.toString(c.seats()),
                "amount",
                amount + ".00",
                "period",
                "year",
                "currency",
                c.currency(),
                "starts_on",
                from.toString(),
                "ends_on",
                to.toString(),
                "auto_renew",
                c.segment().equals("SMB") ? "true" : "false");
    }

    private List<RecordRow> cancellations() {
        return customers.stream()
                .filter(c -> c.story() == Story.LOST)
                .map(c -> row(
                        c.id() + "-cancellation",
                        "account",
                        c.id(),
                        "cancelled_on",
                        day(c.renewsIn() - 40),
                        "effective_on",
                        day(c.renewsIn()),
                        "reason",
                        c.id().equals("calder") ? "competitor" : "budget",
                        "amount",
                        c.arr() + ".00",
                        "currency",
                        c.currency(),
                        "comment",
                        c.id().equals("calder") ? "Wanted layouts we do not have" : "Budget frozen"))
                .toList();
    }

    private List<RecordRow> cases() {
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

    private static final List<String> SUBJECTS = List.of(
            "How do I share a board?",
            "Export is slow",
            "Add two users",
            "Wrong total in a report",
            "Where is last year's data?",
            "Notification arrives twice",
            "Cannot open an attachment");
    private static final List<String> CAUSES = List.of("how-to", "defect", "request", "usability");

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
                "open",
                "priority",
                priority,
                "cause",
                "defect",
                "assignee",
                "Dev Okafor",
                "reopened",
                account.equals("oslo-ferry") ? "1" : "0");
    }

    private List<RecordRow> surveyResponses() {
        List<RecordRow> rows = new ArrayList<>();
        for (int i = 0; i < customers.size(); i++) {
            Customer c = customers.get(i);
            if (i % 3 == 2 && c.story() == Story.STEADY || c.story() == Story.NEW || c.story() == Story.LOST) {
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
                    unhappy ? "Nobody told us about the price change before the invoice." : null,
                    "answered_at",
                    at(today.minusDays(unhappy ? 10 : 30 + i), 11)));
        }
        return rows;
    }

    private List<RecordRow> touchpoints() {
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
                        "member",
                        c.owner()));
            }
        }
        return rows;
    }

    private String day(int offset) {
        return today.plusDays(offset).toString();
    }

    private static String at(LocalDate day, int hour) {
        return day.atTime(LocalTime.of(hour, 0)).toInstant(ZoneOffset.UTC).toString();
    }

    /** Pairs of column and value; a null value is left out. */
    static RecordRow row(String externalId, @Nullable String... pairs) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            String column = pairs[i];
            if (column != null && pairs[i + 1] != null) {
                values.put(column, pairs[i + 1]);
            }
        }
        return new RecordRow(0, externalId, values, Map.of());
    }
}
