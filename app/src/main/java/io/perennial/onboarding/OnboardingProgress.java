package io.perennial.onboarding;

import io.perennial.accounts.Accounts;
import io.perennial.onboarding.Onboardings.Person;
import io.perennial.onboarding.Onboardings.Resource;
import io.perennial.platform.audit.ChangedRows.Row;
import io.perennial.platform.web.Wording;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is reached, set up, and who gets in: told by people where facts do not tell it. Each verb returns the change by which it can be
 * undone; null when it is so already.
 */
@Component
@Transactional
public class OnboardingProgress {

    private static final int MOST_PEOPLE = 200;

    private final JdbcClient database;
    private final Onboardings onboardings;
    private final Looking looking;
    private final OnboardingGate gate;
    private final Accounts accounts;
    private final Clock clock;

    OnboardingProgress(
            JdbcClient database,
            Onboardings onboardings,
            Looking looking,
            OnboardingGate gate,
            Accounts accounts,
            Clock clock) {
        this.database = database;
        this.onboardings = onboardings;
        this.looking = looking;
        this.gate = gate;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** @param on null: not reached after all, and no fact ticks it again */
    public @Nullable UUID tick(UUID id, UUID milestone, @Nullable LocalDate on, Worker worker) {
        Onboarding onboarding = gate.open(id, worker);
        Milestone known = milestone(id, milestone);
        if (on != null && on.isAfter(today())) {
            throw new Refused("That day is still to come.");
        }
        if (on != null && on.isBefore(onboarding.startedOn())) {
            throw new Refused("The onboarding started on " + Wording.day(onboarding.startedOn()) + ".");
        }
        if (Objects.equals(known.reachedOn(), on)) {
            return null;
        }
        return gate.done(
                onboarding,
                on == null ? "says that " + known.name() + " is not reached" : "ticked " + known.name(),
                new Row(Thing.MILESTONE, milestone),
                worker,
                () -> database.sql("""
                        update onboarding.milestone set reached_on = :on, reached_by = :by, held = :held where id = :id
                        """)
                        .param("on", on, Types.DATE)
                        .param("by", on == null ? null : worker.actor().name(), Types.VARCHAR)
                        .param("held", on == null && known.done().isFact())
                        .param("id", milestone)
                        .update());
    }

    /** Somebody has begun with it; when nothing follows, it shows as begun and left. */
    public @Nullable UUID begun(UUID id, UUID milestone, Worker worker) {
        Onboarding onboarding = gate.open(id, worker);
        Milestone known = milestone(id, milestone);
        if (known.isReached()) {
            return null;
        }
        return gate.done(
                onboarding,
                known.begunOn() == null ? "began with " + known.name() : "went on with " + known.name(),
                new Row(Thing.MILESTONE, milestone),
                worker,
                () -> database.sql("""
                        update onboarding.milestone set begun_on = coalesce(begun_on, :today), progress_on = :today
                        where id = :id
                        """)
                        .param("today", today())
                        .param("id", milestone)
                        .update());
    }

    public @Nullable UUID setUp(UUID id, UUID resource, boolean done, Worker worker) {
        Onboarding onboarding = gate.open(id, worker);
        Resource known = onboardings.resources(id).stream()
                .filter(one -> one.id().equals(resource))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("There is no such resource."));
        if ((known.doneOn() != null) == done) {
            return null;
        }
        return gate.done(
                onboarding,
                (done ? "set up " : "took back that it is set up: ") + known.name(),
                new Row(Thing.RESOURCE, resource),
                worker,
                () -> database.sql("update onboarding.resource set done_on = :on, done_by = :by where id = :id")
                        .param("on", done ? today() : null, Types.DATE)
                        .param("by", done ? worker.actor().name() : null, Types.VARCHAR)
                        .param("id", resource)
                        .update());
    }

    /** Adds somebody who should get in. */
    public void invite(UUID id, UUID contact, Worker worker) {
        Onboarding onboarding = gate.open(id, worker);
        boolean known = accounts.contacts(onboarding.account()).stream()
                .anyMatch(one -> one.id().equals(contact) && one.isHereOn(today()));
        if (!known) {
            throw new Refused("Choose somebody of the account who is there.");
        }
        if (onboardings.people(id).size() >= MOST_PEOPLE) {
            throw new Refused("Up to 200 people are followed by name; of more, count logins.");
        }
        database.sql("""
                insert into onboarding.access (id, onboarding_id, contact_id) values (gen_random_uuid(), :id, :contact)
                on conflict do nothing
                """).param("id", id).param("contact", contact).update();
        looking.look(List.of(id));
    }

    /** Somebody told us that they get in, or that they do not after all. */
    public @Nullable UUID verify(UUID id, UUID contact, boolean verified, Worker worker) {
        Onboarding onboarding = gate.open(id, worker);
        UUID row = database.sql("""
                select x.id from onboarding.access x where x.onboarding_id = :id and x.contact_id = :contact for update
                """)
                .param("id", id)
                .param("contact", contact)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new NoSuchElementException("There is no such person."));
        String name = onboardings.people(id).stream()
                .filter(one -> one.contact().equals(contact))
                .map(Person::name)
                .findFirst()
                .orElse("somebody");
        return gate.done(
                onboarding,
                verified ? "knows that " + name + " gets in" : "knows that " + name + " does not get in",
                new Row(Thing.ACCESS, row),
                worker,
                () -> database.sql("""
                        update onboarding.access set verified_on = case when :verified then coalesce(verified_on, :today) end,
                            way = case when :verified then coalesce(way, 'hand') end
                        where id = :row
                        """)
                        .param("verified", verified)
                        .param("today", today())
                        .param("row", row)
                        .update());
    }

    private Milestone milestone(UUID onboarding, UUID milestone) {
        return onboardings.milestones(onboarding).stream()
                .filter(one -> one.id().equals(milestone))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("There is no such milestone."));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
