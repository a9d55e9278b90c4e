package io.perennial.demo;

import io.perennial.demo.Customer.Story;
import io.perennial.platform.records.RecordRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The records of the demo company: who its customers are and what they bought, dated relative to a day. The same day gives the same records. */
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

    DemoRecords(LocalDate today, List<Customer> customers) {
        this.today = today;
        this.customers = customers;
    }

    /** By record type, in the order they must be written. */
    Map<String, List<RecordRow>> all() {
        DemoDealings dealings = new DemoDealings(today, customers);
        Map<String, List<RecordRow>> all = new LinkedHashMap<>();
        all.put("teams", List.of(row("success", "name", "Customer success"), row("support", "name", "Support")));
        all.put("team-members", teamMembers());
        all.put("accounts", accounts());
        all.put("contacts", contacts());
        DemoExpansion expansion = new DemoExpansion(today, customers);
        all.put("contracts", both(contracts(), expansion.contracts()));
        all.put("contract-lines", both(contractLines(), expansion.lines()));
        all.put("cancellations", cancellations());
        all.put("cases", dealings.cases());
        all.put("case-messages", dealings.caseMessages());
        all.put("survey-responses", both(dealings.surveyResponses(), expansion.answers()));
        all.put("touchpoints", dealings.touchpoints());
        all.put("usage", new DemoUsage(today, customers).rows());
        DemoGrowth growth = new DemoGrowth(today, customers);
        all.put("service-offers", growth.offers());
        all.put("opportunities", growth.opportunities());
        // Success plans.
        DemoSuccess success = new DemoSuccess(today);
        all.put("success-plans", success.plans());
        all.put("outcomes", success.outcomes());
        return all;
    }

    private static List<RecordRow> both(List<RecordRow> first, List<RecordRow> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private List<RecordRow> teamMembers() {
        return List.of(
                row(
                        "ana",
                        "name",
                        "Ana Reyes",
                        "email",
                        "ana.reyes@lumenworks.example",
                        "role",
                        "CSM",
                        "team",
                        "success"),
                row(
                        "ben",
                        "name",
                        "Ben Carter",
                        "email",
                        "ben.carter@lumenworks.example",
                        "role",
                        "CSM",
                        "team",
                        "success"),
                row(
                        "chiara",
                        "name",
                        "Chiara Lindt",
                        "email",
                        "chiara.lindt@lumenworks.example",
                        "role",
                        "LEADER",
                        "team",
                        "success"),
                row(
                        "dev",
                        "name",
                        "Dev Okafor",
                        "email",
                        "dev.okafor@lumenworks.example",
                        "role",
                        "SUPPORT",
                        "team",
                        "support"));
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
        return name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@" + customer.id() + ".example";
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
                        DemoPrograms.of(c),
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

    private String day(int offset) {
        return today.plusDays(offset).toString();
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
