package io.perennial.defects;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Whom a defect hits beside those whose cases say so: accounts named by hand, and rules. */
@Component
@Transactional
public class DefectHits {

    private final JdbcClient database;
    private final DefectRows rows;
    private final Affected affected;
    private final Accounts accounts;
    private final LinkChanges changes;
    private final Portfolio portfolio;
    private final Clock clock;

    DefectHits(
            JdbcClient database,
            DefectRows rows,
            Affected affected,
            Accounts accounts,
            LinkChanges changes,
            Portfolio portfolio,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.affected = affected;
        this.accounts = accounts;
        this.changes = changes;
        this.portfolio = portfolio;
        this.clock = clock;
    }

    /**
     * By hand.
     *
     * @param hit whether it is affected; else it is not, whatever a case or a rule says
     * @param name external id or name of the account
     */
    public @Nullable UUID mark(UUID defect, String name, boolean hit, String why, Viewer viewer) {
        DefectEditing.requireWriter(viewer);
        changes.lock(defect);
        if (why.length() > 300 || (name + why).indexOf('\0') >= 0) {
            throw new DefectRefused("A reason has up to 300 characters.");
        }
        AccountCard account = portfolio.account(name, viewer);
        return mark(defect, account.id(), account.name(), hit, why, viewer.actor());
    }

    @Nullable
    UUID mark(UUID defect, AccountId account, String name, boolean hit, String why, Actor actor) {
        UUID id = database.sql(
                        "select id from defects.account_mark where defect_id = :defect and account_id = :account")
                .param("defect", defect)
                .param("account", account.value())
                .query(UUID.class)
                .optional()
                .orElse(null);
        String before = id == null ? null : rows.snapshot(DefectTable.ACCOUNT, id);
        UUID row = id == null ? Ids.next() : id;
        affected.mark(defect);
        int written = database.sql("""
                insert into defects.account_mark (id, defect_id, account_id, affected, why, marked_by, marked_at)
                values (:id, :defect, :account, :hit, nullif(:why, ''), :by, :now)
                on conflict (defect_id, account_id) do update set affected = excluded.affected, why = excluded.why,
                    marked_by = excluded.marked_by, marked_at = excluded.marked_at
                where (account_mark.affected, account_mark.why) is distinct from (excluded.affected, excluded.why)
                """)
                .param("id", row)
                .param("defect", defect)
                .param("account", account.value())
                .param("hit", hit)
                .param("why", why.strip())
                .param("by", actor.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        String did = "said that " + name + (hit ? " is affected" : " is not affected");
        return written == 0 ? null : changes.done(defect, DefectTable.ACCOUNT, row, account, before, did, actor);
    }

    /** The account is affected again exactly when a case or a rule says so. */
    public @Nullable UUID unmark(UUID defect, UUID mark, Viewer viewer) {
        DefectEditing.requireWriter(viewer);
        changes.lock(defect);
        AccountId account = database.sql(
                        "select account_id from defects.account_mark where id = :id and defect_id = :defect")
                .param("id", mark)
                .param("defect", defect)
                .query(UUID.class)
                .optional()
                .map(AccountId::new)
                .orElse(null);
        if (account == null || !accounts.isVisible(account, viewer)) {
            return null;
        }
        return changes.remove(
                defect, DefectTable.ACCOUNT, mark, account, "took back what was said of an account", viewer.actor());
    }

    /** A rule; both words together mean accounts of the segment that have the product. */
    public record Scope(
            UUID id, @Nullable String segment, @Nullable String product) {

        public String words() {
            return segment == null
                    ? "everybody with " + product
                    : product == null ? "everybody in " + segment : segment + " with " + product;
        }
    }

    public List<Scope> scopes(UUID defect) {
        return database.sql(
                        "select id, segment, product from defects.scope where defect_id = :defect order by made_at, id")
                .param("defect", defect)
                .query((row, number) -> new Scope(row.getObject(1, UUID.class), row.getString(2), row.getString(3)))
                .list();
    }

    public @Nullable UUID scope(UUID defect, String segment, String product, Viewer viewer) {
        DefectEditing.requireWriter(viewer);
        return scope(defect, segment, product, viewer.actor());
    }

    @Nullable
    UUID scope(UUID defect, String segment, String product, Actor actor) {
        changes.lock(defect);
        String first = segment.strip();
        String second = product.strip();
        if (first.isEmpty() && second.isEmpty()) {
            throw new DefectRefused("Choose a segment, a product or both.");
        }
        if (first.length() > 200 || second.length() > 200 || (first + second).indexOf('\0') >= 0) {
            throw new DefectRefused("Segments and products have up to 200 characters.");
        }
        boolean known = scopes(defect).stream()
                .anyMatch(scope -> first.equals(scope.segment() == null ? "" : scope.segment())
                        && second.equals(scope.product() == null ? "" : scope.product()));
        if (known) {
            return null;
        }
        UUID id = Ids.next();
        database.sql("""
                insert into defects.scope (id, defect_id, segment, product, made_by, made_at)
                values (:id, :defect, nullif(:segment, ''), nullif(:product, ''), :by, :now)
                """)
                .param("id", id)
                .param("defect", defect)
                .param("segment", first)
                .param("product", second)
                .param("by", actor.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        String words = new Scope(id, first.isEmpty() ? null : first, second.isEmpty() ? null : second).words();
        return changes.done(defect, DefectTable.SCOPE, id, null, null, "said that " + words + " is affected", actor);
    }

    public @Nullable UUID unscope(UUID defect, UUID scope, Viewer viewer) {
        DefectEditing.requireWriter(viewer);
        changes.lock(defect);
        return scopes(defect).stream()
                .filter(known -> known.id().equals(scope))
                .findFirst()
                .map(known -> changes.remove(
                        defect,
                        DefectTable.SCOPE,
                        scope,
                        null,
                        "took back the rule for " + known.words(),
                        viewer.actor()))
                .orElse(null);
    }
}
