package io.perennial.onboarding;

import io.perennial.engagement.Tasks;
import io.perennial.engagement.Tasks.NewTask;
import io.perennial.mail.Letter;
import io.perennial.mail.Outbox;
import io.perennial.onboarding.Readers.Reader;
import io.perennial.platform.web.Wording;
import io.perennial.shared.Actor;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What happens when a customer falls behind: one personal letter that says what is next, who helps and where to look; when nothing
 * moves, one task for whoever is responsible. Each once for a milestone, whatever is looked at twice and whoever is restarted: the
 * row that says so, the letter and the task are written in one transaction or not at all.
 */
@Component
class Nudges {

    /** Days in which a customer gets no second letter of this kind, whatever else is overdue. */
    static final int BETWEEN_LETTERS = 7;

    private static final int TASK_DAYS = 2;
    private static final int BATCH = 200;

    private final JdbcClient database;
    private final OnboardingRows rows;
    private final Readers readers;
    private final Links links;
    private final Outbox outbox;
    private final Tasks tasks;
    private final OnboardingLog log;
    private final Clock clock;

    Nudges(
            JdbcClient database,
            OnboardingRows rows,
            Readers readers,
            Links links,
            Outbox outbox,
            Tasks tasks,
            OnboardingLog log,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.readers = readers;
        this.links = links;
        this.outbox = outbox;
        this.tasks = tasks;
        this.log = log;
        this.clock = clock;
    }

    /** An overdue milestone that asks for a letter, a task, or neither yet. */
    private record Due(UUID onboarding, UUID milestone, boolean mail, boolean task) {}

