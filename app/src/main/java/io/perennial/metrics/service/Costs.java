package io.perennial.metrics.service;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the service desk costs, from a day on. Nothing is assumed for the days before. */
@Component
public class Costs {

    static final String KIND = "service-cost";

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    Costs(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param monthly operating expense of a whole month */
    public record Cost(LocalDate from, BigDecimal monthly, String currency, String setBy) {}

    /** The latest first. */
    @Transactional(readOnly = true)
    public List<Cost> all() {
        return database.sql(
                        "select starts_on, monthly, currency, set_by from metrics.service_cost order by starts_on desc")
                .query((row, number) -> new Cost(
                        row.getObject("starts_on", LocalDate.class),
                        row.getBigDecimal("monthly"),
                        row.getString("currency"),
                        row.getString("set_by")))
                .list();
    }

    public static boolean maySet(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /**
     * Replaces what was said for that day; a monthly cost of null takes it back.
     *
     * @return the change, for undo; null when nothing changed
     */
    @Transactional
    public @Nullable UUID set(LocalDate from, @Nullable BigDecimal monthly, String currency, Viewer viewer) {
        if (!maySet(viewer)) {
            throw new AccessDeniedException("Only leaders say what the service desk costs.");
        }
        String before = said(from);
        if (monthly == null) {
            forget(from);
        } else {
            database.sql("""
                    insert into metrics.service_cost (starts_on, monthly, currency, set_by, set_at)
                    values (:from, :monthly, :currency, :by, :now)
                    on conflict (starts_on) do update set monthly = excluded.monthly, currency = excluded.currency,
                        set_by = excluded.set_by, set_at = excluded.set_at
                    where (service_cost.monthly, service_cost.currency) is distinct from (excluded.monthly, excluded.currency)
                    """)
                    .param("from", from)
                    .param("monthly", monthly)
                    .param("currency", currency)
                    .param("by", viewer.name())
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        }
        String after = said(from);
        if (Objects.equals(before, after)) {
            return null;
        }
        String what = monthly == null
                ? "Cost of the service desk from " + from + " on taken back"
                : "Cost of the service desk from " + from + " on set to " + monthly.toPlainString() + " " + currency
                        + " a month";
        return audit.record(
                viewer.actor(), KIND, what, List.of(new ChangedThing(KIND, from.toString(), null, before, after)));
    }

    /** What is said for exactly that day, as the database writes it; null when nothing is. */
    @Nullable
    String said(LocalDate from) {
        return database.sql("select to_jsonb(c)::text from metrics.service_cost c where starts_on = :from")
                .param("from", from)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    void forget(LocalDate from) {
        database.sql("delete from metrics.service_cost where starts_on = :from")
                .param("from", from)
                .update();
    }

    void restore(LocalDate from, String said) {
        forget(from);
        database.sql("""
                insert into metrics.service_cost
                select * from jsonb_populate_record(null::metrics.service_cost, cast(:said as jsonb))
                """).param("said", said).update();
    }

    /** @param currency empty where several are meant */
    record Sum(BigDecimal amount, String currency) {}

    /** Each day counts its part of its month; null when no cost is set for some of the days. */
    @Nullable
    Sum sum(LocalDate from, LocalDate until) {
        List<Cost> costs = all();
        BigDecimal sum = BigDecimal.ZERO;
        String currency = "";
        for (LocalDate day = from; day.isBefore(until); ) {
            LocalDate at = day;
            Cost cost = costs.stream()
                    .filter(each -> !each.from().isAfter(at))
                    .findFirst()
                    .orElse(null);
            if (cost == null || !currency.isEmpty() && !currency.equals(cost.currency())) {
                return null;
            }
            currency = cost.currency();
            LocalDate next = costs.stream()
                    .map(Cost::from)
                    .filter(start -> start.isAfter(at))
                    .min(LocalDate::compareTo)
                    .orElse(until);
            LocalDate end =
                    earliest(next, until, YearMonth.from(day).plusMonths(1).atDay(1));
            BigDecimal share = BigDecimal.valueOf(end.toEpochDay() - day.toEpochDay());
            BigDecimal month = BigDecimal.valueOf(YearMonth.from(day).lengthOfMonth());
            sum = sum.add(io.perennial.metrics.Exact.divide(cost.monthly().multiply(share), month));
            day = end;
        }
        return new Sum(sum, currency);
    }

    private static LocalDate earliest(LocalDate... days) {
        return Arrays.stream(days).min(LocalDate::compareTo).orElseThrow();
    }
}
