package io.perennial.success;

import io.perennial.engagement.Tasks;
import io.perennial.engagement.Tasks.NewTask;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
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

/** Tasks of plans, and the task that a fall of goal features asks for: the plan's owner gets it, once for each signal. */
@Component
@Transactional
public class PlanTasks {

    static final String CAUSE = "goal_features_falling";

    /** Days in which somebody calls. */
    private static final int CALL_WITHIN = 3;

    private static final int AT_ONCE = 200;

    private final JdbcClient database;
    private final SuccessPlans plans;
    private final Tasks tasks;
    private final PlanLog log;
    private final Clock clock;

    PlanTasks(JdbcClient database, SuccessPlans plans, Tasks tasks, PlanLog log, Clock clock) {
        this.database = database;
        this.plans = plans;
        this.tasks = tasks;
        this.log = log;
        this.clock = clock;
    }

    /** @return the change, for undo */
    public UUID add(UUID plan, String title, String dueOn, String owner, Viewer viewer) {
        PlanGate.require(viewer);
        Plan of = plans.find(plan, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such plan in your portfolio."));
        if (title.isBlank()) {
            throw new SuccessRefused("Say what is to be done.");
        }
        UUID who = owner.isEmpty()
                ? of.ownerId()
                : Ids.read(owner).orElseThrow(() -> new SuccessRefused("Choose somebody of the team."));
        Tasks.Created made = tasks.create(
                of.account(),
                new NewTask(
                        Typed.line(title, "A task", 300),
                        "Of the success plan " + of.name(),
                        "task",
                        Typed.day(dueOn),
                        who,
                        null),
                viewer);
        link(plan, made.task());
        log.write(plan, "added the task " + title.strip(), viewer.actor(), made.change());
        return made.change();
    }

    void link(UUID plan, UUID task) {
        database.sql("insert into success.plan_task (task_id, plan_id) values (:task, :plan) on conflict do nothing")
                .param("task", task)
                .param("plan", plan)
                .update();
    }

    /** What the product itself asks the owner of a plan for. */
    UUID ask(Plan plan, String title, String note, LocalDate due) {
        UUID task = tasks.createFor(
                        plan.account(), new NewTask(title, note, "task", due, plan.ownerId(), null), Actor.SYSTEM)
                .task();
        link(plan.id(), task);
        return task;
    }

    private record Flag(
            UUID signal,
            UUID account,
            String evidence,
            String remedy,
            @Nullable UUID plan) {}

    /**
     * Gives each open signal of falling goal features its task, once however often it is asked.
     *
     * @return how many were given
     */
    int answerFlags() {
        List<Flag> flags = database.sql("""
                select s.id, s.account_id, s.evidence, s.remedy, p.id as plan
                from health.signal s
                left join lateral (
                    select p.id from success.plan p
                    where p.account_id = s.account_id and p.phase = 'open' and cardinality(p.features) > 0
                    order by p.owner_id is null, p.ends_on nulls last, p.id limit 1) p on true
                where s.cause = :cause and s.state in ('open', 'acknowledged')
                  and not exists (select from success.flag_task f where f.signal_id = s.id)
                order by s.opened_at, s.id limit :most for update of s skip locked
                """)
                .param("cause", CAUSE)
                .param("most", AT_ONCE)
                .query((row, number) -> new Flag(
                        row.getObject("id", UUID.class),
                        row.getObject("account_id", UUID.class),
                        row.getString("evidence"),
                        row.getString("remedy"),
                        row.getObject("plan", UUID.class)))
                .list();
        flags.forEach(this::answer);
        return flags.size();
    }

    private void answer(Flag flag) {
        AccountId account = new AccountId(flag.account());
        Plan plan = flag.plan() == null ? null : plans.find(flag.plan()).orElse(null);
        UUID owner = plan != null
                ? plan.ownerId()
                : database.sql("select owner_id from accounts.account where id = :id")
                        .param("id", flag.account())
                        .query((row, number) -> java.util.Optional.ofNullable(row.getObject(1, UUID.class)))
                        .single()
                        .orElse(null);
        UUID task = tasks.createFor(
                        account,
                        new NewTask(
                                "Features that serve the customer's goals are used less: call",
                                flag.evidence() + ".\n" + flag.remedy()
                                        + (plan == null ? "" : "\nSuccess plan: " + plan.name()),
                                "call",
                                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                                        .plusDays(CALL_WITHIN),
                                owner,
                                flag.signal()),
                        Actor.SYSTEM)
                .task();
        database.sql("""
                insert into success.flag_task (signal_id, account_id, task_id, at) values (:signal, :account, :task, :now)
                """)
                .param("signal", flag.signal())
                .param("account", flag.account())
                .param("task", task)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        if (plan != null) {
            link(plan.id(), task);
            log.write(plan.id(), "asked for a call: the features of the goals are used less", Actor.SYSTEM, null);
        }
    }
}
