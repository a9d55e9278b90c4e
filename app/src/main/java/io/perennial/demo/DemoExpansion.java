package io.perennial.demo;

import static io.perennial.demo.DemoRecords.row;

import io.perennial.demo.Customer.Story;
import io.perennial.platform.records.RecordRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What customers of the demo company bought beside their plan, and what says that they could use more. */
final class DemoExpansion {

    /** Small customers who began with the advanced features five weeks ago. */
    static final Set<String> TRYING = Set.of("birch-insurance", "ember-robotics", "harbor-media");

    static final int TRYING_DAYS = 34;

    private static final int YEAR = 365;
    private static final int BACK_AFTER = 190;

    /** Mid-sized customers who took the highest program in the course of the year. */
    private static final Set<String> RISEN = Set.of("delta-foods", "garnet-energy", "maple-robotics");

    private final LocalDate today;
    private final List<Customer> customers;

    DemoExpansion(LocalDate today, List<Customer> customers) {
        this.today = today;
        this.customers = customers;
    }

    /** Add-ons that many have and some have not, and service with a term of its own: renewed, dropped, taken up again. */
    List<RecordRow> lines() {
        List<RecordRow> rows = new ArrayList<>();
        int place = 0;
        for (Customer c : customers) {
            if (c.story() != Story.STEADY && c.story() != Story.GROWING || c.id().equals("kiva")) {
                continue;
            }
            place++;
            boolean small = c.segment().equals("SMB");
            boolean large = c.segment().equals("Enterprise");
            if (place % (small ? 2 : 3) != 0) {
                rows.add(line(
                        c,
                        "reports",
                        "Lumen Reports",
                        "subscription",
                        place,
                        -c.since(),
                        c.renewsIn(),
                        large ? 6_000 : c.arr() / 5));
            }
            if (!small && place % 2 == 0) {
                rows.add(line(
                        c,
                        "routes",
                        "Lumen Routes",
                        "subscription",
                        place,
                        -c.since(),
                        c.renewsIn(),
                        large ? 4_000 : c.arr() / 8));
            }
            if (place % 3 != 1) {
                service(c, place, small ? 1_200 : 6_000, rows);
            }
        }
        return rows;
    }

    /** Two years of service; of every seven customers one drops it, and another one comes back after half a year. */
    private void service(Customer c, int place, int amount, List<RecordRow> rows) {
        String product = c.segment().equals("SMB") ? "Start-up course" : DemoPrograms.of(c) + " support";
        int due = c.renewsIn() - YEAR;
        int before = Math.max(-c.since(), due - YEAR);
        if (before < due) {
            rows.add(line(c, "service-1", product, "service", place, before, due, amount));
        }
        if (place % 7 == 2) {
            return;
        }
        int next = place % 7 == 5 ? Math.min(-1, due + BACK_AFTER) : due;
        rows.add(line(
                c, "service-2", product, "service", place, Math.max(-c.since(), next), next + YEAR, amount * 21 / 20));
    }

    private RecordRow line(
            Customer c, String part, String product, String kind, int place, int from, int until, int amount) {
        return row(
                c.id() + "-" + part,
                "account",
                c.id(),
                "contract",
                c.id() + "-contract",
                "product",
                product,
                "kind",
                kind,
                "amount",
                amount + ".00",
                "period",
                "year",
                "currency",
                c.currency(),
                "starts_on",
                day(from),
                "ends_on",
                day(until),
                "channel",
                c.segment().equals("SMB") ? "web" : place % 4 == 0 ? "partner" : "direct");
    }

    /** Contracts on a higher program than the first one. */
    List<RecordRow> contracts() {
        return customers.stream()
                .filter(c -> RISEN.contains(c.id()) && !c.segment().equals("SMB"))
                .map(c -> row(
                        c.id() + "-premier",
                        "account",
                        c.id(),
                        "name",
                        "Premier",
                        "program",
                        "Premier",
                        "starts_on",
                        day(-120),
                        "ends_on",
                        day(Math.max(30, c.renewsIn())),
                        "currency",
                        c.currency(),
                        "channel",
                        "direct",
                        "geography",
                        c.country()))
                .toList();
    }

    /** Who says that the goal is reached, or is not. */
    List<RecordRow> answers() {
        return List.of(
                answer("greyhaven", "9", "Claims are settled in two days now, as we had hoped.", 18),
                answer("sunda", "8", "Berths are planned a week ahead.", 40),
                answer("tamm", "5", "We are not there yet.", 60));
    }

    private RecordRow answer(String account, String score, String comment, int ago) {
        return row(
                account + "-success",
                "account",
                account,
                "kind",
                "success",
                "score",
                score,
                "scale_max",
                "10",
                "comment",
                comment,
                "answered_at",
                today.minusDays(ago) + "T10:00:00Z");
    }

    private String day(int offset) {
        return today.plusDays(offset).toString();
    }
}
