package io.perennial.playbooks;

import io.perennial.engagement.Tasks;
import io.perennial.engagement.Tasks.NewTask;
import io.perennial.mail.Letter;
import io.perennial.mail.Outbox;
import io.perennial.mail.Purpose;
import io.perennial.platform.records.Ids;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.playbooks.Customers.Customer;
import io.perennial.playbooks.Customers.Person;
import io.perennial.playbooks.Running.Due;
import io.perennial.playbooks.text.Places;
import io.perennial.playbooks.text.Sentences;
import io.perennial.playbooks.text.Step;
import io.perennial.playbooks.text.Step.AccountField;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Does what a step says, in the transaction of its run; in the shadow it only writes down what it would have done. */
@Component
class Doing {

    private static final String PURPOSE = "playbook";
    private static final int LONGEST_TITLE = 300;
    private static final int LONGEST_NOTE = 4_000;

    private final JdbcClient database;
    private final Customers customers;
    private final Tasks tasks;
    private final Outbox outbox;
    private final Records records;
    private final Webhooks webhooks;
    private final Asked asked;
    private final Clock clock;

    Doing(
            JdbcClient database,
            Customers customers,
            Tasks tasks,
            Outbox outbox,
            Records records,
            Webhooks webhooks,
            Asked asked,
            Clock clock) {
        this.database = database;
        this.customers = customers;
        this.tasks = tasks;
        this.outbox = outbox;
        this.records = records;
        this.webhooks = webhooks;
        this.asked = asked;
        this.clock = clock;
    }

    /**
     * What was done.
     *
     * @param things tasks or letters, to take them back
     * @param field column of the account that was set
     */
    private record Act(
            String words,
            List<UUID> things,
            @Nullable String field,
            @Nullable String before,
            @Nullable String after) {

        static Act of(String words, List<UUID> things) {
            return new Act(words, things, null, null, null);
        }
    }

    /** For what no person does. */
    static Actor actor(String playbook) {
        return new Actor(Actor.Kind.SYSTEM, null, "Playbook " + playbook);
    }

    void act(Due run, int position, Step step) {
        boolean done = database.sql(
                        "select exists (select from playbooks.act where run_id = :run and position = :position)")
                .param("run", run.id())
                .param("position", position)
                .query(Boolean.class)
                .single();
        if (done) {
            return;
        }
        Customer customer = customers.of(run.account(), run.evidence());
        Act act = switch (step) {
            case Step.Task task ->
                asked.already(run).map(words -> Act.of(words, List.of())).orElseGet(() -> task(run, customer, task));
            case Step.Mail mail -> mail(run, position, customer, mail);
            case Step.Notice notice -> notice(run, position, customer, notice);
            case Step.SetField set -> field(run, customer, set);
            case Step.Webhook hook -> webhook(run, position, customer, hook);
            default -> throw new IllegalStateException("No act: " + step.kind());
        };
        database.sql("""
                insert into playbooks.act (run_id, position, kind, words, at, things, field, before, after)
                values (:run, :position, :kind, :words, :now, :things, :field, :before, :after)
                """)
                .param("run", run.id())
                .param("position", position)
                .param("kind", step.kind())
                .param("words", act.words())
                .param("now", Timestamp.from(clock.instant()))
                .param("things", act.things().toArray(UUID[]::new))
                .param("field", act.field())
                .param("before", act.before())
                .param("after", act.after())
                .update();
    }

    private Act task(Due run, Customer customer, Step.Task task) {
        Person owner = customers.who(task.who(), customer);
        String title = cut(Places.filled(task.title(), customer.places()), LONGEST_TITLE);
        String note = note(run, customer, task.script());
        LocalDate due = today().plusDays(task.dueInDays());
        String words = "Task for " + (owner == null ? "nobody yet" : owner.name()) + " by " + due + ": " + title;
        if (run.shadow()) {
            return Act.of(
                    "Would make a " + words.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + words.substring(1),
                    List.of());
        }
        UUID made = tasks.createFor(
                        new AccountId(run.account()),
                        new NewTask(title, note, PURPOSE, due, owner == null ? null : owner.id(), run.signal()),
                        actor(run.text().name()))
                .task();
        return Act.of(words, List.of(made));
    }

    private static String note(Due run, Customer customer, String script) {
        String why = "Why: " + run.evidence() + " (playbook " + run.text().name() + ").";
        return cut(script.isEmpty() ? why : Places.filled(script, customer.places()) + "\n\n" + why, LONGEST_NOTE);
    }

