package io.perennial.demo;

import static io.perennial.demo.DemoRecords.row;

import io.perennial.platform.records.Ids;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Result;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Customers whom the demo company lost, what was offered to them, what they said, and who came back. They left before the story
 * of the others begins, so that figures of today's customers stay what they are.
 */
@Component
public class DemoLeaving {

    /** id, name, segment, owner, currency, ARR, days as a customer, days since the loss, reason, competitor, days since back. */
    private static final String LOST = """
            aker-print     | Aker Print      | SMB        | ana | EUR |  6200 |  410 |  35 | too expensive   |           |
            brook-dental   | Brook Dental    | SMB        | ben | GBP |  4100 |  700 |  64 | value           |           |
            corvo-wines    | Corvo Wines     | SMB        | ana | EUR |  5300 |  220 |  92 | budget          |           |
            delft-tools    | Delft Tools     | Mid-market | ben | EUR | 27400 |  960 | 120 | competitor      | Initech   |
            elm-clinics    | Elm Clinics     | SMB        | ana | USD |  8800 |   80 | 131 | bad fit         |           |
            fenwick-paper  | Fenwick Paper   | Mid-market | ben | GBP | 31900 | 1240 | 150 | poor service    |           |
            gamla-hotel    | Gamla Hotell    | SMB        | ana | EUR |  7700 |  540 | 177 | out of business |           |
            hillside-farm  | Hillside Farms  | SMB        | ben | USD |  3900 |  300 | 204 | price           |           |  60
            iris-optics    | Iris Optics     | Mid-market | ana | EUR | 22500 |  820 | 231 | no longer needed|           |
            jarl-boats     | Jarl Boats      | SMB        | ben | EUR |  5600 |  400 | 262 | Data residency  |           |
            kelp-studio    | Kelp Studio     | SMB        | ana | EUR |  2900 |  190 | 287 | not used        |           |
            lumbra-steel   | Lumbra Steel    | Enterprise | ben | USD | 96000 | 1300 | 305 | competitor      | Hooli     |
            moss-travel    | Moss Travel     | SMB        | ana | EUR |  4800 |  610 | 322 | Seasonal        |           |  30
            nord-cable     | Nord Cable      | Mid-market | ben | EUR | 18300 |  720 | 340 | cost            |           | 150
            """;

    private final Records records;
    private final Clock clock;

    DemoLeaving(Records records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    private record Lost(
            String id,
            String name,
            String segment,
            String owner,
            String currency,
            int arr,
            int stayed,
            int gone,
            String reason,
            String competitor,
            String back) {}

    /** Writing it again changes nothing. */
    public void load() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<Lost> lost = LOST.lines().map(DemoLeaving::lost).toList();
        write(
                "accounts",
                lost.stream()
                        .map(c -> row(
                                c.id(),
                                "name",
                                c.name(),
                                "segment",
                                c.segment(),
                                "owner",
                                c.owner(),
                                "customer_since",
                                day(today, c.gone() + c.stayed())))
                        .toList());
        write(
                "contacts",
                lost.stream()
                        .map(c -> row(
                                c.id() + "-lead",
                                "account",
                                c.id(),
                                "name",
                                "The lead of " + c.name(),
                                "email",
                                "lead@" + c.id() + ".example"))
                        .toList());
        write("contract-lines", lines(lost, today));
        write(
                "cancellations",
                lost.stream()
                        .map(c -> row(
                                c.id() + "-cancellation",
                                "account",
                                c.id(),
                                "cancelled_on",
                                day(today, c.gone() + 40),
                                "effective_on",
                                day(today, c.gone()),
                                "reason",
                                c.reason(),
                                "competitor",
                                c.competitor().isEmpty() ? null : c.competitor(),
                                "amount",
                                c.arr() + ".00",
                                "currency",
                                c.currency()))
                        .toList());
        write("usage", use(today));
        write("save-attempts", attempts(today));
        write("exit-interviews", interviews(today));
        write("survey-responses", answers(today));
    }

    private static List<RecordRow> lines(List<Lost> lost, LocalDate today) {
        List<RecordRow> lines = new ArrayList<>();
        for (Lost c : lost) {
            lines.add(line(c, "term", day(today, c.gone() + c.stayed()), day(today, c.gone()), c.arr()));
            if (!c.back().isEmpty()) {
                int back = Integer.parseInt(c.back());
                lines.add(line(c, "again", day(today, back), day(today, back - 365), c.arr() * 4 / 5));
            }
        }
        return lines;
    }

    private static RecordRow line(Lost c, String part, String from, String until, int amount) {
        return row(
                c.id() + "-" + part,
                "account",
                c.id(),
                "product",
                c.segment().equals("SMB") ? "Lumen Team" : "Lumen Business",
                "kind",
                "subscription",
                "amount",
                amount + ".00",
                "period",
                "year",
                "currency",
                c.currency(),
                "starts_on",
                from,
                "ends_on",
                until);
    }

