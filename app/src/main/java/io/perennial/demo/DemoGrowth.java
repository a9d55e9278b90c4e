package io.perennial.demo;

import static io.perennial.demo.DemoRecords.row;

import io.perennial.demo.Customer.Story;
import io.perennial.platform.records.RecordRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What service was offered when the demo company sold, and what more its customers could have. */
final class DemoGrowth {

    private static final int TWO_YEARS = 730;

    private final LocalDate today;
    private final List<Customer> customers;

    DemoGrowth(LocalDate today, List<Customer> customers) {
        this.today = today;
        this.customers = customers;
    }

    /** Who came in the last two years was offered a program; the small ones mostly took none. */
    List<RecordRow> offers() {
        List<RecordRow> rows = new ArrayList<>();
        int place = 0;
        for (Customer c : customers) {
            if (c.since() > TWO_YEARS) {
                continue;
            }
            place++;
            boolean small = c.segment().equals("SMB");
            boolean taken = small ? place % 4 == 0 : place % 3 != 0;
            boolean open = c.story() == Story.NEW;
            int list = c.segment().equals("Enterprise") ? 24_000 : small ? 1_200 : 6_000;
            rows.add(row(
                    c.id() + "-offer",
                    "account",
                    c.id(),
                    "contract",
                    c.id() + "-contract",
                    "service",
                    small ? "Start-up course" : DemoPrograms.of(c) + " support",
                    "product",
                    "Lumen " + (small ? "Team" : "Business"),
                    "program",
                    DemoPrograms.of(c),
                    "offered_on",
                    day(-c.since()),
                    "outcome",
                    open ? "open" : taken ? "attached" : "declined",
                    "decided_on",
                    open ? null : day(-c.since() + 5),
                    "terms",
                    place % 9 == 0 ? "bundled" : "optional",
                    "list_amount",
                    list + ".00",
                    "amount",
                    taken ? list * 9 / 10 + ".00" : null,
                    "currency",
                    c.currency(),
                    "reason",
                    taken || open ? null : small ? "Learns by doing" : "Has people of its own"));
        }
        return rows;
    }

    List<RecordRow> opportunities() {
        return List.of(
                opportunity(
                        "kiva", "40 more seats for the second plant", "expansion", 29_000, "negotiation", 21, "ana"),
                opportunity("sunda", "Premier for the port in Batam", "upgrade", 24_000, "proposed", 45, "ana"),
                opportunity(
                        "greyhaven", "Reports for the claims department", "cross-sell", 36_000, "qualified", 70, "ben"),
                opportunity("norda-bank", "Uplift at the renewal", "renewal-uplift", 6_000, "found", 49, "ana"),
                opportunity("bluefin", "Advanced support for the night shift", "attach", 6_000, "qualified", -6, "ben"),
                opportunity("ostara", "Back for the garden season", "win-back", 7_200, "found", 90, "ben"),
                opportunity("oslo-ferry", "Training for the new terminals", "attach", 7_500, "won", -80, "ana"),
                opportunity("pemberton", "Second site", "expansion", 12_000, "lost", -35, "ana"));
    }

    private RecordRow opportunity(
            String account, String name, String kind, int amount, String stage, int days, String owner) {
        boolean closed = stage.equals("won") || stage.equals("lost");
        Customer customer = customers.stream()
                .filter(one -> one.id().equals(account))
                .findFirst()
                .orElseThrow();
        return row(
                account + "-" + kind,
                "account",
                account,
                "name",
                name,
                "kind",
                kind,
                "amount",
                amount + ".00",
                "currency",
                customer.currency(),
                "stage",
                stage,
                "expected_on",
                day(days),
                "closed_on",
                closed ? day(days) : null,
                "reason",
                reason(stage),
                "sourced_by",
                owner.equals("ana") ? "success" : "sales",
                "owner",
                owner,
                "description",
                "Came up in the last review.");
    }

    private static @Nullable String reason(String stage) {
        return switch (stage) {
            case "won" -> "The terminals open in spring";
            case "lost" -> "The second site was not bought";
            default -> null;
        };
    }

    private String day(int offset) {
        return today.plusDays(offset).toString();
    }
}
