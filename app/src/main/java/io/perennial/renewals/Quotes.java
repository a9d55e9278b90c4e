package io.perennial.renewals;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a renewal would cost, line by line. */
@Component
public class Quotes {

    private static final int MOST_LINES = 500;

    private final JdbcClient database;
    private final RenewalWork work;
    private final RenewalLog log;
    private final Clock clock;

    Quotes(JdbcClient database, RenewalWork work, RenewalLog log, Clock clock) {
        this.database = database;
        this.work = work;
        this.log = log;
        this.clock = clock;
    }

    /** @param annual what the line brings in a year now, rounded to the currency */
    public record Line(
            String product,
            @Nullable Integer seats,
            @Nullable String unit,
            BigDecimal annual) {}

    /**
     * A summary whose rows add up to its sums: lines and {@code rounding} make {@code now}; with {@code uplift} and fees it is
     * {@code proposed}, the amount that every page shows.
     */
    public record Quote(
            Renewal renewal,
            List<Line> lines,
            BigDecimal rounding,
            BigDecimal now,
            BigDecimal uplift,
            List<RenewalWork.Fee> fees,
            BigDecimal proposed,
            LocalDate madeOn) {}

    public Quote of(Renewal renewal) {
        List<Line> lines = database.sql("""
                select l.product, l.seats, l.unit, round(l.annual, renewals.decimals(l.currency)) as annual
                from renewals.renewal r
                join contracts.contract_line l on coalesce(l.contract_id, l.id) = r.unit and l.account_id = r.account_id
                    and l.currency = r.currency and coalesce(l.scheduled_ends_on, l.ends_on) = r.due_on
                where r.id = :id and l.annual <> 0 order by l.product, l.id limit :most
                """)
                .param("id", renewal.id())
                .param("most", MOST_LINES)
                .query((row, number) -> new Line(
                        row.getString("product"),
                        (Integer) row.getObject("seats"),
                        row.getString("unit"),
                        row.getBigDecimal("annual")))
                .list();
        BigDecimal now = renewal.now();
        BigDecimal shown = lines.stream().map(Line::annual).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Quote(
                renewal,
                lines,
                now.subtract(shown),
                now,
                renewal.proposed().subtract(renewal.fees()).subtract(now),
                work.fees(renewal.id()),
                renewal.proposed(),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /** The customer has it. */
    @Transactional
    public @Nullable UUID given(UUID id, Worker worker) {
        Renewal renewal = work.open(id, worker);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return log.changed(renewal, "gave the quote", RenewalWork.itself(renewal), worker.actor(), () -> {
            database.sql("update renewals.renewal set quoted_on = :today where id = :id")
                    .param("today", today)
                    .param("id", id)
                    .update();
            work.reached(id, Stage.QUOTED);
        });
    }
}
