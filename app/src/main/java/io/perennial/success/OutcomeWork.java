package io.perennial.success;

import io.perennial.accounts.Changes;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.ChangedRows.Row;
import io.perennial.platform.records.Ids;
import io.perennial.shared.AccountId;
import io.perennial.success.PlanLog.About;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes outcomes: what is measured, from where to where, and how far it is. */
@Component
@Transactional
public class OutcomeWork {

    private static final int MOST = 100;

    private final JdbcClient database;
    private final SuccessPlans plans;
    private final PlanGate gate;
    private final Measured measured;
    private final Changes changes;
    private final PlanLog log;
    private final Clock clock;

    OutcomeWork(
            JdbcClient database,
            SuccessPlans plans,
            PlanGate gate,
            Measured measured,
            Changes changes,
            PlanLog log,
            Clock clock) {
        this.database = database;
        this.plans = plans;
        this.gate = gate;
        this.measured = measured;
        this.changes = changes;
        this.log = log;
        this.clock = clock;
    }

    /** One that begins with a plan. */
    record Fresh(UUID id, OutcomeDraft draft) {}

    /** What a blueprint brings; one that names a live measure which is not known here is typed in. */
    List<Fresh> of(Blueprint blueprint, LocalDate begins) {
        return blueprint.outcomes().stream()
                .map(one -> new Fresh(Ids.next(), (measured.canBind(one) ? one : one.typedIn()).draft(begins)))
                .toList();
    }

    void insert(UUID plan, AccountId account, Fresh one) {
        database.sql("""
                insert into success.outcome (id, external_id, account_id, plan_id, name, created_at, updated_at)
                values (:id, :external, :account, :plan, :name, :now, :now)
                """)
                .param("id", one.id())
                .param("external", "outcome-" + one.id())
                .param("account", account.value())
                .param("plan", plan)
                .param("name", one.draft().name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        store(one.id(), one.draft());
    }

    private Outcome of(Plan plan, UUID id) {
        return plans.outcomes(plan.id()).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("There is no such outcome in this plan."));
    }

    public @Nullable UUID add(UUID plan, OutcomeDraft typed, Viewer viewer) {
        Plan of = gate.writable(plan, viewer);
        OutcomeDraft draft = typed.checked(measured);
        if (of.progress().outcomes() >= MOST) {
            throw new SuccessRefused("A plan has at most " + MOST + " outcomes: make two plans of it.");
        }
        Fresh fresh = new Fresh(Ids.next(), draft);
        UUID change = change(of, fresh.id(), "added " + draft.name(), viewer, () -> insert(plan, of.account(), fresh));
        measured.read(List.of(of.account().value()));
        return change;
    }

    public @Nullable UUID edit(UUID plan, UUID id, int seen, OutcomeDraft typed, Viewer viewer) {
        Plan of = gate.writable(plan, viewer);
        Outcome known = of(of, id);
        OutcomeDraft draft = typed.checked(measured);
        if (known.version() != seen && !OutcomeDraft.of(known).equals(draft)) {
            throw new SuccessRefused("This outcome changed meanwhile. Nothing of yours was kept: look at it again.");
        }
        UUID change = change(of, id, "changed " + draft.name(), viewer, () -> store(id, draft));
        if (change != null && !draft.measure().isEmpty()) {
            measured.read(List.of(of.account().value()));
        }
        return change;
    }

    /**
     * Says how far it is.
     *
     * @param actual a number; for an outcome without numbers {@code yes} or {@code no}
     * @param on the day of it; today when empty
     */
    public @Nullable UUID record(UUID plan, UUID id, String actual, String on, Viewer viewer) {
        Plan of = gate.writable(plan, viewer);
        Outcome known = of(of, id);
        if (!known.measure().isEmpty()) {
            throw new SuccessRefused("This one is read from a live measure. Unbind it to type it in.");
        }
        LocalDate typed = Typed.day(on);
        LocalDate day = typed == null ? plans.today() : typed;
        if (day.isAfter(plans.today())) {
            throw new SuccessRefused("That day is still to come.");
        }
        if (known.actualOn() != null && day.isBefore(known.actualOn())) {
            throw new SuccessRefused("A later value is known, of " + known.actualOn()
                    + ". Earlier ones come in by file or API" + " as history.");
        }
        boolean binary = known.target() == null;
        if (binary && !actual.equals("yes") && !actual.equals("no")) {
            throw new SuccessRefused("Say whether it is reached.");
        }
        BigDecimal number = binary ? null : Typed.number(actual, "The actual value");
        if (!binary && number == null) {
            throw new SuccessRefused("Say what it is now, as a number.");
        }
        return change(
                of,
                id,
                binary
                        ? known.name() + (actual.equals("yes") ? " is reached" : " is not reached")
                        : known.name() + " is " + actual.strip() + (known.unit().isEmpty() ? "" : " " + known.unit()),
                viewer,
                () -> database.sql("""
                        update success.outcome set actual = cast(:actual as numeric), actual_on = :day,
                            reached = cast(:reached as boolean), updated_at = :now, version = version + 1
                        where id = :id
                        """)
                        .param("id", id)
                        .param("actual", number)
                        .param("day", day)
                        .param("reached", binary ? Boolean.valueOf(actual.equals("yes")) : null)
                        .param("now", Timestamp.from(clock.instant()))
                        .update());
    }

    public @Nullable UUID remove(UUID plan, UUID id, Viewer viewer) {
        Plan of = gate.writable(plan, viewer);
        Outcome known = of(of, id);
        if (known.confirmedAt() != null) {
            throw new SuccessRefused("The customer confirmed it: it stays.");
        }
        return change(
                of,
                id,
                "took " + known.name() + " out",
                viewer,
                () -> database.sql("delete from success.outcome where id = :id")
                        .param("id", id)
                        .update());
    }

    private @Nullable UUID change(Plan plan, UUID id, String did, Viewer viewer, Runnable work) {
        UUID change = log.changed(
                new About(plan.id(), plan.account(), plan.name() + " of " + plan.accountName()),
                did,
                List.of(new Row(PlanThing.OUTCOME, id)),
                viewer.actor(),
                work);
        changes.mark(List.of(plan.account()));
        return change;
    }

    private void store(UUID id, OutcomeDraft draft) {
        database.sql("""
                update success.outcome set objective = :objective, name = :name, unit = nullif(:unit, ''),
                    baseline = cast(:baseline as numeric), target = cast(:target as numeric), direction = nullif(:direction, ''),
                    weight = cast(:weight as numeric), due_on = cast(:due as date), measure = nullif(:measure, ''),
                    subject = nullif(:subject, ''), value = cast(:value as numeric), currency = nullif(:currency, ''),
                    value_basis = nullif(:basis, ''), updated_at = :now, version = version + 1
                where id = :id
                """)
                .param("id", id)
                .param("objective", draft.objective())
                .param("name", draft.name())
                .param("unit", draft.unit())
                .param("baseline", Typed.number(draft.baseline(), ""))
                .param("target", Typed.number(draft.target(), ""))
                .param("direction", draft.direction())
                .param("weight", Typed.number(draft.weight(), ""))
                .param("due", Typed.day(draft.dueOn()))
                .param("measure", draft.measure())
                .param("subject", draft.subject())
                .param("value", Typed.number(draft.value(), ""))
                .param("currency", draft.currency())
                .param("basis", draft.valueBasis())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }
}
