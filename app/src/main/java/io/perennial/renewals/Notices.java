package io.perennial.renewals;

import io.perennial.mail.Delivery;
import io.perennial.mail.Letter;
import io.perennial.mail.MailAddress;
import io.perennial.mail.Outbox;
import io.perennial.renewals.Letters.Written;
import io.perennial.renewals.RenewalPeople.Person;
import io.perennial.shared.Actor;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Letters about what is due: shown to the sender as each reader will get them, and sent once for each renewal, step and person,
 * through restarts and two servers.
 */
@Component
public class Notices {

    private final JdbcClient database;
    private final RenewalWork work;
    private final RenewalPeople people;
    private final RenewalLog log;
    private final Templates templates;
    private final Outbox outbox;
    private final Letters letters;
    private final Clock clock;

    Notices(
            JdbcClient database,
            RenewalWork work,
            RenewalPeople people,
            RenewalLog log,
            Templates templates,
            Outbox outbox,
            Letters letters,
            Clock clock) {
        this.database = database;
        this.work = work;
        this.people = people;
        this.log = log;
        this.templates = templates;
        this.outbox = outbox;
        this.letters = letters;
        this.clock = clock;
    }

    /**
     * A letter as its reader would get it.
     *
     * @param obstacle why it cannot go to this person; null when it can
     */
    public record Draft(
            Person person,
            String language,
            String subject,
            String text,
            @Nullable String obstacle) {

        public boolean canBeSent() {
            return obstacle == null;
        }
    }

    /** @param delivery what became of it; null when there was an obstacle */
    public record Sent(
            Step step,
            UUID contact,
            String name,
            String address,
            String subject,
            BigDecimal proposed,
            LocalDate sentOn,
            String sentBy,
            @Nullable String obstacle,
            @Nullable Delivery delivery) {}

    public record Answer(String name, String text, Instant at) {}

    /**
     * One letter for each confirmed person who did not get that step yet; of a reminder, who got the notice. Whose letter came back
     * gets it once more when their address is another one now.
     */
    public List<Draft> drafts(Renewal renewal, Step step) {
        List<Written> written = letters.of(renewal.id());
        Set<UUID> told = Letters.had(written, Step.NOTICE);
        Set<UUID> done = Letters.had(written, step);
        List<RenewalWork.Fee> fees = work.fees(renewal.id());
        Map<String, NoticeWords.Text> texts = new HashMap<>();
        return people.of(renewal.id()).stream()
                .filter(Person::isConfirmed)
                .filter(person -> !done.contains(person.contact()) || letters.cameBack(written, step, person))
                .filter(person -> !step.isReminder() || told.contains(person.contact()))
                .map(person -> {
                    String language = NoticeWords.written(person.language());
                    NoticeWords.Text text = texts.computeIfAbsent(language, one -> templates.of(step.paper(), one));
                    return new Draft(
                            person,
                            language,
                            filled(text.subject(), renewal, fees, person, language)
                                    .replaceAll("\\s+", " "),
                            filled(text.body(), renewal, fees, person, language),
                            obstacle(person));
                })
                .toList();
    }

