package io.perennial.metrics.profit;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What an hour costs, from a day on, and what counts where nothing was recorded. */
@Component
public class CostRates {

    static final String RATE = "cost-rate";
    static final String ASSUMPTION = "cost-assumption";

    private final JdbcClient database;
    private final Audit audit;
    private final CostKeeping keeping;
    private final Clock clock;

    CostRates(JdbcClient database, Audit audit, CostKeeping keeping, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.keeping = keeping;
        this.clock = clock;
    }

    /**
     * @param whose a role, the id of a team, or empty for everybody else
     * @param overhead share on top of the hour: 0.25 is a quarter
     * @param monthHours productive hours of one person in a month; null when nobody said
     */
    public record Rate(
            UUID id,
            String whose,
            String name,
            LocalDate from,
            BigDecimal hourly,
            BigDecimal overhead,
            @Nullable BigDecimal monthHours,
            String currency,
            String setBy) {}

    /** @param currency null for minutes */
    public record Assumption(
            String what,
            LocalDate from,
            BigDecimal amount,
            @Nullable String currency,
            String setBy) {}

    public record Team(UUID id, String name) {}

    public List<Team> teams() {
        return database.sql("select id, name from identity.team order by name limit 200")
                .query((row, number) -> new Team(row.getObject(1, UUID.class), row.getString(2)))
                .list();
    }

    /** The latest first; at most 500. */
    @Transactional(readOnly = true)
    public List<Rate> rates() {
        return database.sql("""
                select r.id, coalesce(r.role, r.team_id::text, '') as whose, coalesce(t.name, r.role, '') as name, r.starts_on,
                    r.hourly, r.overhead, r.month_hours, r.currency, r.set_by
                from metrics.cost_rate r left join identity.team t on t.id = r.team_id
                order by r.starts_on desc, t.name nulls last, r.role nulls last limit 500
                """)
                .query((row, number) -> new Rate(
                        row.getObject("id", UUID.class),
                        row.getString("whose"),
                        row.getString("name"),
                        row.getObject("starts_on", LocalDate.class),
                        row.getBigDecimal("hourly"),
                        row.getBigDecimal("overhead"),
                        row.getBigDecimal("month_hours"),
                        row.getString("currency"),
                        row.getString("set_by")))
                .list();
    }

    @Transactional(readOnly = true)
    public List<Assumption> assumptions() {
        return database.sql("""
                select what, starts_on, amount, currency, set_by from metrics.cost_assumption
                order by starts_on desc, what limit 500
                """)
                .query((row, number) -> new Assumption(
                        row.getString("what"),
                        row.getObject("starts_on", LocalDate.class),
                        row.getBigDecimal("amount"),
                        row.getString("currency"),
                        row.getString("set_by")))
                .list();
    }

    /** Units that were delivered and have no cost of their own. */
    public List<String> unitsWithoutCost() {
        return database.sql("""
                select distinct p.unit from programs.pot p
                where p.consumed > 0 and not exists (select from metrics.cost_assumption a where a.what = 'unit:' || p.unit)
                order by 1 limit 50
                """).query((row, number) -> row.getString(1)).list();
    }

    /** The rate of everybody else in force today, else that of CSMs, else the latest of any; empty when nobody said. */
    public Optional<Rate> usual(LocalDate today) {
        return rates().stream()
                .filter(rate -> !rate.from().isAfter(today))
                .min(Comparator.comparing(
                        rate -> rate.whose().isEmpty() ? 0 : rate.whose().equals("CSM") ? 1 : 2));
    }

