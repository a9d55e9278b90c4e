package io.perennial.contracts;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How recurring revenue is counted: how long a lapsed customer may take to renew late, and one set of exchange rates for all days.
 * Another grace is another history of everybody, derived again in the background and seen at once.
 */
@Component
public class RevenueRules {

    static final String KIND = "revenue-rules";

    private static final String STATE = """
            select jsonb_build_object('grace_days', contracts.grace_days(),
                'rates', coalesce((select jsonb_agg(to_jsonb(r) order by r.currency) from contracts.exchange_rate r),
                    '[]'::jsonb))::text""";

    private final JdbcClient database;
    private final Audit audit;

    RevenueRules(JdbcClient database, Audit audit) {
        this.database = database;
        this.audit = audit;
    }

    /**
     * @param own the company's currency; empty while there are no rates
     * @param units of each other currency for one of the company's own
     */
    public record Rules(int graceDays, String own, Map<String, BigDecimal> units) {}

    public static boolean maySet(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    @Transactional(readOnly = true)
    public Rules rules() {
        Map<String, BigDecimal> units = new TreeMap<>();
        StringBuilder own = new StringBuilder();
        database.sql("select currency, units, own from contracts.exchange_rate order by currency")
                .query(row -> {
                    if (row.getBoolean("own")) {
                        own.append(row.getString("currency"));
                    } else {
                        units.put(row.getString("currency"), row.getBigDecimal("units"));
                    }
                });
        int grace = database.sql("select contracts.grace_days()")
                .query(Integer.class)
                .single();
        return new Rules(grace, own.toString(), units);
    }

    /** @return the change, for undo; null when nothing changed */
    @Transactional
    public @Nullable UUID set(Rules rules, Viewer viewer) {
        if (!maySet(viewer)) {
            throw new AccessDeniedException("Only leaders say how revenue is counted.");
        }
        String before = state();
        if (rules().graceDays() != rules.graceDays()) {
            setGrace(rules.graceDays());
        }
        database.sql("delete from contracts.exchange_rate").update();
        if (!rules.own().isEmpty()) {
            rate(rules.own(), BigDecimal.ONE, true);
            rules.units().forEach((currency, units) -> rate(currency, units, false));
        }
        String after = state();
        return before.equals(after)
                ? null
                : audit.record(
                        viewer.actor(),
                        KIND,
                        "Rules of recurring revenue: " + words(rules),
                        List.of(new ChangedThing(KIND, KIND, null, before, after)));
    }

    private static String words(Rules rules) {
        return rules.graceDays() + " days of grace"
                + (rules.own().isEmpty() ? ", no exchange rates" : ", amounts in " + rules.own());
    }

    private void rate(String currency, BigDecimal units, boolean own) {
        database.sql("insert into contracts.exchange_rate (currency, units, own) values (:currency, :units, :own)")
                .param("currency", currency)
                .param("units", units)
                .param("own", own)
                .update();
    }

    private void setGrace(int days) {
        database.sql("""
                insert into contracts.revenue_rule (grace_days) values (:days)
                on conflict (only_one) do update set grace_days = excluded.grace_days
                """).param("days", days).update();
    }

    String state() {
        return Objects.requireNonNull(database.sql(STATE).query(String.class).single());
    }

    /** Puts back what {@link #state} said. */
    void restore(String state) {
        int grace = database.sql("select (cast(:state as jsonb) ->> 'grace_days')::int")
                .param("state", state)
                .query(Integer.class)
                .single();
        setGrace(grace);
        database.sql("delete from contracts.exchange_rate").update();
        database.sql("""
                insert into contracts.exchange_rate
                select * from jsonb_populate_recordset(null::contracts.exchange_rate, cast(:state as jsonb) -> 'rates')
                """).param("state", state).update();
    }
}
