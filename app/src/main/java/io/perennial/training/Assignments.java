package io.perennial.training;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.Ids;
import io.perennial.programs.Entitlements;
import io.perennial.programs.Entitlements.Decision;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who should learn what until when. An entitled course holds a unit of the ledger while it is assigned and uses it when
 * it is completed; where nothing is left it waits until somebody approves it.
 */
@Component
public class Assignments {

    static final int SHOWN = 200;

    private final JdbcClient database;
    private final Courses courses;
    private final Accounts accounts;
    private final Entitlements entitlements;
    private final TrainingGate gate;
    private final Audit audit;
    private final Live live;
    private final Clock clock;

    Assignments(
            JdbcClient database,
            Courses courses,
            Accounts accounts,
            Entitlements entitlements,
            TrainingGate gate,
            Audit audit,
            Live live,
            Clock clock) {
        this.database = database;
        this.courses = courses;
        this.accounts = accounts;
        this.entitlements = entitlements;
        this.gate = gate;
        this.audit = audit;
        this.live = live;
        this.clock = clock;
    }

    /** @param waits why it waits for an approval, in the words of the ledger */
    public record Assignment(
            UUID id,
            AccountId account,
            String accountName,
            UUID contact,
            String contactName,
            String contactExternalId,
            UUID course,
            String courseName,
            String courseExternalId,
            LocalDate assignedOn,
            String assignedBy,
            LocalDate dueOn,
            @Nullable LocalDate completedOn,
            @Nullable String waits,
            @Nullable LocalDate remindedOn) {

        public boolean isOverdue(LocalDate today) {
            return completedOn == null && dueOn.isBefore(today);
        }
    }

    /** @param change for undo @param waits in the words of the ledger, when nothing is left */
    public record Assigned(
            UUID id, @Nullable UUID change, @Nullable String waits) {}

    private static final String READ = """
            select s.*, a.name as account_name, c.name as contact_name, c.external_id as contact_external_id,
                k.name as course_name, k.external_id as course_external_id
            from training.assignment s
            join accounts.account a on a.id = s.account_id
            join accounts.contact c on c.id = s.contact_id
            join training.course k on k.id = s.course_id
            """;

    /** Open ones first, the most urgent at the top. */
    @Transactional(readOnly = true)
    public List<Assignment> of(AccountId account) {
        return database.sql(READ + """
                where s.account_id = :account and s.removed_on is null
                order by (s.completed_on is not null), s.due_on, c.name, s.id limit :most
                """)
                .param("account", account.value())
                .param("most", SHOWN)
                .query(Assignments::assignment)
                .list();
    }

    /** Of one course in a portfolio: those that are open, the most urgent at the top. */
    @Transactional(readOnly = true)
    public List<Assignment> open(UUID course, Viewer viewer) {
        return database.sql(READ + """
                where s.course_id = :course and s.removed_on is null and s.completed_on is null
                  and (:everything or a.owner_id = :member)
                order by s.due_on, s.id limit :most
                """)
                .param("course", course)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("most", SHOWN)
                .query(Assignments::assignment)
                .list();
    }

    /**
     * Asks somebody to take a course.
     *
     * @param dueOn null: as the course says
     * @param viewer null for a program that was checked at the door
     * @throws Refused saying why not
     */
    @Transactional
    public Assigned assign(
            AccountId account,
            UUID contact,
            UUID course,
            @Nullable LocalDate dueOn,
            Actor actor,
            @Nullable Viewer viewer) {
        gate.requireWork(account, viewer);
        LocalDate today = today();
        Course known = courses.find(course).orElseThrow(() -> new NoSuchElementException("There is no such course."));
        Contact person = accounts.contacts(account).stream()
                .filter(one -> one.id().equals(contact) && one.isHereOn(today))
                .findFirst()
                .orElseThrow(() -> new Refused("Choose somebody of the account who is there."));
        if (!known.isOffered(today)) {
            throw new Refused(known.name() + " is not offered any more.");
        }
        if (dueOn != null && dueOn.isBefore(today)) {
            throw new Refused("Choose a day that is still to come.");
        }
        Assigned assigned = write(
                account,
                person.id(),
                known,
                dueOn == null ? today.plusDays(known.daysOrUsual()) : dueOn,
                null,
                person.name(),
                actor);
        if (assigned == null) {
            throw new Refused(person.name() + " is asked to take " + known.name() + " already.");
        }
        UUID change = audit.record(
                actor,
                TrainingUndo.KIND,
                person.name() + " is asked to take " + known.name(),
                List.of(new ChangedThing(
                        TrainingUndo.ASSIGNMENT,
                        assigned.id().toString(),
                        account,
                        null,
                        TrainingUndo.state(database, "assignment", assigned.id()))));
        return new Assigned(assigned.id(), change, assigned.waits());
    }

    /** @return null when they are asked already */
    @Nullable
    Assigned write(
            AccountId account,
            UUID contact,
            Course course,
            LocalDate dueOn,
            @Nullable UUID rule,
            String name,
            Actor actor) {
        UUID id = Ids.next();
        int added = database.sql("""
                insert into training.assignment (id, account_id, contact_id, course_id, assigned_on, assigned_by, rule_id, due_on)
                values (:id, :account, :contact, :course, :today, :by, :rule, :due) on conflict do nothing
                """)
                .param("id", id)
                .param("account", account.value())
                .param("contact", contact)
                .param("course", course.id())
                .param("today", today())
                .param("by", actor.name())
                .param("rule", rule, Types.OTHER)
                .param("due", dueOn)
                .update();
        if (added == 0) {
            return null;
        }
        String waits = !course.entitled()
                ? null
                : hold(
                        id,
                        entitlements.reserve(
                                account,
                                course.unitOrUsual(),
                                course.unitsOrOne(),
                                course.name() + " for " + name,
                                "training:" + id,
                                actor),
                        false);
        told(account);
        return new Assigned(id, null, waits);
    }

