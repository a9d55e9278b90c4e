package io.perennial.contracts;

import io.perennial.accounts.AccountIds;
import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
        Span span = query.once().span();
        Map<AccountId, List<Payment>> payments = span == null
                ? of(query.accounts(), today)
                : span.of(this, () -> of(span.accounts(), LocalDate.ofInstant(span.last(), ZoneOffset.UTC)));
        for (AccountId account : query.accounts()) {
            List<Payment> known = payments.getOrDefault(account, List.of()).stream()
                    .filter(payment -> payment.knownOn(today))
                    .toList();
            if (!known.isEmpty()) {
                known.stream()
                        .filter(payment -> payment.openOn(today))
                        .map(Payment::dueOn)
                        .min(Comparator.naturalOrder())
                        .ifPresentOrElse(
                                due -> late(account, due, today, into),
                                () -> into.read(account, LATE, 0, today, () -> "everything due is paid"));
            }
        }
    }

    private static void late(AccountId account, LocalDate due, LocalDate today, Readings into) {
        long days = ChronoUnit.DAYS.between(due, today);
        into.read(account, LATE, days, today, () -> days + " days late, due on " + due);
    }

    private record Payment(
            LocalDate startsOn,
            @Nullable LocalDate dueOn,
            @Nullable LocalDate paidOn) {

        boolean knownOn(LocalDate day) {
            return !startsOn.isAfter(day) && (dueOn == null || !dueOn.isAfter(day));
        }

        boolean openOn(LocalDate day) {
            return dueOn != null && (paidOn == null || paidOn.isAfter(day));
        }
    }

    private Map<AccountId, List<Payment>> of(Collection<AccountId> accounts, LocalDate last) {
        Map<AccountId, List<Payment>> payments = new HashMap<>();
        database.sql("""
                select account_id, starts_on, payment_due_on, paid_on from contracts.contract
                where account_id = any(:accounts) and starts_on <= :last
                  and (payment_due_on is null or payment_due_on <= :last)
                """)
                .param("accounts", AccountIds.array(accounts))
                .param("last", last)
                .query(row -> {
                    payments.computeIfAbsent(new AccountId(row.getObject(1, UUID.class)), account -> new ArrayList<>(2))
                            .add(new Payment(
                                    row.getObject(2, LocalDate.class),
                                    row.getObject(3, LocalDate.class),
                                    row.getObject(4, LocalDate.class)));
                });
        return payments;
    }
}