    /** Two of those who left go on working with what they can still open. */
    private static List<RecordRow> use(LocalDate today) {
        List<RecordRow> rows = new ArrayList<>();
        for (String account : List.of("aker-print", "brook-dental")) {
            for (int ago = 120; ago >= 1; ago--) {
                if (today.minusDays(ago).getDayOfWeek().getValue() < 6) {
                    rows.add(row(
                            "",
                            "account",
                            account,
                            "day",
                            day(today, ago),
                            "feature",
                            "boards",
                            "events",
                            ago > 40 ? "60" : "14",
                            "users",
                            ago > 40 ? "9" : "2"));
                }
            }
        }
        return rows;
    }

    private static List<RecordRow> attempts(LocalDate today) {
        return List.of(
                attempt("brook-dental", "save", "Training", 90, "ben", "No time for it now", "lost", 80, today),
                attempt(
                        "delft-tools",
                        "save",
                        "Discount",
                        150,
                        "ben",
                        "Initech was half the price",
                        "lost",
                        140,
                        today),
                attempt("fenwick-paper", "save", "Executive call", 180, "ben", "Too late", "lost", 170, today),
                attempt("kiva", "save", "Downgrade", 210, "ana", "Stayed with fewer seats", "saved", 200, today),
                attempt("tamm", "save", "Pause", 190, "ben", "Went on after the summer", "saved", 185, today),
                attempt("alba-foods", "save", "Executive call", 12, "ben", "Wants a plan in writing", "open", 0, today),
                attempt("nord-cable", "win_back", "Discount", 165, "ben", "Came back for a year", "saved", 152, today),
                attempt(
                        "hillside-farm",
                        "win_back",
                        "Downgrade",
                        75,
                        "ben",
                        "The small program fits",
                        "saved",
                        62,
                        today),
                attempt("iris-optics", "win_back", "Executive call", 20, "ana", "", "open", 0, today));
    }

    private static RecordRow attempt(
            String account,
            String purpose,
            String offer,
            int made,
            String member,
            String answer,
            String result,
            int decided,
            LocalDate today) {
        return row(
                "attempt-" + account,
                "account",
                account,
                "purpose",
                purpose,
                "offer",
                offer,
                "made_on",
                day(today, made),
                "member",
                member,
                "answer",
                answer.isEmpty() ? null : answer,
                "result",
                result,
                "result_on",
                result.equals("open") ? null : day(today, decided));
    }

    private static List<RecordRow> interviews(LocalDate today) {
        return List.of(
                row(
                        "interview-delft-tools",
                        "account",
                        "delft-tools",
                        "cancellation",
                        "delft-tools-cancellation",
                        "held_on",
                        day(today, 110),
                        "member",
                        "ben",
                        "reason",
                        "value",
                        "what_changed",
                        "A new head of operations who had not chosen us",
                        "expected_value",
                        "Fewer empty shifts; nobody could show the number when the budget was made",
                        "alternatives",
                        "Initech, because it came with the payroll",
                        "would_have_kept",
                        "A report of what it brought, in spring",
                        "would_return",
                        "When the contract with Initech ends",
                        "finished",
                        "true"),
                row(
                        "interview-fenwick-paper",
                        "account",
                        "fenwick-paper",
                        "cancellation",
                        "fenwick-paper-cancellation",
                        "held_on",
                        day(today, 140),
                        "member",
                        "ben",
                        "reason",
                        "poor_service",
                        "service_experience",
                        "Three people in a year, and each began from the beginning",
                        "finished",
                        "false"));
    }

    private static List<RecordRow> answers(LocalDate today) {
        return List.of(row(
                "exit-brook-dental",
                "account",
                "brook-dental",
                "contact",
                "brook-dental-lead",
                "kind",
                "exit",
                "survey",
                "Exit survey: Cost",
                "comment",
                "For what we used of it, it was too much.",
                "answered_at",
                day(today, 60) + "T09:12:00Z"));
    }

    private static Lost lost(String line) {
        String[] cells = line.split("\\|", -1);
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cells[i].strip();
        }
        return new Lost(
                cells[0],
                cells[1],
                cells[2],
                cells[3],
                cells[4],
                Integer.parseInt(cells[5]),
                Integer.parseInt(cells[6]),
                Integer.parseInt(cells[7]),
                cells[8],
                cells[9],
                cells[10]);
    }

    private static String day(LocalDate today, int ago) {
        return today.minusDays(ago).toString();
    }

    private void write(String name, List<RecordRow> rows) {
        RecordType type = Objects.requireNonNull(records.type(name).orElse(null), name);
        var write = new Records.Write(Ids.next(), type.title() + " of those who left", Records.Formats.ISO);
        for (RowOutcome outcome : records.upsert(type, rows, DemoCompany.DEMO, write)) {
            if (outcome.result() == Result.INVALID) {
                throw new IllegalStateException("The demo company has a bad row in " + name + ": " + outcome);
            }
        }
    }
}