    public static boolean maySet(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /**
     * Replaces what was said for these and that day.
     *
     * @return the change, for undo; null when nothing changed
     */
    @Transactional
    public @Nullable UUID set(
            String whose,
            LocalDate from,
            BigDecimal hourly,
            BigDecimal overhead,
            @Nullable BigDecimal monthHours,
            String currency,
            Viewer viewer) {
        leaders(viewer);
        String role = role(whose);
        UUID team = role == null && !whose.isEmpty() ? UUID.fromString(whose) : null;
        UUID known = database.sql("""
                select id from metrics.cost_rate
                where role is not distinct from :role and team_id is not distinct from cast(:team as uuid) and starts_on = :from
                """)
                .param("role", role)
                .param("team", team)
                .param("from", from)
                .query(UUID.class)
                .optional()
                .orElse(null);
        UUID id = known == null ? Ids.next() : known;
        String before = said(RATE, id.toString());
        database.sql("""
                insert into metrics.cost_rate
                    (id, role, team_id, starts_on, hourly, overhead, month_hours, currency, set_by, set_at)
                values (:id, :role, cast(:team as uuid), :from, :hourly, :overhead, :hours, :currency, :by, :now)
                on conflict (id) do update set hourly = excluded.hourly, overhead = excluded.overhead,
                    month_hours = excluded.month_hours, currency = excluded.currency, set_by = excluded.set_by,
                    set_at = excluded.set_at
                where (cost_rate.hourly, cost_rate.overhead, cost_rate.month_hours, cost_rate.currency)
                    is distinct from (excluded.hourly, excluded.overhead, excluded.month_hours, excluded.currency)
                """)
                .param("id", id)
                .param("role", role)
                .param("team", team)
                .param("from", from)
                .param("hourly", hourly)
                .param("overhead", overhead)
                .param("hours", monthHours)
                .param("currency", currency)
                .param("by", viewer.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return record(
                RATE,
                id.toString(),
                before,
                "An hour from " + from + " on costs " + hourly.toPlainString() + " " + currency,
                viewer);
    }

    /** @return the change, for undo; null when nothing changed */
    @Transactional
    public @Nullable UUID assume(
            String what, LocalDate from, @Nullable BigDecimal amount, @Nullable String currency, Viewer viewer) {
        leaders(viewer);
        String id = what + "|" + from;
        String before = said(ASSUMPTION, id);
        if (amount == null) {
            forget(ASSUMPTION, id);
        } else {
            database.sql("""
                    insert into metrics.cost_assumption (what, starts_on, amount, currency, set_by, set_at)
                    values (:what, :from, :amount, :currency, :by, :now)
                    on conflict (what, starts_on) do update set amount = excluded.amount, currency = excluded.currency,
                        set_by = excluded.set_by, set_at = excluded.set_at
                    where (cost_assumption.amount, cost_assumption.currency)
                        is distinct from (excluded.amount, excluded.currency)
                    """)
                    .param("what", what)
                    .param("from", from)
                    .param("amount", amount)
                    .param("currency", currency)
                    .param("by", viewer.name())
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        }
        String words = amount == null
                ? "What counts for " + what + " from " + from + " on taken back"
                : "A " + what + " without record counts " + amount.toPlainString() + " "
                        + (currency == null ? "minutes" : currency) + " from " + from + " on";
        return record(ASSUMPTION, id, before, words, viewer);
    }

    /** @return the change, for undo; null when it was gone already */
    @Transactional
    public @Nullable UUID takeBack(UUID rate, Viewer viewer) {
        leaders(viewer);
        String before = said(RATE, rate.toString());
        forget(RATE, rate.toString());
        return record(RATE, rate.toString(), before, "A cost rate taken back", viewer);
    }

    private @Nullable UUID record(String kind, String id, @Nullable String before, String what, Viewer viewer) {
        String after = said(kind, id);
        if (Objects.equals(before, after)) {
            return null;
        }
        keeping.wakeAfterCommit();
        return audit.record(viewer.actor(), kind, what, List.of(new ChangedThing(kind, id, null, before, after)));
    }

    private static void leaders(Viewer viewer) {
        if (!maySet(viewer)) {
            throw new AccessDeniedException("Only leaders say what time costs.");
        }
    }

    private static @Nullable String role(String whose) {
        for (Role role : Role.values()) {
            if (role.name().equals(whose)) {
                return whose;
            }
        }
        return null;
    }

    /** What is said, as the database writes it; null when nothing is. */
    @Nullable
    String said(String kind, String id) {
        return database.sql("select to_jsonb(c)::text from metrics." + table(kind) + " c where " + key(kind) + " = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    void forget(String kind, String id) {
        database.sql("delete from metrics." + table(kind) + " c where " + key(kind) + " = :id")
                .param("id", id)
                .update();
        keeping.wakeAfterCommit();
    }

    void restore(String kind, String id, String said) {
        forget(kind, id);
        database.sql("insert into metrics." + table(kind) + " select * from jsonb_populate_record(null::metrics."
                        + table(kind) + ", cast(:said as jsonb))")
                .param("said", said)
                .update();
    }

    private static String table(String kind) {
        return kind.equals(RATE) ? "cost_rate" : "cost_assumption";
    }

    private static String key(String kind) {
        return kind.equals(RATE) ? "c.id::text" : "c.what || '|' || c.starts_on";
    }
}
