package io.perennial.contracts;

import io.perennial.accounts.Changes;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.shared.AccountId;
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
 * How recurring revenue is counted: how long a lapsed customer may take to renew late, what silence means about a line that renews
 * itself, which discounts lower revenue, and at which exchange rates. Another grace, another word for silence or other discounts are
 * another history of everybody, derived again in the background and seen at once.
 */
@Component
public class RevenueRules {

    static final String KIND = "revenue-rules";

    private static final String STATE = """
            select jsonb_build_object('grace_days', contracts.grace_days(), 'silence', contracts.silence_renews(),
                'discounts', contracts.all_discounts_count(),
                'rates', coalesce((select jsonb_agg(to_jsonb(r) order by r.currency) from contracts.exchange_rate r),
                    '[]'::jsonb))::text""";

    private final JdbcClient database;
    private final Audit audit;
    private final Changes changes;

    RevenueRules(JdbcClient database, Audit audit, Changes changes) {
        this.database = database;
        this.audit = audit;
        this.changes = changes;
    }

    /**
     * @param silenceRenews whether a line that renews itself goes on when no fact says so; else it has lapsed
     * @param allDiscounts whether discounts that end on a day lower revenue until then
     * @param own the company's currency; empty while there are no rates
     * @param dated whether the ledger counts at the rates of each day, where some are known
     * @param units of each other currency for one of the company's own
     */
    public record Rules(
            int graceDays,
            boolean silenceRenews,
            boolean allDiscounts,
            String own,
            boolean dated,
            Map<String, BigDecimal> units) {

        private boolean sameHistory(Rules other) {
            return graceDays == other.graceDays
                    && silenceRenews == other.silenceRenews
                    && allDiscounts == other.allDiscounts;
        }
    }

    public static boolean maySet(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    @Transactional(readOnly = true)
    public Rules rules() {
        Map<String, BigDecimal> units = new TreeMap<>();
        StringBuilder own = new StringBuilder();
        boolean[] dated = {false};
        database.sql("select currency, units, own, dated from contracts.exchange_rate order by currency")
                .query(row -> {
                    if (row.getBoolean("own")) {
                        own.append(row.getString("currency"));
                        dated[0] = row.getBoolean("dated");
                    } else {
                        units.put(row.getString("currency"), row.getBigDecimal("units"));
                    }
                });
        return database.sql(
                        "select contracts.grace_days(), contracts.silence_renews(), contracts.all_discounts_count()")
                .query((row, number) ->
                        new Rules(row.getInt(1), row.getBoolean(2), row.getBoolean(3), own.toString(), dated[0], units))
                .single();
    }

    /** @return the change, for undo; null when nothing changed */
    @Transactional
    public @Nullable UUID set(Rules rules, Viewer viewer) {
        if (!maySet(viewer)) {
            throw new AccessDeniedException("Only leaders say how revenue is counted.");
        }
        String before = state();
        if (!rules().sameHistory(rules)) {
            setHistory(rules.graceDays(), rules.silenceRenews(), rules.allDiscounts());
        }
        database.sql("delete from contracts.exchange_rate").update();
        if (!rules.own().isEmpty()) {
            rate(rules.own(), BigDecimal.ONE, true, rules.dated());
            rules.units().forEach((currency, units) -> rate(currency, units, false, false));
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
                + (rules.silenceRenews() ? "" : ", what renews itself lapses at its end")
                + (rules.allDiscounts() ? ", all discounts count" : "")
                + (rules.own().isEmpty() ? ", no exchange rates" : ", amounts in " + rules.own())
                + (rules.dated() ? " at the rates of each day" : "");
    }

    private void rate(String currency, BigDecimal units, boolean own, boolean dated) {
        database.sql("""
                insert into contracts.exchange_rate (currency, units, own, dated)
                values (:currency, :units, :own, :dated)
                """)
                .param("currency", currency)
                .param("units", units)
                .param("own", own)
                .param("dated", dated)
                .update();
    }

    private void setHistory(int days, boolean silenceRenews, boolean allDiscounts) {
        database.sql("""
                insert into contracts.revenue_rule (grace_days, silence, discounts) values (:days, :silence, :discounts)
                on conflict (only_one) do update set grace_days = excluded.grace_days, silence = excluded.silence,
                    discounts = excluded.discounts
                """)
                .param("days", days)
                .param("silence", silenceRenews ? "renewed" : "lapsed")
                .param("discounts", allDiscounts ? "all" : "permanent")
                .update();
        // Whose lists and cards tell something else now.
        changes.mark(database.sql("""
                select distinct l.account_id
                from contracts.contract_line l left join contracts.contract c on c.id = l.contract_id
                where l.ends_on is not null and coalesce(l.auto_renew, c.auto_renew) or l.discount_ends_on is not null
                """)
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list());
    }

    String state() {
        return Objects.requireNonNull(database.sql(STATE).query(String.class).single());
    }

    /** Puts back what {@link #state} said. */
    void restore(String state) {
        database.sql("""
                select (s ->> 'grace_days')::int, coalesce((s ->> 'silence')::boolean, true),
                    coalesce((s ->> 'discounts')::boolean, false)
                from (select cast(:state as jsonb) as s) t
                """).param("state", state).query(row -> {
            setHistory(row.getInt(1), row.getBoolean(2), row.getBoolean(3));
        });
        database.sql("delete from contracts.exchange_rate").update();
        database.sql("""
                insert into contracts.exchange_rate (currency, units, own, dated)
                select r.currency, r.units, r.own, coalesce(r.dated, false)
                from jsonb_populate_recordset(null::contracts.exchange_rate, cast(:state as jsonb) -> 'rates') r
                """).param("state", state).update();
    }
}
