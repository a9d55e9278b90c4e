package io.perennial.programs;

import io.perennial.accounts.Accounts;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.programs.Catalogue.NotPossible;
import io.perennial.programs.Entitlements.Decision;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What one account bought, what it used, and what a person may do about it. */
@Component
public class AccountProgram {

    public static final int ENTRIES = 50;

    private static final Set<Role> WORKERS = EnumSet.of(Role.ADMIN, Role.LEADER, Role.CSM);

    private final JdbcClient database;
    private final Accounts accounts;
    private final Entitlements entitlements;
    private final Audit audit;

    AccountProgram(JdbcClient database, Accounts accounts, Entitlements entitlements, Audit audit) {
        this.database = database;
        this.accounts = accounts;
        this.entitlements = entitlements;
        this.audit = audit;
    }

    /**
     * @param soldAs how its contract names the program; null without a contract
     * @param chosenBy who said that it is another version than the contract's; null when nobody did
     */
    public record Enrolment(
            UUID id,
            @Nullable String contract,
            @Nullable String soldAs,
            @Nullable UUID version,
            @Nullable String program,
            @Nullable UUID programId,
            int number,
            LocalDate from,
            @Nullable LocalDate until,
            @Nullable String chosenBy,
            @Nullable String chosenWhy) {

        public boolean runs(LocalDate on) {
            return version != null && !from.isAfter(on) && (until == null || until.isAfter(on));
        }
    }

    /** A line of the ledger. */
    public record Entry(long n, Instant at, String kind, String unit, BigDecimal amount, String purpose, String by) {}

    public static boolean mayWork(Viewer viewer) {
        return WORKERS.contains(viewer.role());
    }

    /** The latest first. */
    public List<Enrolment> enrolments(AccountId account) {
        return database.sql("""
                select e.*, v.number, p.name as program, p.id as program_id, coalesce(c.name, c.external_id) as contract
                from programs.enrolment e
                left join programs.version v on v.id = e.version_id
                left join programs.program p on p.id = v.program_id
                left join contracts.contract c on c.id = e.contract_id
                where e.account_id = :account order by e.starts_on desc, e.id limit 100
                """)
                .param("account", account.value())
                .query((row, number) -> new Enrolment(
                        row.getObject("id", UUID.class),
                        row.getString("contract"),
                        row.getString("sold_as"),
                        row.getObject("version_id", UUID.class),
                        row.getString("program"),
                        row.getObject("program_id", UUID.class),
                        row.getInt("number"),
                        row.getObject("starts_on", LocalDate.class),
                        row.getObject("ends_on", LocalDate.class),
                        row.getString("chosen_by"),
                        row.getString("chosen_why")))
                .list();
    }

    /** The latest first, {@link #ENTRIES} at most. @param before number of the last one seen; null for the first page */
    public List<Entry> entries(AccountId account, @Nullable String unit, @Nullable Long before) {
        return database.sql("""
                select e.n, e.at, e.kind, p.title, e.amount, e.purpose, e.actor_name
                from programs.entry e join programs.pot p on p.id = e.pot_id
                where e.account_id = :account and (cast(:unit as text) is null or p.unit = :unit)
                  and (cast(:before as bigint) is null or e.n < :before)
                order by e.n desc limit :limit
                """)
                .param("account", account.value())
                .param("unit", unit, Types.VARCHAR)
                .param("before", before, Types.BIGINT)
                .param("limit", ENTRIES)
                .query((row, number) -> new Entry(
                        row.getLong(1),
                        row.getTimestamp(2).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getBigDecimal(5),
                        row.getString(6),
                        row.getString(7)))
                .list();
    }

    /** What was done, or what has to be decided first. */
    public record Drawn(Decision decision, @Nullable UUID change) {}

    /**
     * Uses units of an account by hand.
     *
     * @param approved the viewer has seen that it goes beyond and agrees; leaders and administrators may
     * @param key of the form, so that sending it twice draws once
     */
    @Transactional
    public Drawn draw(
            Viewer viewer,
            AccountId account,
            String unit,
            BigDecimal amount,
            String purpose,
            boolean approved,
            String key) {
        allow(viewer, account);
        amount(amount);
        if (purpose.isBlank() || purpose.length() > 200) {
            throw new NotPossible("Say in at most 200 characters what for.");
        }
        if (approved && !Catalogue.mayChange(viewer)) {
            throw new NotPossible("Leaders and administrators approve what goes beyond a program.");
        }
        Decision decision = approved
                ? entitlements.reserveApproved(account, unit, amount, purpose.strip(), key, viewer.actor())
                : entitlements.reserve(account, unit, amount, purpose.strip(), key, viewer.actor());
        UUID reservation = decision.reservation();
        if (reservation == null) {
            return new Drawn(decision, null);
        }
        boolean fresh = database.sql(
                        "select not exists (select from programs.entry where reservation_id = :id and kind = 'consumed')")
                .param("id", reservation)
                .query(Boolean.class)
                .single();
        if (!fresh) {
            return new Drawn(decision, null);
        }
        entitlements.consume(reservation, amount, viewer.actor());
        UUID change = audit.record(
                viewer.actor(),
                AccountProgramUndo.KIND,
                amount.toPlainString() + " " + unit.replace('-', ' ') + " of " + name(account) + " used: "
                        + purpose.strip(),
                List.of(AccountProgramUndo.drawn(reservation, account, unit, amount)));
        return new Drawn(decision, change);
    }

    /** Gives more units than the program does. @return the change, for undo */
    @Transactional
    public UUID grant(Viewer viewer, AccountId account, String unit, BigDecimal amount, String reason, String key) {
        allow(viewer, account);
        if (!Catalogue.mayChange(viewer)) {
            throw new NotPossible("Leaders and administrators grant more than a program includes.");
        }
        amount(amount);
        if (reason.isBlank() || reason.length() > 200) {
            throw new NotPossible("Say in at most 200 characters why.");
        }
        if (!entitlements.grant(account, unit, amount, reason.strip(), key, viewer.actor())) {
            throw new NotPossible("The account has no running term with " + unit.replace('-', ' ') + ".");
        }
        return audit.record(
                viewer.actor(),
                AccountProgramUndo.KIND,
                amount.toPlainString() + " " + unit.replace('-', ' ') + " granted to " + name(account) + ": "
                        + reason.strip(),
                List.of(AccountProgramUndo.granted(key, account, unit, amount)));
    }

    private void allow(Viewer viewer, AccountId account) {
        if (!mayWork(viewer) || !accounts.isVisible(account, viewer)) {
            throw new NotPossible("You cannot change the program of this account.");
        }
    }

    private static void amount(BigDecimal amount) {
        if (amount.signum() <= 0 || amount.compareTo(new BigDecimal("1000000000")) > 0 || amount.scale() > 6) {
            throw new NotPossible("The amount is a number above zero.");
        }
    }

    private String name(AccountId account) {
        return accounts.find(account).map(card -> card.name()).orElse("an account");
    }
}
