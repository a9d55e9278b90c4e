package io.perennial.metrics.revenue;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What customers cost to win and leave, from a month on, as leaders say. Nothing is assumed for the months before. */
@Component
public class CustomerCosts {

    static final String KIND = "customer-cost";

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    CustomerCosts(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What is said from a day on.
     *
     * @param grossMargin share of revenue that is left after delivery: 0.7 is 70 %
     * @param acquisition sales and marketing of a month; null when not said, and then its currency too
     */
    public record Cost(
            LocalDate from,
            BigDecimal grossMargin,
            @Nullable BigDecimal acquisition,
            @Nullable String currency,
            String setBy) {}

    /** The latest first. */
    @Transactional(readOnly = true)
    public List<Cost> all() {
        return database.sql("""
                select starts_on, gross_margin, acquisition, currency, set_by
                from metrics.customer_cost order by starts_on desc limit 500
                """)
                .query((row, number) -> new Cost(
                        row.getObject("starts_on", LocalDate.class),
                        row.getBigDecimal("gross_margin"),
                        row.getBigDecimal("acquisition"),
                        row.getString("currency"),
                        row.getString("set_by")))
                .list();
    }

    /** What counts on a day. */
    static Optional<Cost> on(List<Cost> latestFirst, LocalDate day) {
        return latestFirst.stream().filter(cost -> !cost.from().isAfter(day)).findFirst();
    }

    public static boolean maySet(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /**
     * Replaces what was said for that day; a margin of null takes it back.
     *
     * @return the change, for undo; null when nothing changed
     */
    @Transactional
    public @Nullable UUID set(
            LocalDate from,
            @Nullable BigDecimal grossMargin,
            @Nullable BigDecimal acquisition,
            @Nullable String currency,
            Viewer viewer) {
        if (!maySet(viewer)) {
            throw new AccessDeniedException("Only leaders say what customers cost.");
        }
        String before = said(from);
        if (grossMargin == null) {
            forget(from);
        } else {
            database.sql("""
                    insert into metrics.customer_cost (starts_on, gross_margin, acquisition, currency, set_by, set_at)
                    values (:from, :margin, :acquisition, :currency, :by, :now)
                    on conflict (starts_on) do update set gross_margin = excluded.gross_margin,
                        acquisition = excluded.acquisition, currency = excluded.currency,
                        set_by = excluded.set_by, set_at = excluded.set_at
                    where (customer_cost.gross_margin, customer_cost.acquisition, customer_cost.currency)
                        is distinct from (excluded.gross_margin, excluded.acquisition, excluded.currency)
                    """)
                    .param("from", from)
                    .param("margin", grossMargin)
                    .param("acquisition", acquisition)
                    .param("currency", acquisition == null ? null : currency)
                    .param("by", viewer.name())
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        }
        String after = said(from);
        if (Objects.equals(before, after)) {
            return null;
        }
        String what = grossMargin == null
                ? "What customers cost from " + from + " on taken back"
                : "What customers cost from " + from + " on set: margin "
                        + grossMargin.movePointRight(2).stripTrailingZeros().toPlainString() + " %"
                        + (acquisition == null
                                ? ""
                                : ", " + acquisition.toPlainString() + " " + currency + " a month to win new ones");
        return audit.record(
                viewer.actor(), KIND, what, List.of(new ChangedThing(KIND, from.toString(), null, before, after)));
    }

    /** What is said for exactly that day, as the database writes it; null when nothing is. */
    @Nullable
    String said(LocalDate from) {
        return database.sql("select to_jsonb(c)::text from metrics.customer_cost c where starts_on = :from")
                .param("from", from)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    void forget(LocalDate from) {
        database.sql("delete from metrics.customer_cost where starts_on = :from")
                .param("from", from)
                .update();
    }

    void restore(LocalDate from, String said) {
        forget(from);
        database.sql("""
                insert into metrics.customer_cost
                select * from jsonb_populate_record(null::metrics.customer_cost, cast(:said as jsonb))
                """).param("said", said).update();
    }
}