    private Act mail(Due run, int position, Customer customer, Step.Mail mail) {
        List<Person> people = customers.people(run.account(), mail.role(), today());
        if (people.isEmpty()) {
            return Act.of(
                    "No mail: " + Sentences.people(mail.role()) + " with an address is not known at " + customer.name()
                            + ".",
                    List.of());
        }
        String names = people.stream().map(Person::name).collect(Collectors.joining(", "));
        if (run.shadow()) {
            return Act.of("Would mail " + names + ": " + Places.filled(mail.subject(), customer.places()), List.of());
        }
        List<UUID> letters = new ArrayList<>();
        List<String> unusable = new ArrayList<>();
        for (Person person : people) {
            Map<String, String> places = new HashMap<>(customer.places());
            places.put("contact", person.name());
            places.put("first_name", person.name().strip().split("\\s+")[0]);
            try {
                Letter letter = letter(run, position, person, mail, places);
                letters.add(outbox.post(
                        answeredByTheOwner(letter, customer), actor(run.text().name())));
            } catch (IllegalArgumentException e) {
                unusable.add(person.name());
            }
        }
        return Act.of(
                "Mail to " + names + ": " + Places.filled(mail.subject(), customer.places())
                        + (unusable.isEmpty()
                                ? ""
                                : " (not to " + String.join(", ", unusable) + ": the address is none)"),
                letters);
    }

    private static Letter letter(Due run, int position, Person person, Step.Mail mail, Map<String, String> places) {
        return new Letter(
                        "playbook:" + run.id() + ":" + position + ":" + person.id(),
                        Objects.requireNonNull(person.email()),
                        person.name(),
                        Places.filled(mail.subject(), places),
                        Places.filled(mail.text(), places),
                        null,
                        Map.of(),
                        List.of(),
                        PURPOSE,
                        run.account(),
                        person.id())
                .serving(Purpose.PLAYBOOK);
    }

    private static Letter answeredByTheOwner(Letter letter, Customer customer) {
        Person owner = customer.owner();
        return owner == null || owner.email() == null ? letter : letter.with("Reply-To", owner.email());
    }

    private Act notice(Due run, int position, Customer customer, Step.Notice notice) {
        Person reader = customers.who(notice.who(), customer);
        String text = Places.filled(notice.text(), customer.places());
        if (reader == null || reader.email() == null) {
            return Act.of("Nobody to tell: " + notice.who().words() + " is not known.", List.of());
        }
        if (run.shadow()) {
            return Act.of("Would tell " + reader.name() + ": " + text, List.of());
        }
        Letter letter = new Letter(
                        "playbook:" + run.id() + ":" + position,
                        reader.email(),
                        reader.name(),
                        customer.name() + ": " + cut(text, 200),
                        text + "\n\nWhy: " + run.evidence() + "\nPlaybook: "
                                + run.text().name(),
                        null,
                        Map.of(),
                        List.of(),
                        PURPOSE + "-notice",
                        null,
                        null)
                .automatic();
        return Act.of(
                "Told " + reader.name() + ": " + text,
                List.of(outbox.post(letter, actor(run.text().name()))));
    }

    private Act field(Due run, Customer customer, Step.SetField set) {
        String value = value(set, customer);
        String before = customers.field(run.account(), set.field());
        String words = set.field().title() + " set to " + value
                + (before == null || before.isEmpty() ? "" : ", was " + before);
        if (run.shadow()) {
            return Act.of("Would set " + set.field().title() + " to " + value + ".", List.of());
        }
        if (Objects.equals(before, value)) {
            return Act.of(set.field().title() + " was " + value + " already.", List.of());
        }
        write(customer.externalId(), set.field(), value, run.text().name());
        return new Act(words, List.of(), set.field().column(), before, customers.field(run.account(), set.field()));
    }

    private String value(Step.SetField set, Customer customer) {
        if (set.field() == AccountField.NEXT_STEP_ON && set.value().startsWith("in ")) {
            return today().plusDays(Integer.parseInt(set.value().replaceAll("\\D", "")))
                    .toString();
        }
        return Places.filled(set.value(), customer.places());
    }

    /** @throws IllegalStateException with the reason when the account's own checks refuse the value */
    void write(String externalId, AccountField field, @Nullable String value, String playbook) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put(field.column(), value);
        for (RowOutcome outcome : records.upsert(
                records.type("accounts").orElseThrow(),
                List.of(new RecordRow(1, externalId, values, Map.of())),
                actor(playbook),
                new Records.Write(Ids.next(), field.title() + " set by playbook " + playbook, Records.Formats.ISO))) {
            if (outcome.result() == RowOutcome.Result.INVALID) {
                throw new IllegalStateException(
                        outcome.problems().isEmpty()
                                ? "The value was refused."
                                : outcome.problems().getFirst().message());
            }
        }
    }

    private Act webhook(Due run, int position, Customer customer, Step.Webhook hook) {
        if (run.shadow()) {
            return Act.of("Would call the webhook " + hook.name() + ".", List.of());
        }
        webhooks.queue(run, position, hook.name(), customer);
        return Act.of("Called the webhook " + hook.name() + ".", List.of());
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest - 1) + "…" : text;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
