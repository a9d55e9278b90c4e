package io.perennial.programs;

import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.programs.Catalogue.NotPossible;
import io.perennial.programs.HandOffMarks.Mark;
import io.perennial.programs.HandOffMarks.Marks;
import io.perennial.programs.Promise.Kind;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * From sale to service: what Sales promised is written down and compared with what was bought, before onboarding begins.
 */
@Component
public class HandOffs {

    /** Whoever promised more has to write a contract. */
    public static final int MOST_PROMISES = 100;

    private final JdbcClient database;
    private final Accounts accounts;
    private final Programs programs;
    private final Entitlements entitlements;
    private final PromiseRows rows;
    private final PromiseCheck check;
    private final HandOffMarks marks;
    private final Audit audit;
    private final Clock clock;

    HandOffs(
            JdbcClient database,
            Accounts accounts,
            Programs programs,
            Entitlements entitlements,
            PromiseRows rows,
            PromiseCheck check,
            HandOffMarks marks,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.programs = programs;
        this.entitlements = entitlements;
        this.rows = rows;
        this.check = check;
        this.marks = marks;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether a promise is kept by what was bought, in words. */
    public record Checked(Promise promise, boolean covered, String why) {

        public boolean flagged() {
            return !covered && promise.settlement() == null;
        }
    }

    /**
     * @param sold facts of the sale, by name
     * @param begins day on which the program begins that promises are compared with; null when it runs already
     * @param names units and benefits of the program, as people call them
     * @param onlyFor segments that may buy the program, when the account is in none of them and nobody made an exception
     */
    public record HandOff(
            Map<String, String> sold,
            Coverage coverage,
            @Nullable LocalDate begins,
            List<String> names,
            @Nullable String onlyFor,
            List<Checked> promises,
            @Nullable Instant confirmedAt,
            @Nullable String confirmedBy,
            @Nullable Instant completedAt,
            @Nullable String completedBy,
            @Nullable String owner,
            long people) {

        public long flagged() {
            return promises.stream().filter(Checked::flagged).count();
        }

        public boolean bought() {
            return coverage.enrolment() != null;
        }

        public boolean ready() {
            return bought() && onlyFor == null && confirmedAt != null && flagged() == 0 && owner != null && people > 0;
        }
    }

    /**
     * How far a hand-off has come, in short.
     *
     * @param flagged promises that the program does not cover
     */
    record Progress(long flagged, boolean completed) {}

    /** The same in short: without promises there is nothing to compare. */
    Progress progress(AccountId account) {
        return database.sql("""
                select exists (select from programs.promise where account_id = :account) as promised,
                       exists (select from programs.hand_off
                               where account_id = :account and completed_at is not null) as completed
                """)
                .param("account", account.value())
                .query((row, number) -> new Progress(
                        row.getBoolean("promised") ? of(account).flagged() : 0, row.getBoolean("completed")))
                .single();
    }

    /** Compares with the program that runs; while none does, with the next one, for a hand-off is best done before. */
    public HandOff of(AccountId account) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate begins = begins(account, today);
        Coverage coverage = programs.coverage(account, begins == null ? today : begins);
        var included = begins == null
                ? check.granted(entitlements.balances(account, today))
                : check.included(coverage.enrolment());
        List<Checked> promises = rows.of(account).stream()
                .map(promise -> check.check(promise, coverage, included))
                .toList();
        return database.sql("""
                select a.id, m.name as owner, h.confirmed_at, h.confirmed_by, h.completed_at, h.completed_by,
                       (select count(*) from accounts.contact c where c.account_id = a.id and c.left_on is null) as people,
                       (select string_agg(s.segment, ', ') from programs.enrolment e
                        join programs.version v on v.id = e.version_id,
                            jsonb_array_elements_text(v.offer -> 'eligibility' -> 'segments') as s (segment)
                        where e.id = :enrolment and e.chosen_version_id is null
                        having not coalesce(bool_or(lower(s.segment) = lower(a.segment)), false)) as only_for
                from accounts.account a
                left join identity.team_member m on m.id = a.owner_id
                left join programs.hand_off h on h.account_id = a.id
                where a.id = :account
                """)
                .param("enrolment", coverage.enrolment(), Types.OTHER)
                .param("account", account.value())
                .query((row, number) -> new HandOff(
                        check.sold(account),
                        coverage,
                        begins,
                        check.names(coverage.enrolment(), included),
                        row.getString("only_for"),
                        promises,
                        instant(row, "confirmed_at"),
                        row.getString("confirmed_by"),
                        instant(row, "completed_at"),
                        row.getString("completed_by"),
                        row.getString("owner"),
                        row.getLong("people")))
                .single();
    }

