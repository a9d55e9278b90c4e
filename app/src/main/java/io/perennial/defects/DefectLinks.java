package io.perennial.defects;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.Ids;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What hangs on a defect: its cases, whom it hits, and who wants to hear when it is fixed. Linking twice is linking once. */
@Component
@Transactional
public class DefectLinks {

    private final JdbcClient database;
    private final DefectRows rows;
    private final DefectLog log;
    private final Affected affected;
    private final Accounts accounts;
    private final Audit audit;
    private final Live live;
    private final Clock clock;

    DefectLinks(
            JdbcClient database,
            DefectRows rows,
            DefectLog log,
            Affected affected,
            Accounts accounts,
            Audit audit,
            Live live,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.log = log;
        this.affected = affected;
        this.accounts = accounts;
        this.audit = audit;
        this.live = live;
        this.clock = clock;
    }

    private record CaseOf(
            UUID id,
            long number,
            AccountId account,
            @Nullable UUID contact) {}

    /**
     * A case has one defect: linking it to another one takes it from the first.
     *
     * @param tell whether its asker wants to hear when it is fixed
     * @throws NoSuchElementException when the case is in nobody's portfolio that the viewer may see
     */
    public @Nullable UUID link(UUID defect, UUID caseId, boolean tell, Viewer viewer) {
        DefectEditing.requireWriter(viewer);
        Defect known = lock(defect);
        CaseOf of = caseOf(caseId, viewer);
        UUID change = attach(known, of, viewer.actor());
        if (tell && of.contact() != null) {
            ask(known, of.contact(), of.account(), caseId, viewer.actor());
        }
        return change;
    }

    /** For imports and the demo: without looking at who asks. */
    void link(UUID defect, UUID caseId, boolean tell, Actor actor) {
        Defect known = lock(defect);
        CaseOf of = find(caseId, null).orElseThrow();
        attach(known, of, actor);
        if (tell && of.contact() != null) {
            ask(known, of.contact(), of.account(), caseId, actor);
        }
    }

    private @Nullable UUID attach(Defect known, CaseOf of, Actor actor) {
        UUID present = database.sql("select defect_id from defects.case_link where case_id = :case for update")
                .param("case", of.id())
                .query(UUID.class)
                .optional()
                .orElse(null);
        if (known.id().equals(present)) {
            return null;
        }
        if (present != null) {
            detach(present, of, actor);
        }
        UUID id = Ids.next();
        int written = database.sql("""
                insert into defects.case_link (id, defect_id, case_id, linked_by, linked_at)
                values (:id, :defect, :case, :by, :now) on conflict (case_id) do nothing
                """)
                .param("id", id)
                .param("defect", known.id())
                .param("case", of.id())
                .param("by", actor.name())
                .param("now", now())
                .update();
        return written == 0
                ? null
                : done(known.id(), DefectTable.CASE, id, of.account(), null, "linked case #" + of.number(), actor);
    }

    public @Nullable UUID unlink(UUID defect, UUID caseId, Viewer viewer) {
        DefectEditing.requireWriter(viewer);
        lock(defect);
        return detach(defect, caseOf(caseId, viewer), viewer.actor());
    }

    private @Nullable UUID detach(UUID defect, CaseOf of, Actor actor) {
        UUID id = database.sql("select id from defects.case_link where case_id = :case and defect_id = :defect")
                .param("case", of.id())
                .param("defect", defect)
                .query(UUID.class)
                .optional()
                .orElse(null);
        return id == null
                ? null
                : remove(defect, DefectTable.CASE, id, of.account(), "took case #" + of.number() + " off", actor);
    }

