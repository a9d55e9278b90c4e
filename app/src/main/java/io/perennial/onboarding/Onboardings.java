package io.perennial.onboarding;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.onboarding.Templates.Template;
import io.perennial.onboarding.Welcome.Preview;
import io.perennial.platform.audit.ChangedRows.Row;
import io.perennial.platform.audit.Chronicle;
import io.perennial.platform.web.Wording;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The work on onboardings. Each verb returns the change by which it can be undone; null when it is so already. */
@Component
@Transactional
public class Onboardings {

    private static final int LONGEST = 500;

    private final JdbcClient database;
    private final OnboardingRows rows;
    private final Templates templates;
    private final Starting starting;
    private final Looking looking;
    private final Welcome welcome;
    private final OnboardingLog log;
    private final Accounts accounts;
    private final Clock clock;

    Onboardings(
            JdbcClient database,
            OnboardingRows rows,
            Templates templates,
            Starting starting,
            Looking looking,
            Welcome welcome,
            OnboardingLog log,
            Accounts accounts,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.templates = templates;
        this.starting = starting;
        this.looking = looking;
        this.welcome = welcome;
        this.log = log;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Who works: a person within their portfolio, or a program that was checked at the door. */
    public record Worker(Actor actor, @Nullable Viewer viewer) {

        public static Worker of(Viewer viewer) {
            return new Worker(viewer.actor(), viewer);
        }

        public static Worker program(Actor actor) {
            return new Worker(actor, null);
        }
    }

    /** @param letter when they were welcomed; null before */
    public record Person(
            UUID contact,
            String name,
            @Nullable String title,
            @Nullable String email,
            @Nullable LocalDate verifiedOn,
            @Nullable String way,
            @Nullable LocalDate toldOn,
            boolean gone) {}

    public record Resource(
            UUID id,
            String name,
            @Nullable LocalDate doneOn,
            @Nullable String doneBy) {}

    /** Something that was done because a milestone was overdue. */
    public record Nudge(
            String milestone,
            String kind,
            LocalDate onDay,
            @Nullable String contact,
            boolean reached) {}

    /** As a reader gets it. */
    public record Letter(String to, String address, String subject, String text) {

        static Letter of(Preview preview) {
            return new Letter(preview.to(), preview.address(), preview.subject(), preview.text());
        }
    }

    public record Started(UUID id, @Nullable UUID change) {}

    @Transactional(readOnly = true)
    public Optional<Onboarding> find(UUID id) {
        return rows.find(id);
    }

    @Transactional(readOnly = true)
    public Optional<Onboarding> find(UUID id, Viewer viewer) {
        return rows.find(id, viewer);
    }

    /** Open ones first. */
    @Transactional(readOnly = true)
    public List<Onboarding> of(AccountId account) {
        return rows.of(account);
    }

    @Transactional(readOnly = true)
    public List<Milestone> milestones(UUID onboarding) {
        return rows.milestones(onboarding);
    }

    @Transactional(readOnly = true)
    public List<Chronicle.Entry> history(UUID onboarding) {
        return log.of(onboarding);
    }

    @Transactional(readOnly = true)
    public List<Person> people(UUID onboarding) {
        return database.sql("""
                select c.id, c.name, c.title, c.email, x.verified_on, x.way, l.sent_on, c.left_on <= :today as gone
                from onboarding.access x join accounts.contact c on c.id = x.contact_id
                left join onboarding.letter l on l.onboarding_id = x.onboarding_id and l.contact_id = x.contact_id
                where x.onboarding_id = :id order by c.name, c.id limit 200
                """)
                .param("id", onboarding)
                .param("today", today())
                .query((row, number) -> new Person(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("title"),
                        row.getString("email"),
                        row.getObject("verified_on", LocalDate.class),
                        row.getString("way"),
                        row.getObject("sent_on", LocalDate.class),
                        row.getBoolean("gone")))
                .list();
    }

    @Transactional(readOnly = true)
    public List<Resource> resources(UUID onboarding) {
        return database.sql("select * from onboarding.resource where onboarding_id = :id order by position limit 100")
                .param("id", onboarding)
                .query((row, number) -> new Resource(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getObject("done_on", LocalDate.class),
                        row.getString("done_by")))
                .list();
    }

    @Transactional(readOnly = true)
    public List<Nudge> nudges(UUID onboarding) {
        return database.sql("""
                select m.name, g.kind, g.on_day, c.name as contact, g.letter_id is not null or g.task_id is not null as reached
                from onboarding.nudge g join onboarding.milestone m on m.id = g.milestone_id
                left join accounts.contact c on c.id = g.contact_id
                where g.onboarding_id = :id order by g.on_day desc, m.position, g.kind limit 100
                """)
                .param("id", onboarding)
                .query((row, number) -> new Nudge(
                        row.getString("name"),
                        row.getString("kind"),
                        row.getObject("on_day", LocalDate.class),
                        row.getString("contact"),
                        row.getBoolean("reached")))
                .list();
    }

    /** The welcome as it would go to those who have not had it. */
    public List<Letter> welcomes(Onboarding onboarding) {
        return welcome.previews(onboarding).stream().map(Letter::of).toList();
    }

    /** Begins one by hand. @throws Refused saying why not */
    public Started start(AccountId account, UUID template, LocalDate startedOn, Worker worker) {
        requireWork(worker);
        AccountCard card = account(account, worker);
        Template chosen =
                templates.find(template).orElseThrow(() -> new NoSuchElementException("There is no such template."));
        LocalDate today = today();
        if (startedOn.isBefore(today.minusYears(5)) || startedOn.isAfter(today.plusYears(1))) {
            throw new Refused("Choose a day of the last five years or the next one.");
        }
        boolean runs = rows.of(account).stream().anyMatch(one -> one.isOpen() && template.equals(one.templateId()));
        if (runs) {
            throw new Refused(card.name() + " is in " + chosen.name() + " already. Finish or stop that one first.");
        }
        Starting.Begun begun = starting.begin(chosen, account, null, startedOn, startedOn, worker.actor());
        looking.look(List.of(begun.id()));
        return new Started(begun.id(), begun.change());
    }

    /** @param on null: not reached after all, and no fact ticks it again */
    public @Nullable UUID tick(UUID id, UUID milestone, @Nullable LocalDate on, Worker worker) {
        Onboarding onboarding = open(id, worker);
        Milestone known = milestone(id, milestone);
        if (on != null && on.isAfter(today())) {
            throw new Refused("That day is still to come.");
        }
        if (on != null && on.isBefore(onboarding.startedOn())) {
            throw new Refused("The onboarding started on " + Wording.day(onboarding.startedOn()) + ".");
        }
        if (java.util.Objects.equals(known.reachedOn(), on)) {
            return null;
        }
        return done(
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
        Onboarding onboarding = open(id, worker);
        Milestone known = milestone(id, milestone);
        if (known.isReached()) {
            return null;
        }
        return done(
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
        Onboarding onboarding = open(id, worker);
        Resource known = resources(id).stream()
                .filter(one -> one.id().equals(resource))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("There is no such resource."));
        if ((known.doneOn() != null) == done) {
            return null;
        }
        return done(
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
        Onboarding onboarding = open(id, worker);
        boolean known = accounts.contacts(onboarding.account()).stream()
                .anyMatch(one -> one.id().equals(contact) && one.isHereOn(today()));
        if (!known) {
            throw new Refused("Choose somebody of the account who is there.");
        }
        if (people(id).size() >= 200) {
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
        Onboarding onboarding = open(id, worker);
        UUID row = database.sql("""
                select x.id from onboarding.access x where x.onboarding_id = :id and x.contact_id = :contact for update
                """)
                .param("id", id)
                .param("contact", contact)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new NoSuchElementException("There is no such person."));
        String name = people(id).stream()
                .filter(one -> one.contact().equals(contact))
                .map(Person::name)
                .findFirst()
                .orElse("somebody");
        return done(
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

    /** Sends the welcome to those who have not had it. @return to whom */
    public List<String> welcome(UUID id, Worker worker) {
        open(id, worker);
        List<String> told = welcome.send(id, worker.actor());
        if (told.isEmpty()) {
            throw new Refused("There is nobody to write to: add people who have an address.");
        }
        log.write(
                id, "told " + String.join(", ", told) + " what was bought and where to get help", worker.actor(), null);
        looking.look(List.of(id));
        return told;
    }

    /** What was bought and where to get help was told in another way. */
    public @Nullable UUID told(UUID id, Worker worker) {
        Onboarding onboarding = open(id, worker);
        if (onboarding.toldOn() != null) {
            return null;
        }
        return done(
                onboarding,
                "told them what was bought and where to get help",
                new Row(Thing.ONBOARDING, id),
                worker,
                () -> database.sql("update onboarding.onboarding set told_on = :today where id = :id")
                        .param("today", today())
                        .param("id", id)
                        .update());
    }

    public @Nullable UUID way(UUID id, boolean guided, Worker worker) {
        Onboarding onboarding = open(id, worker);
        if (onboarding.isGuided() == guided) {
            return null;
        }
        return done(
                onboarding,
                guided ? "lets people tick" : "lets the facts tick",
                new Row(Thing.ONBOARDING, id),
                worker,
                () -> database.sql("update onboarding.onboarding set way = :way where id = :id")
                        .param("way", guided ? "guided" : "automated")
                        .param("id", id)
                        .update());
    }

    /** @param owner null: whoever owns the account */
    public @Nullable UUID responsible(UUID id, @Nullable UUID owner, Worker worker) {
        Onboarding onboarding = open(id, worker);
        String name = owner == null
                ? "whoever owns the account"
                : database.sql("select name from identity.team_member where id = :id and active")
                        .param("id", owner)
                        .query(String.class)
                        .optional()
                        .orElseThrow(() -> new Refused("Choose somebody of the team."));
        return done(
                onboarding,
                "made " + name + " responsible",
                new Row(Thing.ONBOARDING, id),
                worker,
                () -> database.sql("update onboarding.onboarding set owner_id = :owner where id = :id")
                        .param("owner", owner, Types.OTHER)
                        .param("id", id)
                        .update());
    }

    /** Gives it up; nobody is reminded any more. */
    public @Nullable UUID stop(UUID id, String why, Worker worker) {
        Onboarding onboarding = open(id, worker);
        String said = why.replace("\0", "").strip();
        if (said.isEmpty() || said.length() > LONGEST) {
            throw new Refused("Say in up to 500 characters why it stops.");
        }
        return done(
                onboarding,
                "stopped it: " + said,
                new Row(Thing.ONBOARDING, id),
                worker,
                () -> database.sql("""
                        update onboarding.onboarding set stopped_on = :today, stopped_why = :why where id = :id
                        """)
                        .param("today", today())
                        .param("why", said)
                        .param("id", id)
                        .update());
    }

    public @Nullable UUID resume(UUID id, Worker worker) {
        Onboarding onboarding = allowed(id, worker);
        if (onboarding.stoppedOn() == null) {
            return null;
        }
        return done(
                onboarding,
                "took it up again",
                new Row(Thing.ONBOARDING, id),
                worker,
                () -> database.sql("""
                        update onboarding.onboarding set stopped_on = null, stopped_why = null where id = :id
                        """).param("id", id).update());
    }

    private @Nullable UUID done(Onboarding onboarding, String what, Row row, Worker worker, Runnable change) {
        UUID id = log.changed(onboarding, what, List.of(row), worker.actor(), change);
        if (id != null) {
            looking.look(List.of(onboarding.id()));
        }
        return id;
    }

    private Onboarding open(UUID id, Worker worker) {
        Onboarding onboarding = allowed(id, worker);
        if (onboarding.stoppedOn() != null) {
            throw new Refused("It was stopped on " + Wording.day(onboarding.stoppedOn()) + ". Take it up again first.");
        }
        if (!onboarding.isOurs()) {
            throw new Refused("Another system runs this onboarding; change it there.");
        }
        return onboarding;
    }

    private Onboarding allowed(UUID id, Worker worker) {
        requireWork(worker);
        database.sql("select id from onboarding.onboarding where id = :id for update")
                .param("id", id)
                .query(UUID.class)
                .optional();
        Viewer viewer = worker.viewer();
        return (viewer == null ? rows.find(id) : rows.find(id, viewer))
                .orElseThrow(() -> new NoSuchElementException("There is no such onboarding in your portfolio."));
    }

    private AccountCard account(AccountId account, Worker worker) {
        Viewer viewer = worker.viewer();
        return (viewer == null ? accounts.find(account) : accounts.find(account, viewer))
                .orElseThrow(() -> new NoSuchElementException("There is no such account in your portfolio."));
    }

    private Milestone milestone(UUID onboarding, UUID milestone) {
        return rows.milestones(onboarding).stream()
                .filter(one -> one.id().equals(milestone))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("There is no such milestone."));
    }

    private static void requireWork(Worker worker) {
        Viewer viewer = worker.viewer();
        if (viewer != null && !viewer.role().mayWork()) {
            throw new Refused("Your role looks at onboardings and changes none.");
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