    /** What the sender has looked at: another text or another reader is another thing. */
    public static String seen(List<Draft> drafts) {
        String all = drafts.stream()
                .filter(Draft::canBeSent)
                .map(draft -> draft.person().contact() + "\n" + draft.person().email() + "\n" + draft.subject() + "\n"
                        + draft.text())
                .collect(Collectors.joining("\u0001"));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    /**
     * @param seen of the drafts that the sender looked at
     * @return how many letters were written
     */
    @Transactional
    public int send(UUID id, Step step, String seen, Worker worker) {
        Renewal renewal = work.open(id, worker);
        String refused = refused(renewal, step);
        if (refused != null) {
            throw new RenewalRefused(refused);
        }
        List<Draft> drafts = drafts(renewal, step);
        if (drafts.stream().noneMatch(Draft::canBeSent)) {
            throw new RenewalRefused("There is nobody to write to. Confirm somebody with an address first.");
        }
        if (!seen(drafts).equals(seen)) {
            throw new RenewalRefused(
                    "Readers or text changed since you looked. Nothing was sent. Look at the letters again.");
        }
        return write(renewal, step, drafts, worker.actor());
    }

    /** Without anybody who looked at it: by the rule that a leader switched on. In the caller's transaction. */
    int sendByRule(Renewal renewal, Step step) {
        return refused(renewal, step) != null ? 0 : write(renewal, step, drafts(renewal, step), RenewalWork.machine());
    }

    /** Why no such letter is due now, as a sentence; null when one may be sent. */
    public @Nullable String refused(Renewal renewal, Step step) {
        if (!step.isReminder()) {
            return null;
        }
        if (renewal.noticedOn() == null) {
            return "A reminder follows a notice, and none was sent yet.";
        }
        if (!answers(renewal.id()).isEmpty()) {
            return "Somebody has answered already; talk to them instead.";
        }
        if (step == Step.REMINDER2
                && Letters.had(letters.of(renewal.id()), Step.REMINDER1).isEmpty()) {
            return "The second reminder follows the first.";
        }
        return null;
    }

    /** Which letter comes next; null when all were sent or somebody answered. */
    public @Nullable Step next(Renewal renewal) {
        for (Step step : Step.values()) {
            if (refused(renewal, step) == null && !drafts(renewal, step).isEmpty()) {
                return step;
            }
        }
        return renewal.noticedOn() == null ? Step.NOTICE : null;
    }

    private int write(Renewal renewal, Step step, List<Draft> drafts, Actor actor) {
        List<String> told = new ArrayList<>();
        for (Draft draft : drafts) {
            Person person = draft.person();
            UUID letter = draft.canBeSent() ? post(renewal, step, draft, actor) : null;
            database.sql("""
                    insert into renewals.letter (renewal_id, step, contact_id, letter_id, obstacle, name, address, subject,
                        proposed, sent_on, sent_by)
                    values (:renewal, :step, :contact, cast(:letter as uuid), :obstacle, :name, :address, :subject, :proposed,
                        :today, :by)
                    on conflict (renewal_id, step, contact_id) do update set letter_id = excluded.letter_id,
                        obstacle = excluded.obstacle, name = excluded.name, address = excluded.address, subject = excluded.subject,
                        proposed = excluded.proposed, sent_on = excluded.sent_on, sent_by = excluded.sent_by
                    where letter.address <> excluded.address
                    """)
                    .param("renewal", renewal.id())
                    .param("step", step.key())
                    .param("contact", person.contact())
                    .param("letter", letter)
                    .param("obstacle", draft.obstacle())
                    .param("name", person.name())
                    .param("address", Objects.requireNonNullElse(person.email(), ""))
                    .param("subject", draft.subject())
                    .param("proposed", renewal.proposed())
                    .param("today", today())
                    .param("by", actor.name())
                    .update();
            if (letter != null) {
                told.add(person.name());
            }
        }
        if (!told.isEmpty()) {
            if (step == Step.NOTICE) {
                database.sql("update renewals.renewal set noticed_on = coalesce(noticed_on, :today) where id = :id")
                        .param("today", today())
                        .param("id", renewal.id())
                        .update();
                work.reached(renewal.id(), Stage.NOTICED);
            }
            log.write(
                    renewal.id(),
                    "sent the " + step.title().toLowerCase(java.util.Locale.ROOT) + " to " + String.join(", ", told),
                    actor,
                    null);
        }
        return told.size();
    }

    private UUID post(Renewal renewal, Step step, Draft draft, Actor actor) {
        Person person = draft.person();
        return outbox.post(
                new Letter(
                        letters.key(renewal.id(), step, person),
                        Objects.requireNonNull(person.email()),
                        person.name(),
                        draft.subject(),
                        draft.text(),
                        null,
                        Map.of(),
                        List.of(),
                        step.purpose(),
                        renewal.account().value(),
                        person.contact()),
                actor);
    }

    private @Nullable String obstacle(Person person) {
        if (!person.isHereOn(today())) {
            return "Has left.";
        }
        if (person.email() == null || person.email().isBlank()) {
            return "No address is known.";
        }
        return MailAddress.isAddress(person.email()) ? null : "The address is none that we can write to.";
    }

    private String filled(String text, Renewal renewal, List<RenewalWork.Fee> fees, Person person, String language) {
        return Filling.filled(
                text,
                Filling.places(renewal, person.name(), language, today()),
                NoticeWords.price(renewal, fees, language));
    }

    /** A letter came back: when nobody else has the notice either, none was given. */
    @Transactional
    public void cameBack(UUID renewal, UUID letter) {
        if (letters.noticeIsOnItsWay(renewal, letter)) {
            return;
        }
        int taken = database.sql("""
                update renewals.renewal set noticed_on = null, stage = case stage when 'noticed' then 'confirmed' else stage end
                where id = :id and noticed_on is not null and outcome = 'open'
                """).param("id", renewal).update();
        if (taken > 0) {
            log.write(renewal, "heard that the notice has reached nobody", RenewalWork.machine(), null);
        }
    }

    /** The latest first, each with its proof. */
    public List<Sent> sent(UUID renewal) {
        Map<UUID, Delivery> deliveries = outbox
                .deliveries(letters.of(renewal).stream()
                        .flatMap(one -> Optional.ofNullable(one.letter()).stream())
                        .toList())
                .stream()
                .collect(Collectors.toMap(Delivery::letter, one -> one));
        return database.sql("""
                select * from renewals.letter where renewal_id = :id order by sent_on desc, step desc, name, contact_id limit 200
                """)
                .param("id", renewal)
                .query((row, number) -> {
                    UUID letter = row.getObject("letter_id", UUID.class);
                    return new Sent(
                            Step.find(row.getString("step")).orElseThrow(),
                            row.getObject("contact_id", UUID.class),
                            row.getString("name"),
                            row.getString("address"),
                            row.getString("subject"),
                            row.getBigDecimal("proposed"),
                            row.getObject("sent_on", LocalDate.class),
                            row.getString("sent_by"),
                            row.getString("obstacle"),
                            letter == null ? null : deliveries.get(letter));
                })
                .list();
    }

    public List<Answer> answers(UUID renewal) {
        return database.sql("""
                select name, text, at from renewals.answer where renewal_id = :id order by at desc limit 50
                """)
                .param("id", renewal)
                .query((row, number) -> new Answer(
                        row.getString(1), row.getString(2), row.getTimestamp(3).toInstant()))
                .list();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
