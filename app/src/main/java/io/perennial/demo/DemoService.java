package io.perennial.demo;

import static io.perennial.demo.DemoRecords.row;

import io.perennial.demo.Customer.Story;
import io.perennial.platform.records.RecordRow;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the demo company's service costs: rates, what counts where nothing was recorded, and the time that people logged. */
final class DemoService {

    private static final int YEAR = 365;

    private final LocalDate today;
    private final Random random = new Random(58);

    DemoService(LocalDate today) {
        this.today = today;
    }

    /** Rates from three years ago and dearer ones since last year; and one set of exchange rates. */
    void rates(JdbcClient database, Instant now) {
        LocalDate first = today.minusYears(3).withDayOfYear(1);
        LocalDate since = today.minusYears(1).withDayOfYear(1);
        rate(database, now, "CSM", first, "58", "120");
        rate(database, now, "CSM", since, "62", "120");
        rate(database, now, "SUPPORT", first, "44", "125");
        rate(database, now, "SUPPORT", since, "48", "125");
        rate(database, now, null, first, "75", null);
        assumed(database, now, "case", first, "38", "EUR");
        assumed(database, now, "call", first, "30", null);
        assumed(database, now, "meeting", first, "75", null);
        assumed(database, now, "unit:reviews", first, "420", "EUR");
        database.sql("""
                insert into metrics.customer_cost (starts_on, gross_margin, acquisition, currency, set_by, set_at)
                values (:from, 0.74, 21000, 'EUR', 'Demo company', :now)
                on conflict do nothing
                """).param("from", first).param("now", Timestamp.from(now)).update();
        database.sql("""
                insert into contracts.exchange_rate (currency, units, own)
                select * from (values ('EUR', 1, true), ('USD', 1.09, false), ('GBP', 0.84, false)) as r (currency, units, own)
                where not exists (select from contracts.exchange_rate)
                """).update();
    }

    private static void rate(
            JdbcClient database,
            Instant now,
            @Nullable String role,
            LocalDate from,
            String hourly,
            @Nullable String hours) {
        database.sql("""
                insert into metrics.cost_rate (id, role, starts_on, hourly, overhead, month_hours, currency, set_by, set_at)
                values (:id, :role, :from, :hourly, 0.25, cast(:hours as numeric), 'EUR', 'Demo company', :now)
                on conflict do nothing
                """)
                .param("id", UUID.randomUUID())
                .param("role", role)
                .param("from", from)
                .param("hourly", new BigDecimal(hourly))
                .param("hours", hours)
                .param("now", Timestamp.from(now))
                .update();
    }

    private static void assumed(
            JdbcClient database, Instant now, String what, LocalDate from, String amount, @Nullable String currency) {
        database.sql("""
                insert into metrics.cost_assumption (what, starts_on, amount, currency, set_by, set_at)
                values (:what, :from, :amount, :currency, 'Demo company', :now)
                on conflict do nothing
                """)
                .param("what", what)
                .param("from", from)
                .param("amount", new BigDecimal(amount))
                .param("currency", currency)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Who is new is helped to start, large ones are coached, and who left had had little time. */
    List<RecordRow> timeEntries(List<Customer> customers) {
        List<RecordRow> rows = new ArrayList<>();
        for (Customer customer : customers) {
            for (int week = 0; week < 6; week++) {
                int ago = customer.since() - 5 - 9 * week;
                if (ago > 0 && ago < 2 * YEAR && (customer.story() != Story.LOST || week == 0)) {
                    entry(rows, customer, customer.owner(), "onboarding", ago, 60 + 30 * random.nextInt(4));
                }
            }
            if (customer.story() == Story.LOST) {
                continue;
            }
            boolean small = customer.segment().equals("SMB");
            int every = small ? 120 : customer.segment().equals("Enterprise") ? 21 : 45;
            for (int ago = 6 + random.nextInt(every); ago < Math.min(customer.since(), YEAR); ago += every) {
                String activity = random.nextInt(3) == 0 ? "training" : "success coaching";
                entry(rows, customer, customer.owner(), activity, ago, 30 + 15 * random.nextInt(small ? 3 : 9));
            }
            if (customer.story() == Story.FLOODED || customer.id().equals("norda-bank")) {
                for (int ago = 3; ago < 40; ago += 4) {
                    entry(rows, customer, "dev", "technical help", ago, 120 + 30 * random.nextInt(5));
                }
            }
        }
        return rows;
    }

    private void entry(List<RecordRow> rows, Customer customer, String who, String activity, int ago, int minutes) {
        LocalDate day = today.minusDays(ago);
        LocalDate worked = day.getDayOfWeek() == DayOfWeek.SUNDAY ? day.minusDays(2) : day;
        rows.add(row(
                "time-" + customer.id() + "-" + rows.size(),
                "account",
                customer.id(),
                "member",
                who,
                "activity",
                activity,
                "day",
                worked.toString(),
                "minutes",
                Integer.toString(minutes)));
    }
}
