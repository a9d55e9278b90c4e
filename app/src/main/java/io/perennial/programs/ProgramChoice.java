package io.perennial.programs;

import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.programs.Catalogue.NotPossible;
import io.perennial.programs.Offer.Eligibility;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Another version for an account than its contract says, or one without a contract: by a person, with a reason. */
@Component
public class ProgramChoice {

    private final JdbcClient database;
    private final Accounts accounts;
    private final Catalogue catalogue;
    private final Enrolments enrolments;
    private final Terms terms;
    private final Audit audit;
    private final Clock clock;

    ProgramChoice(
            JdbcClient database,
            Accounts accounts,
            Catalogue catalogue,
            Enrolments enrolments,
            Terms terms,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.catalogue = catalogue;
        this.enrolments = enrolments;
        this.terms = terms;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Says which version the account has, whatever its contract says.
     *
     * @param enrolment to change; null to give the account a version without a contract, from today on
     * @param version null: what the contract says
     * @return the change, for undo
     * @throws NotPossible when the viewer may not, or the version cannot be had
     */
    @Transactional
    public UUID choose(Viewer viewer, AccountId account, @Nullable UUID enrolment, @Nullable UUID version, String why) {
        if (!AccountProgram.mayWork(viewer) || !accounts.isVisible(account, viewer)) {
            throw new NotPossible("You cannot change the program of this account.");
        }
        if (version != null) {
            eligible(viewer, account, version);
        }
        if (why.isBlank() || why.length() > 500) {
            throw new NotPossible("Say in at most 500 characters why: whoever reads it later will ask.");
        }
        terms.lock(List.of(account));
        UUID id = enrolment == null ? begin(account, version) : enrolment;
        Choice before = enrolment == null ? null : choice(id, account);
        Choice after = version == null ? new Choice(null, null, null) : new Choice(version, viewer.name(), why.strip());
        store(id, after);
        enrolments.renew(List.of(account), viewer.actor());
        return audit.record(
                viewer.actor(),
                AccountProgramUndo.KIND,
                "Program of " + name(account) + " changed",
                List.of(new ChangedThing(
                        AccountProgramUndo.ENROLMENT,
                        id.toString(),
                        account,
                        before == null ? null : AccountProgramUndo.json(before),
                        AccountProgramUndo.json(after))));
    }

    /** Who may not buy a program gets it from those who may make an exception, with their reason. */
    private void eligible(Viewer viewer, AccountId account, UUID version) {
        Eligibility eligibility = catalogue
                .version(version)
                .filter(known -> !known.draft())
                .orElseThrow(() -> new NotPossible("There is no such published version."))
                .offer()
                .eligibility();
        String segment = accounts.find(account).map(card -> card.segment()).orElse(null);
        if (!eligibility.admits(segment) && !Catalogue.mayChange(viewer)) {
            throw new NotPossible("This program is for %s; %s is %s. Leaders and administrators make exceptions."
                    .formatted(
                            String.join(", ", eligibility.segments()),
                            name(account),
                            segment == null ? "in no segment" : segment));
        }
    }

    /** Which version a person chose; all null when nobody did. */
    record Choice(
            @Nullable UUID version,
            @Nullable String by,
            @Nullable String why) {}

    Choice choice(UUID enrolment, AccountId account) {
        return database.sql("""
                select chosen_version_id, chosen_by, chosen_why from programs.enrolment
                where id = :id and account_id = :account
                """)
                .param("id", enrolment)
                .param("account", account.value())
                .query((row, number) -> new Choice(row.getObject(1, UUID.class), row.getString(2), row.getString(3)))
                .optional()
                .orElseThrow(() -> new NotPossible("The account has no such program."));
    }

    void store(UUID enrolment, Choice choice) {
        database.sql("""
                update programs.enrolment set chosen_version_id = :version, chosen_by = :by, chosen_why = :why
                where id = :id
                """)
                .param("version", choice.version())
                .param("by", choice.by())
                .param("why", choice.why())
                .param("id", enrolment)
                .update();
    }

    private UUID begin(AccountId account, @Nullable UUID version) {
        if (version == null) {
            throw new NotPossible("Choose a program.");
        }
        UUID id = UUID.randomUUID();
        database.sql("insert into programs.enrolment (id, account_id, starts_on) values (:id, :account, :today)")
                .param("id", id)
                .param("account", account.value())
                .param("today", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
        return id;
    }

    private String name(AccountId account) {
        return accounts.find(account).map(card -> card.name()).orElse("an account");
    }
}