    /**
     * By hand.
     *
     * @param hit whether it is affected; else it is not, whatever a case or a rule says
     * @param name external id or name of the account
     */
    public @Nullable UUID mark(UUID defect, String name, boolean hit, String why, Viewer viewer) {
        DefectEditing.requireWriter(viewer);
        lock(defect);
        if (why.length() > 300 || (name + why).indexOf('\0') >= 0) {
            throw new DefectRefused("A reason has up to 300 characters.");
        }
        AccountCard account = account(name, viewer);
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
                .param("now", now())
                .update();
        String did = "said that " + name + (hit ? " is affected" : " is not affected");
        return written == 0 ? null : done(defect, DefectTable.ACCOUNT, row, account, before, did, actor);
    }

    /** The account is affected again exactly when a case or a rule says so. */
    public @Nullable UUID unmark(UUID defect, UUID mark, Viewer viewer) {
        DefectEditing.requireWriter(viewer);
        lock(defect);
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
        return remove(
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
        lock(defect);
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
                .param("now", now())
                .update();
        String words = new Scope(id, first.isEmpty() ? null : first, second.isEmpty() ? null : second).words();
        return done(defect, DefectTable.SCOPE, id, null, null, "said that " + words + " is affected", actor);
    }

    public @Nullable UUID unscope(UUID defect, UUID scope, Viewer viewer) {
        DefectEditing.requireWriter(viewer);
        lock(defect);
        return scopes(defect).stream()
                .filter(known -> known.id().equals(scope))
                .findFirst()
                .map(known -> remove(
                        defect,
                        DefectTable.SCOPE,
                        scope,
                        null,
                        "took back the rule for " + known.words(),
                        viewer.actor()))
                .orElse(null);
    }

    /** Somebody who wants to hear when it is fixed. */
    public record Asker(
            UUID id,
            UUID contact,
            String name,
            @Nullable String email,
            AccountId account,
            String company,
            @Nullable UUID caseId) {}

    public List<Asker> askers(UUID defect, Viewer viewer) {
        return database.sql("""
                select s.id, s.contact_id, p.name, p.email, a.id as account, a.name as company, s.case_id
                from defects.asked s join accounts.contact p on p.id = s.contact_id
                join accounts.account a on a.id = s.account_id
                where s.defect_id = :defect and (:everything or a.owner_id = :me) order by a.name, p.name limit 200
                """)
                .param("defect", defect)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query((row, number) -> new Asker(
                        row.getObject("id", UUID.class),
                        row.getObject("contact_id", UUID.class),
                        row.getString("name"),
                        row.getString("email"),
                        new AccountId(row.getObject("account", UUID.class)),
                        row.getString("company"),
                        row.getObject("case_id", UUID.class)))
                .list();
    }

    public boolean asked(UUID defect, UUID contact) {
        return database.sql(
                        "select exists (select from defects.asked where defect_id = :defect and contact_id = :contact)")
                .param("defect", defect)
                .param("contact", contact)
                .query(Boolean.class)
                .single();
    }

    /** The asker of a case wants to hear of its defect, or does not any more. */
    public @Nullable UUID tell(UUID defect, UUID caseId, boolean wanted, Viewer viewer) {
        DefectEditing.requireWriter(viewer);
        Defect known = lock(defect);
        CaseOf of = caseOf(caseId, viewer);
        if (of.contact() == null) {
            throw new DefectRefused("Nobody is named who asked, so nobody can be told.");
        }
        return wanted
                ? ask(known, of.contact(), of.account(), caseId, viewer.actor())
                : forget(defect, of.contact(), viewer);
    }

    /** By the address or the name of a contact of an account. */
    public @Nullable UUID ask(UUID defect, String account, String person, Viewer viewer) {
        DefectEditing.requireWriter(viewer);
        Defect known = lock(defect);
        AccountCard of = account(account, viewer);
        String wanted = person.strip();
        Contact contact = accounts.contacts(of.id()).stream()
                .filter(one -> wanted.equalsIgnoreCase(one.name()) || wanted.equalsIgnoreCase(one.email()))
                .findFirst()
                .orElseThrow(() -> new DefectRefused("There is nobody called " + wanted + " at " + of.name() + "."));
        return ask(known, contact.id(), of.id(), null, viewer.actor());
    }

    private @Nullable UUID ask(Defect known, UUID contact, AccountId account, @Nullable UUID caseId, Actor actor) {
        UUID id = Ids.next();
        int written = database.sql("""
                insert into defects.asked (id, defect_id, contact_id, account_id, case_id, asked_by, asked_at)
                values (:id, :defect, :contact, :account, cast(:case as uuid), :by, :now)
                on conflict (defect_id, contact_id) do nothing
                """)
                .param("id", id)
                .param("defect", known.id())
                .param("contact", contact)
                .param("account", account.value())
                .param("case", caseId)
                .param("by", actor.name())
                .param("now", now())
                .update();
        return written == 0
                ? null
                : done(
                        known.id(),
                        DefectTable.ASKED,
                        id,
                        account,
                        null,
                        "noted that a customer wants to hear of the fix",
                        actor);
    }

    public @Nullable UUID forget(UUID defect, UUID contact, Viewer viewer) {
        DefectEditing.requireWriter(viewer);
        return askers(defect, viewer).stream()
                .filter(asker -> asker.contact().equals(contact))
                .findFirst()
                .map(asker -> remove(
                        defect,
                        DefectTable.ASKED,
                        asker.id(),
                        asker.account(),
                        "noted that a customer need not hear of the fix",
                        viewer.actor()))
                .orElse(null);
    }

    private AccountCard account(String name, Viewer viewer) {
        String wanted = name.strip();
        Optional<AccountId> found = accounts.byExternalId(wanted);
        if (found.isEmpty()) {
            List<UUID> named = database.sql("select id from accounts.account where lower(name) = lower(:name) limit 2")
                    .param("name", wanted)
                    .query((row, number) -> row.getObject(1, UUID.class))
                    .list();
            found = named.size() == 1 ? Optional.of(new AccountId(named.getFirst())) : Optional.empty();
        }
        return found.flatMap(account -> accounts.find(account, viewer))
                .orElseThrow(() -> new DefectRefused("There is no account " + wanted
                        + " in your portfolio. Write its name in full, or its external id."));
    }

    private UUID remove(UUID defect, DefectTable table, UUID id, @Nullable AccountId account, String did, Actor actor) {
        String before = rows.snapshot(table, id);
        affected.mark(defect);
        database.sql("delete from " + table.table() + " where id = :id")
                .param("id", id)
                .update();
        return done(defect, table, id, account, before, did, actor);
    }

    private UUID done(
            UUID defect,
            DefectTable table,
            UUID id,
            @Nullable AccountId account,
            @Nullable String before,
            String did,
            Actor actor) {
        if (table != DefectTable.ASKED) {
            affected.mark(defect);
        }
        Defect known = rows.find(defect).orElseThrow();
        UUID change = audit.record(
                actor,
                DefectUndo.KIND,
                "Defect " + known.tag() + " " + known.title() + ": " + did,
                List.of(new ChangedThing(table.type(), id.toString(), account, before, rows.snapshot(table, id))));
        log.write(defect, did, actor, change);
        live.changed("defect:" + defect);
        return change;
    }

    private Defect lock(UUID defect) {
        return rows.lock(defect).orElseThrow(() -> new NoSuchElementException("There is no such defect."));
    }

    private CaseOf caseOf(UUID caseId, Viewer viewer) {
        return find(caseId, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such case in your portfolio."));
    }

    private Optional<CaseOf> find(UUID caseId, @Nullable Viewer viewer) {
        return database.sql("""
                select c.id, c.number, c.account_id, c.contact_id from cases.support_case c
                join accounts.account a on a.id = c.account_id
                where c.id = :id and (:everything or a.owner_id = cast(:me as uuid))
                """)
                .param("id", caseId)
                .param("everything", viewer == null || viewer.everything())
                .param("me", viewer == null ? null : viewer.memberId())
                .query((row, number) -> new CaseOf(
                        row.getObject("id", UUID.class),
                        row.getLong("number"),
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getObject("contact_id", UUID.class)))
                .optional();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