    /** Does what is due for some onboardings. @return how many of them; zero when there is nothing left to do */
    @Transactional
    int one() {
        LocalDate today = today();
        List<UUID> ids = database.sql("""
                select o.id from onboarding.onboarding o
                where o.finished_on is null and o.stopped_on is null and o.next_due_on < :today and o.way <> 'elsewhere'
                  and exists (select from onboarding.milestone m where m.onboarding_id = o.id and """ + DUE + """
                  )
                order by o.next_due_on, o.id limit :batch for update of o skip locked
                """)
                .param("today", today)
                .param("between", BETWEEN_LETTERS)
                .param("batch", BATCH)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        if (ids.isEmpty()) {
            return 0;
        }
        Map<UUID, List<Due>> due = database
                .sql("""
                select o.id as onboarding, m.id as milestone,
                """ + MAIL + " as mail, " + TASK + """
                 as task
                from onboarding.onboarding o join onboarding.milestone m on m.onboarding_id = o.id
                where o.id = any(:ids) and
                """ + DUE + " order by o.id, m.position")
                .param("ids", ids.toArray(UUID[]::new))
                .param("today", today)
                .param("between", BETWEEN_LETTERS)
                .query((row, number) -> new Due(
                        row.getObject("onboarding", UUID.class),
                        row.getObject("milestone", UUID.class),
                        row.getBoolean("mail"),
                        row.getBoolean("task")))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Due::onboarding));
        Map<UUID, List<Milestone>> milestones = rows.milestones(ids);
        rows.of(ids)
                .forEach(one -> act(
                        one,
                        milestones.getOrDefault(one.id(), List.of()),
                        due.getOrDefault(one.id(), List.of()),
                        today));
        return ids.size();
    }

    /** The customer has not been written to about it, and not lately about anything. */
    private static final String MAIL = """
            (m.theirs is not null
              and not exists (select from onboarding.nudge g where g.milestone_id = m.id and g.kind = 'mail')
              and not exists (
                select from onboarding.nudge g where g.onboarding_id = o.id and g.kind = 'mail' and g.letter_id is not null
                  and g.on_day > cast(:today as date) - cast(:between as int)))
            """;

    /** It is all up to us, there was nobody to write to, or the letter did not help. */
    private static final String TASK = """
            (not exists (select from onboarding.nudge g where g.milestone_id = m.id and g.kind = 'task')
              and (m.theirs is null or exists (
                select from onboarding.nudge g where g.milestone_id = m.id and g.kind = 'mail'
                  and (g.letter_id is null or g.on_day <= cast(:today as date) - o.task_after))))
            """;

    private static final String DUE = " m.reached_on is null and m.opened_on is not null and m.due_on < :today and ("
            + MAIL + " or " + TASK + ")";

    private void act(Onboarding onboarding, List<Milestone> milestones, List<Due> due, LocalDate today) {
        List<Milestone> write = chosen(milestones, due, Due::mail);
        List<Milestone> ask = new ArrayList<>(chosen(milestones, due, Due::task));
        if (!write.isEmpty()) {
            Reader reader = readers.whoHelps(onboarding, write.getFirst().theirs(), today)
                    .orElse(null);
            UUID letter = reader == null ? null : letter(onboarding, write, reader);
            write.forEach(one ->
                    keep(onboarding, one, "mail", today, reader == null ? null : reader.contact(), letter, null));
            if (reader == null) {
                ask.addAll(write);
            } else {
                log.write(
                        onboarding.id(),
                        "wrote to " + reader.name() + " about " + names(write) + ", due " + due(write),
                        Actor.SYSTEM,
                        null);
            }
        }
        if (!ask.isEmpty()) {
            UUID task = task(onboarding, ask, today);
            ask.forEach(one -> keep(onboarding, one, "task", today, null, null, task));
            log.write(
                    onboarding.id(),
                    "asked " + Objects.requireNonNullElse(onboarding.ownerName(), "nobody in particular")
                            + " to help with " + names(ask),
                    Actor.SYSTEM,
                    null);
        }
    }

    private static List<Milestone> chosen(
            List<Milestone> milestones, List<Due> due, java.util.function.Predicate<Due> which) {
        return milestones.stream()
                .filter(one -> due.stream().anyMatch(asked -> asked.milestone().equals(one.id()) && which.test(asked)))
                .toList();
    }

    private UUID letter(Onboarding onboarding, List<Milestone> late, Reader reader) {
        LetterWords words = reader.words();
        Milestone first = late.getFirst();
        StringBuilder text = new StringBuilder();
        text.append(words.say(words.dear, reader.name())).append("\n\n");
        text.append(words.say(words.open, first.name(), words.day(Objects.requireNonNull(first.dueOn()))))
                .append("\n\n");
        text.append(words.next)
                .append(": ")
                .append(first.next().isEmpty() ? first.name() : first.next())
                .append('\n');
        late.stream()
                .skip(1)
                .forEach(one -> text.append(words.also)
                        .append(": ")
                        .append(one.next().isEmpty() ? one.name() : one.next())
                        .append('\n'));
        if (onboarding.ownerName() != null) {
            text.append(words.who).append(": ").append(Welcome.who(onboarding)).append('\n');
        }
        String help = onboarding.help();
        if (help != null) {
            text.append(words.help).append(": ").append(help).append('\n');
        }
        links.fresh(onboarding.id(), reader.contact())
                .ifPresent(link -> text.append('\n')
                        .append(words.stand)
                        .append('\n')
                        .append(link)
                        .append('\n'));
        text.append('\n')
                .append(words.say(words.inTheWay, Objects.requireNonNullElse(onboarding.ownerName(), words.nobody)))
                .append('\n');
        return outbox.post(
                new Letter(
                        "onboarding:" + first.id() + ":behind",
                        reader.mail(),
                        reader.name(),
                        words.say(words.nextSubject, onboarding.accountName(), first.name()),
                        text.toString(),
                        null,
                        Map.of(),
                        List.of(),
                        "onboarding-help",
                        onboarding.account().value(),
                        reader.contact()),
                Actor.SYSTEM);
    }

    private UUID task(Onboarding onboarding, List<Milestone> late, LocalDate today) {
        String who = database.sql("""
                select string_agg(distinct c.name || ' had a letter on ' || to_char(g.on_day, 'FMDD Mon YYYY'), '; ')
                from onboarding.nudge g join accounts.contact c on c.id = g.contact_id
                where g.milestone_id = any(:ids) and g.kind = 'mail' and g.letter_id is not null
                """)
                .param("ids", late.stream().map(Milestone::id).toArray(UUID[]::new))
                .query((row, number) -> Objects.requireNonNullElse(row.getString(1), ""))
                .single();
        boolean ours = late.stream().allMatch(one -> one.theirs().isEmpty());
        String note = "Overdue: "
                + late.stream()
                        .map(one -> one.name() + " since " + Wording.day(Objects.requireNonNull(one.dueOn()))
                                + (one.need() > 1 ? " (" + one.have() + " of " + one.need() + ")" : "")
                                + (one.next().isEmpty() ? "" : ". Next: " + one.next()))
                        .collect(Collectors.joining(" "))
                + (who.isEmpty()
                        ? ours ? " It is up to us." : " There was nobody with an address to write to."
                        : ". " + who + ", and nothing moved since.")
                + " See " + onboarding.address();
        String title = "Get " + onboarding.accountName() + " past " + names(late);
        return tasks.createFor(
                        onboarding.account(),
                        new NewTask(
                                title.length() > 300 ? title.substring(0, 299) + "…" : title,
                                note.length() > 4_000 ? note.substring(0, 3_999) + "…" : note,
                                "onboarding",
                                today.plusDays(TASK_DAYS),
                                onboarding.ownerId(),
                                null),
                        Actor.SYSTEM)
                .task();
    }

    private void keep(
            Onboarding onboarding,
            Milestone milestone,
            String kind,
            LocalDate today,
            @Nullable UUID contact,
            @Nullable UUID letter,
            @Nullable UUID task) {
        database.sql("""
                insert into onboarding.nudge (onboarding_id, milestone_id, kind, on_day, contact_id, letter_id, task_id)
                values (:onboarding, :milestone, :kind, :today, :contact, :letter, :task)
                """)
                .param("onboarding", onboarding.id())
                .param("milestone", milestone.id())
                .param("kind", kind)
                .param("today", today)
                .param("contact", contact, Types.OTHER)
                .param("letter", letter, Types.OTHER)
                .param("task", task, Types.OTHER)
                .update();
    }

    private static String names(List<Milestone> milestones) {
        return milestones.stream().map(one -> "\"" + one.name() + "\"").collect(Collectors.joining(", "));
    }

    private static String due(List<Milestone> milestones) {
        return milestones.stream()
                .map(one -> Wording.day(Objects.requireNonNull(one.dueOn())))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
