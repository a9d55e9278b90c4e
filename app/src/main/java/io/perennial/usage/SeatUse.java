package io.perennial.usage;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** How much of what was sold is used, over all customers. */
@Component
public class SeatUse {

    private final JdbcClient database;
    private final Seats seats;

    SeatUse(JdbcClient database, Seats seats) {
        this.database = database;
        this.seats = seats;
    }

    /**
     * Sums over customers and days on which somebody used the product and seats were sold.
     *
     * @param activeUsers user-days
     * @param seats seat-days
     */
    public record Figure(long activeUsers, long seats) {

        /** Between 0 and 1 where nobody shares a seat; null when nothing was sold or used. */
        public @Nullable BigDecimal share() {
            return seats == 0
                    ? null
                    : BigDecimal.valueOf(activeUsers).divide(BigDecimal.valueOf(seats), MathContext.DECIMAL64);
        }

        Figure plus(Figure other) {
            return new Figure(activeUsers + other.activeUsers, seats + other.seats);
        }
    }

    /** Half-open: from the first day to the last but one. */
    public Figure between(LocalDate from, LocalDate until) {
        UUID[] accounts = database.sql(
                        "select distinct account_id from usage.account_day where day >= :from and day < :until")
                .param("from", from)
                .param("until", until)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list()
                .toArray(UUID[]::new);
        return from.datesUntil(until).map(day -> on(day, accounts)).reduce(new Figure(0, 0), Figure::plus);
    }

    private Figure on(LocalDate day, UUID[] accounts) {
        return database.sql("""
                select coalesce(sum(used.active_users), 0) as users, coalesce(sum(sold.seats), 0) as seats
                from usage.account_day used join (%s) sold using (account_id)
                where used.day = :today and used.active_users > 0 and sold.seats > 0
                """.formatted(seats.select()))
                .param("accounts", new SqlArrayValue("uuid", (Object[]) accounts))
                .param("today", day)
                .query((row, number) -> new Figure(row.getLong("users"), row.getLong("seats")))
                .single();
    }
}