    /** Somebody says that it goes beyond the program and is given all the same. */
    @Transactional
    public void approve(UUID id, Actor actor, @Nullable Viewer viewer) {
        Assignment known = locked(id, viewer);
        if (known.waits() == null) {
            return;
        }
        Course course = courses.find(known.course()).orElseThrow();
        hold(
                id,
                entitlements.reserveApproved(
                        known.account(),
                        course.unitOrUsual(),
                        course.unitsOrOne(),
                        course.name() + " for " + known.contactName(),
                        "training:" + id + ":approved",
                        actor),
                true);
        audit.record(
                actor,
                "training-approval",
                known.courseName() + " for " + known.contactName() + " approved beyond the program",
                List.of(new ChangedThing("training-approval", id.toString(), known.account(), null, null)));
        told(known.account());
    }

    /** What the ledger said. @param approved whether somebody agreed to what goes beyond @return why it waits; null when it does not */
    private @Nullable String hold(UUID id, Decision decision, boolean approved) {
        String waits = decision.rule() == Entitlements.Rule.APPROVAL && !approved ? decision.sentence() : null;
        database.sql("update training.assignment set reservation_id = :reservation, waits = :waits where id = :id")
                .param("reservation", decision.reservation(), Types.OTHER)
                .param("waits", waits, Types.VARCHAR)
                .param("id", id)
                .update();
        return waits;
    }

    /** Nobody asks for it any more; what the ledger held goes back. @return the change, for undo; null when it is so already */
    @Transactional
    public @Nullable UUID remove(UUID id, Actor actor, @Nullable Viewer viewer) {
        Assignment known = locked(id, viewer);
        String before = TrainingUndo.state(database, "assignment", id);
        if (!turn(id, true, actor)) {
            return null;
        }
        return audit.record(
                actor,
                TrainingUndo.KIND,
                known.contactName() + " is not asked to take " + known.courseName() + " any more",
                List.of(new ChangedThing(
                        TrainingUndo.ASSIGNMENT,
                        id.toString(),
                        known.account(),
                        before,
                        TrainingUndo.state(database, "assignment", id))));
    }

    /** @param away whether it is taken away, or asked for again @return false when that is not possible any more */
    boolean turn(UUID id, boolean away, Actor actor) {
        record Row(
                AccountId account,
                UUID contact,
                UUID course,
                @Nullable UUID reservation) {}
        Row row = database.sql("""
                select * from training.assignment
                where id = :id and completed_on is null and (removed_on is null) = :away for update
                """)
                .param("id", id)
                .param("away", away)
                .query((found, number) -> new Row(
                        new AccountId(found.getObject("account_id", UUID.class)),
                        found.getObject("contact_id", UUID.class),
                        found.getObject("course_id", UUID.class),
                        found.getObject("reservation_id", UUID.class)))
                .optional()
                .orElse(null);
        if (row == null) {
            return false;
        }
        if (away && row.reservation() != null) {
            entitlements.release(row.reservation(), actor);
        }
        int turned = database.sql("""
                update training.assignment s set removed_on = case when :away then cast(:today as date) end,
                    reservation_id = null, waits = null
                where s.id = :id and (:away or not exists (
                    select from training.assignment o where o.contact_id = s.contact_id and o.course_id = s.course_id
                      and o.completed_on is null and o.removed_on is null))
                """)
                .param("away", away)
                .param("today", today())
                .param("id", id)
                .update();
        if (turned == 0) {
            return false;
        }
        Course course = courses.find(row.course()).orElseThrow();
        if (!away && course.entitled()) {
            String key = "training:" + id + ":" + clock.instant().toEpochMilli();
            hold(
                    id,
                    entitlements.reserve(
                            row.account(), course.unitOrUsual(), course.unitsOrOne(), course.name(), key, actor),
                    false);
        }
        told(row.account());
        return true;
    }

    private Assignment locked(UUID id, @Nullable Viewer viewer) {
        Assignment known = database.sql(READ + " where s.id = :id for update of s")
                .param("id", id)
                .query(Assignments::assignment)
                .optional()
                .orElseThrow(() -> new NoSuchElementException("There is no such assignment."));
        gate.requireWork(known.account(), viewer);
        return known;
    }

    private void told(AccountId account) {
        live.changed("account:" + account.value());
        live.changed("training");
    }

    private static Assignment assignment(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new Assignment(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("account_name"),
                row.getObject("contact_id", UUID.class),
                row.getString("contact_name"),
                row.getString("contact_external_id"),
                row.getObject("course_id", UUID.class),
                row.getString("course_name"),
                row.getString("course_external_id"),
                row.getObject("assigned_on", LocalDate.class),
                row.getString("assigned_by"),
                row.getObject("due_on", LocalDate.class),
                row.getObject("completed_on", LocalDate.class),
                row.getString("waits"),
                row.getObject("reminded_on", LocalDate.class));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
