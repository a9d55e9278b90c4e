package io.perennial.defects;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.defects.Portfolio.CaseOf;
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

/** Who wants to hear when a defect is fixed. */
@Component
@Transactional
public class DefectAskers {

    private final JdbcClient database;
    private final Accounts accounts;
    private final LinkChanges changes;
    private final Portfolio portfolio;
    private final Clock clock;

    DefectAskers(JdbcClient database, Accounts accounts, LinkChanges changes, Portfolio portfolio, Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.changes = changes;
        this.portfolio = portfolio;
        this.clock = clock;
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
        Defect known = changes.lock(defect);
        CaseOf of = portfolio.caseOf(caseId, viewer);
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
        Defect known = changes.lock(defect);
        AccountCard of = portfolio.account(account, viewer);
        String wanted = person.strip();
        Contact contact = accounts.contacts(of.id()).stream()
                .filter(one -> wanted.equalsIgnoreCase(one.name()) || wanted.equalsIgnoreCase(one.email()))
                .findFirst()
                .orElseThrow(() -> new DefectRefused("There is nobody called " + wanted + " at " + of.name() + "."));
        return ask(known, contact.id(), of.id(), null, viewer.actor());
    }

    @Nullable
    UUID ask(Defect known, UUID contact, AccountId account, @Nullable UUID caseId, Actor actor) {
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
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return written == 0
                ? null
                : changes.done(
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
                .map(asker -> changes.remove(
                        defect,
                        DefectTable.ASKED,
                        asker.id(),
                        asker.account(),
                        "noted that a customer need not hear of the fix",
                        viewer.actor()))
                .orElse(null);
    }
}