    private @Nullable LocalDate begins(AccountId account, LocalDate today) {
        return database.sql("""
                select min(starts_on) as begins from programs.enrolment
                where account_id = :account and version_id is not null and (ends_on is null or ends_on > :today)
                having min(starts_on) > :today
                """)
                .param("account", account.value())
                .param("today", today)
                .query(LocalDate.class)
                .optional()
                .orElse(null);
    }

    /** @return the change, for undo */
    @Transactional
    public UUID note(
            Viewer viewer,
            AccountId account,
            Kind kind,
            String what,
            @Nullable BigDecimal amount,
            @Nullable Priority priority,
            String promisedBy) {
        String name = allow(viewer, account);
        if (rows.of(account).size() >= MOST_PROMISES) {
            throw new NotPossible("There are " + MOST_PROMISES + " promises already; such a sale needs a contract.");
        }
        Promise promise = Promise.noted(kind, what, amount, priority, promisedBy, clock.instant(), viewer.name());
        rows.store(account, promise);
        return audit.record(
                viewer.actor(),
                HandOffUndo.KIND,
                "Promise to " + name + " noted: " + promise.words(),
                List.of(new ChangedThing(HandOffUndo.PROMISE, promise.id().toString(), account, null, promise.json())));
    }

    /** Says how a promise that the program does not cover is kept, or that it is not. @return the change, for undo */
    @Transactional
    public UUID settle(Viewer viewer, AccountId account, UUID id, String settlement) {
        String name = allow(viewer, account);
        if (settlement.isBlank() || settlement.length() > 500) {
            throw new NotPossible(
                    "Say in at most 500 characters how the promise is kept, or what the customer was told.");
        }
        Promise before = rows.of(account).stream()
                .filter(promise -> promise.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotPossible("There is no such promise."));
        Promise after = before.settled(settlement.strip(), clock.instant(), viewer.name());
        rows.store(account, after);
        return audit.record(
                viewer.actor(),
                HandOffUndo.KIND,
                "Promise to " + name + " settled: " + after.words(),
                List.of(new ChangedThing(HandOffUndo.PROMISE, id.toString(), account, before.json(), after.json())));
    }

    /** Takes a promise off the list that was never made. @return the change, for undo */
    @Transactional
    public UUID withdraw(Viewer viewer, AccountId account, UUID id) {
        String name = allow(viewer, account);
        Promise before = rows.of(account).stream()
                .filter(promise -> promise.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotPossible("There is no such promise."));
        rows.remove(id);
        return audit.record(
                viewer.actor(),
                HandOffUndo.KIND,
                "Promise to " + name + " removed: " + before.words(),
                List.of(new ChangedThing(HandOffUndo.PROMISE, id.toString(), account, before.json(), null)));
    }

    /** Sales says that nothing else was promised. @return the change, for undo */
    @Transactional
    public UUID confirm(Viewer viewer, AccountId account) {
        String name = allow(viewer, account);
        Marks before = marks.of(account);
        Marks after = new Marks(by(viewer), before.completed());
        return mark(account, before, after, "Promises to " + name + " are complete", viewer);
    }

    /** Service takes over. @return the change, for undo @throws NotPossible while anything is open */
    @Transactional
    public UUID complete(Viewer viewer, AccountId account) {
        String name = allow(viewer, account);
        if (!of(account).ready()) {
            throw new NotPossible("Something is still open. Onboarding begins when every point of the list is done.");
        }
        Marks before = marks.of(account);
        Marks after = new Marks(before.confirmed(), by(viewer));
        return mark(account, before, after, name + " handed over to service", viewer);
    }

    private Mark by(Viewer viewer) {
        return new Mark(clock.instant().truncatedTo(ChronoUnit.MICROS), viewer.name());
    }

    private UUID mark(AccountId account, Marks before, Marks after, String said, Viewer viewer) {
        marks.store(account, after);
        return audit.record(
                viewer.actor(),
                HandOffUndo.KIND,
                said,
                List.of(new ChangedThing(
                        HandOffUndo.MARKS, account.value().toString(), account, before.json(), after.json())));
    }

    private String allow(Viewer viewer, AccountId account) {
        if (!AccountProgram.mayWork(viewer)) {
            throw new NotPossible("You cannot change the hand-off of this account.");
        }
        return accounts.find(account, viewer)
                .orElseThrow(() -> new NotPossible("You cannot change the hand-off of this account."))
                .name();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
