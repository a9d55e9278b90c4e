package io.perennial.contracts;

import io.perennial.accounts.AccountIds;
import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the customer pays. Connected as soon as one contract names a payment that was due, paid since or not. */
@Component
class PaymentMeasures implements MeasureSource {

    private static final String LATE = "payment_days_late";

    private final JdbcClient database;

    PaymentMeasures(JdbcClient database) {
        this.database = database;
    }

    @Override
    public List<Measure> measures() {
        return List.of(new Measure(
                LATE,
                "Late payment",
                "days",
                "payments",
                "Days since the oldest open payment was due; 0 when everything that was due is paid."));
    }

    @Override
    public boolean connected(LocalDate asOf) {
        // The first due date by its index: asked whether any is early enough, a prepared plan reads every contract.
        return database.sql("""
                select coalesce(min(payment_due_on) <= :day, false) from contracts.contract
                where payment_due_on is not null
                """).param("day", asOf).query(Boolean.class).single();
    }

    @Override
    public void read(MeasureQuery query, Readings into) {
        if (query.accounts().isEmpty()) {
            return;
        }
        LocalDate today = query.today();
        database.sql("""
                select account_id, min(payment_due_on) filter (where paid_on is null or paid_on > :today) as due_on
                from contracts.contract
                where account_id = any(:accounts) and starts_on <= :today
                  and (payment_due_on is null or payment_due_on <= :today)
                group by account_id
                """)
                .param("accounts", AccountIds.array(query.accounts()))
                .param("today", today)
                .query(row -> {
                    AccountId account = new AccountId(row.getObject("account_id", UUID.class));
                    LocalDate due = row.getObject("due_on", LocalDate.class);
                    if (due == null) {
                        into.read(account, LATE, 0, today, () -> "everything due is paid");
                    } else {
                        long days = ChronoUnit.DAYS.between(due, today);
                        into.read(account, LATE, days, today, () -> days + " days late, due on " + due);
                    }
                });
    }
}
