package io.perennial.defects;

import io.perennial.defects.DefectEditing.Move;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A register of defects in the making, and customers that they hit. */
public final class Broken {

    private final JdbcClient database;
    private final Book book;
    private final DefectEditing editing;
    private final DefectCases cases;
    private final Viewer ana;

    public Broken(JdbcClient database, DefectEditing editing, DefectCases cases) {
        this.database = database;
        this.book = new Book(database);
        this.editing = editing;
        this.cases = cases;
        this.ana = viewer(book.member("Ana Reyes"), "Ana Reyes", true);
    }

    static Viewer viewer(UUID member, String name, boolean everything) {
        return new Viewer(member, name, name + "@example.com", Role.LEADER, everything);
    }

    public Viewer ana() {
        return ana;
    }

    public Book book() {
        return book;
    }

    public AccountId customer(String externalId, String annual) {
        AccountId account = book.account(externalId, externalId);
        book.line(account, annual, "2026-01-01").per("year").add();
        return account;
    }

    public UUID defect(String title, Severity severity) {
        return defect(title, severity, "");
    }

    UUID defect(String title, Severity severity, String cause) {
        DefectDraft draft = new DefectDraft(title, "", "Planner", "", cause, severity.key(), "", "", "", "", "");
        return editing.create(draft, title, ana).defect();
    }

    public void becomes(UUID defect, DefectState state) {
        int seen = database.sql("select version from defects.defect where id = :id")
                .param("id", defect)
                .query(Integer.class)
                .single();
        editing.move(defect, seen, new Move(state, "Do it by hand.", "", "7.2", "Too old."), ana);
    }

    /** A case of the account, and of the defect unless that is null. */
    public UUID asks(AccountId account, @Nullable UUID contact, @Nullable UUID defect) {
        UUID id = UUID.randomUUID();
        database.sql("""
                insert into cases.support_case (id, external_id, account_id, contact_id, subject, opened_at, created_at,
                    updated_at)
                values (:id, :id::text, :account, cast(:contact as uuid), 'It does not work', :at, :at, :at)
                """)
                .param("id", id)
                .param("account", account.value())
                .param("contact", contact)
                .param("at", Timestamp.from(Instant.parse("2026-11-23T09:00:00Z")))
                .update();
        if (defect != null) {
            cases.link(defect, id, contact != null, ana);
        }
        return id;
    }

    void spent(UUID caseId, int minutes) {
        database.sql("update cases.support_case set attributes = jsonb_build_object('handling_minutes', :minutes::text)"
                        + " where id = :id")
                .param("id", caseId)
                .param("minutes", minutes)
                .update();
    }

    void answered(UUID caseId, int satisfaction) {
        database.sql("update cases.support_case set satisfaction = :answer, satisfaction_scale = 5 where id = :id")
                .param("id", caseId)
                .param("answer", BigDecimal.valueOf(satisfaction))
                .update();
    }

    public UUID person(AccountId account, String name, String email) {
        UUID id = book.contact(account, name, "champion", null, null);
        database.sql("update accounts.contact set email = :email where id = :id")
                .param("id", id)
                .param("email", email)
                .update();
        return id;
    }
}
