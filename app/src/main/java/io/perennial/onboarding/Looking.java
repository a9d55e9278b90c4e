package io.perennial.onboarding;

import io.perennial.accounts.Changes;
import io.perennial.engagement.Tasks;
import io.perennial.onboarding.Course.Given;
import io.perennial.onboarding.Course.Norm;
import io.perennial.shared.Actor;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Looks at onboardings and writes down where they stand by now. Looking again changes nothing. */
@Component
class Looking {

    private final JdbcClient database;
    private final OnboardingRows rows;
    private final Facts facts;
    private final OnboardingLog log;
    private final Changes changes;
    private final Tasks tasks;
    private final Clock clock;

    Looking(
            JdbcClient database,
            OnboardingRows rows,
            Facts facts,
            OnboardingLog log,
            Changes changes,
            Tasks tasks,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.facts = facts;
        this.log = log;
        this.changes = changes;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** All of these, whatever their state; a few statements for any number of them. */
    @Transactional
    void look(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        seeUse(ids);
        List<Onboarding> onboardings = rows.of(ids);
        Map<UUID, List<Milestone>> milestones = rows.milestones(ids);
        Facts.Found found = facts.of(ids, today);
        Map<String, Map<String, Norm>> norms = norms();
        for (Onboarding one : onboardings) {
            List<Milestone> before = milestones.getOrDefault(one.id(), List.of());
            Course course = Course.of(
                    before,
                    new Given(
                            one.startedOn(),
                            one.beginsOn() == null ? one.startedOn() : one.beginsOn(),
                            one.way().equals("automated") && one.stoppedOn() == null,
                            found.begins(),
                            found.done(),
                            norms.getOrDefault(Course.key(one.title()), Map.of())));
            write(one, before, course);
        }
        settle(ids);
    }

    private record Helped(UUID onboarding, UUID task, String outcome) {}

    /** Who was asked to help with milestones that are reached by now need not any more. */
    private void settle(Collection<UUID> ids) {
        database.sql("""
                select g.onboarding_id, g.task_id, string_agg(m.name, ', ' order by m.position) || case count(*)
                    when 1 then ' was' else ' were' end || ' reached on ' || to_char(max(m.reached_on), 'FMDD Mon YYYY') || '.' as outcome
                from onboarding.nudge g
                join onboarding.milestone m on m.id = g.milestone_id
                join engagement.task t on t.id = g.task_id and t.done_at is null
                where g.onboarding_id = any(:ids) and g.kind = 'task'
                group by g.onboarding_id, g.task_id having bool_and(m.reached_on is not null) order by g.task_id
                """)
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, number) -> new Helped(
                        row.getObject("onboarding_id", UUID.class),
                        row.getObject("task_id", UUID.class),
                        row.getString("outcome")))
                .list()
                .forEach(one -> {
                    UUID change = tasks.settle(one.task(), one.outcome(), Actor.SYSTEM);
                    if (change != null) {
                        log.write(one.onboarding(), "settled the task to help: " + one.outcome(), Actor.SYSTEM, change);
                    }
                });
    }

    /** Who was seen using the product needs no link to prove that they get in. */
    private void seeUse(Collection<UUID> ids) {
        database.sql("""
                update onboarding.access x set verified_on = greatest(u.day, o.started_on), way = 'use'
                from onboarding.onboarding o, accounts.contact c, lateral (
                    select min(p.first_seen_on) as day from usage.product_user p
                    where p.account_id = o.account_id
                      and (p.external_id = c.external_id or lower(p.external_id) = lower(c.email))) u
                where x.onboarding_id = any(:ids) and x.verified_on is null and o.id = x.onboarding_id
                  and c.id = x.contact_id and u.day is not null
                """).param("ids", ids.toArray(UUID[]::new)).update();
    }

    private Map<String, Map<String, Norm>> norms() {
        Map<String, Map<String, Norm>> norms = new HashMap<>();
        database.sql("select * from onboarding.pace where n >= :enough and milestone <> ''")
                .param("enough", Pace.ENOUGH)
                .query(row -> {
                    norms.computeIfAbsent(row.getString("template"), none -> new HashMap<>())
                            .put(row.getString("milestone"), new Norm(row.getInt("median"), row.getInt("p80")));
                });
        return norms;
    }

    private void write(Onboarding was, List<Milestone> before, Course course) {
        Map<UUID, Milestone> known = new HashMap<>();
        before.forEach(one -> known.put(one.id(), one));
        List<String> said = new ArrayList<>();
        for (Milestone is : course.milestones()) {
            Milestone old = Objects.requireNonNull(known.get(is.id()));
            if (!is.equals(old)) {
                write(is);
                if (!old.isReached() && is.isReached()) {
                    said.add("reached " + is.name() + (is.evidence() == null ? "" : ": " + is.evidence()));
                }
            }
        }
        Milestone next = course.next();
        // What came without milestones says itself when it was over.
        boolean bare = before.isEmpty();
        int changed = database.sql("""
                update onboarding.onboarding set reached = :reached, total = :total, next_milestone = :next,
                    next_slow_on = :slow, next_due_on = :due,
                    finished_on = case when :bare then finished_on else cast(:finished as date) end,
                    first_value_on = case when :values then cast(:value as date) else first_value_on end
                where id = :id and (reached, total, next_milestone, next_slow_on, next_due_on, finished_on, first_value_on)
                  is distinct from (:reached, :total, cast(:next as uuid), cast(:slow as date), cast(:due as date),
                    case when :bare then finished_on else cast(:finished as date) end,
                    case when :values then cast(:value as date) else first_value_on end)
                """)
                .param("reached", course.reached())
                .param("total", course.milestones().size())
                .param("next", next == null ? null : next.id(), Types.OTHER)
                .param("slow", next == null ? null : next.slowOn(), Types.DATE)
                .param("due", next == null ? null : next.dueOn(), Types.DATE)
                .param("finished", course.finishedOn(), Types.DATE)
                .param("value", course.firstValueOn(), Types.DATE)
                .param("bare", bare)
                .param("values", before.stream().anyMatch(Milestone::firstValue))
                .param("id", was.id())
                .update();
        said.forEach(what -> log.write(was.id(), what, Actor.SYSTEM, null));
        if (was.isOpen() && course.finishedOn() != null) {
            log.write(was.id(), "reached the last milestone: it is finished", Actor.SYSTEM, null);
        }
        if (changed > 0) {
            changes.mark(List.of(was.account()));
        }
    }

    private void write(Milestone is) {
        database.sql("""
                update onboarding.milestone set opened_on = :opened, slow_on = :slow, due_on = :due, have = :have,
                    begun_on = :begun, progress_on = :progress, seen_on = :seen, evidence = :evidence,
                    reached_on = :reached, reached_by = :by
                where id = :id
                """)
                .param("opened", is.openedOn(), Types.DATE)
                .param("slow", is.slowOn(), Types.DATE)
                .param("due", is.dueOn(), Types.DATE)
                .param("have", is.have())
                .param("begun", is.begunOn(), Types.DATE)
                .param("progress", is.progressOn(), Types.DATE)
                .param("seen", is.seenOn(), Types.DATE)
                .param("evidence", is.evidence(), Types.VARCHAR)
                .param("reached", is.reachedOn(), Types.DATE)
                .param("by", is.reachedBy(), Types.VARCHAR)
                .param("id", is.id())
                .update();
    }
}
