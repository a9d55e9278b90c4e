package io.perennial.renewals;

import io.perennial.engagement.Tasks;
import io.perennial.engagement.Tasks.NewTask;
import io.perennial.mail.BounceListener;
import io.perennial.mail.Delivery;
import io.perennial.mail.GoneWords;
import io.perennial.mail.IncomingLetter;
import io.perennial.mail.IncomingLetter.Kind;
import io.perennial.mail.LetterReceiver;
import io.perennial.mail.Outbox;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What comes back: answers to our notices, letters that could not be delivered, and machines that say that somebody has left. The
 * thread is known by the identity of our letter, which only its readers know.
 */
@Component
@Order(50)
class RenewalMail implements LetterReceiver, BounceListener {

    private static final Pattern KEY = Pattern.compile("renewal:([0-9a-f-]{36}):[a-z0-9]+:([0-9a-f-]{36})");

    /** How the history says it; the timeline has the letter itself. */
    static final String HEARD = "heard from ";

    private static final int LONGEST = 20_000;
    private static final int TASK_DAYS = 2;

    private final JdbcClient database;
    private final Renewals renewals;
    private final RenewalLog log;
    private final Departures departures;
    private final Notices notices;
    private final Outbox outbox;
    private final Tasks tasks;
    private final Records records;
    private final Clock clock;

    RenewalMail(
            JdbcClient database,
            Renewals renewals,
            RenewalLog log,
            Departures departures,
            Notices notices,
            Outbox outbox,
            Tasks tasks,
            Records records,
            Clock clock) {
        this.database = database;
        this.renewals = renewals;
        this.log = log;
        this.departures = departures;
        this.notices = notices;
        this.outbox = outbox;
        this.tasks = tasks;
        this.records = records;
        this.clock = clock;
    }

    private record Thread(UUID renewal, UUID contact) {}

    @Override
    public boolean receive(IncomingLetter letter) {
        Thread thread = thread(letter).orElse(null);
        if (letter.kind() == Kind.AUTO_REPLY) {
            GoneWords.in(letter.subject(), letter.text()).ifPresent(line -> {
                UUID contact = thread != null ? thread.contact() : named(letter);
                if (contact != null) {
                    departures.heard(contact, "reply", "An automatic reply says: " + line);
                }
            });
            return thread != null;
        }
        if (letter.kind() == Kind.PERSON && thread != null) {
            answered(thread, letter);
            return true;
        }
        return false;
    }

    @Override
    public void bounced(Bounce bounce) {
        UUID contact = bounce.contactId();
        if (bounce.permanent() && contact != null) {
            departures.heard(contact, "bounce", "A letter to " + bounce.address() + " came back: " + bounce.reason());
        }
        Matcher ours = KEY.matcher(bounce.key());
        if (ours.matches()) {
            notices.cameBack(UUID.fromString(ours.group(1)), bounce.letter());
        }
    }

    private Optional<Thread> thread(IncomingLetter letter) {
        return letter.references().reversed().stream()
                .limit(20)
                .flatMap(reference -> outbox.byMessageId(reference).stream())
                .map(Delivery::key)
                .map(KEY::matcher)
                .filter(Matcher::matches)
                .map(key -> new Thread(UUID.fromString(key.group(1)), UUID.fromString(key.group(2))))
                .filter(one -> renewals.find(one.renewal()).isPresent())
                .findFirst();
    }

    /** By address, and only when the sender's domain vouches for the letter. */
    private @Nullable UUID named(IncomingLetter letter) {
        if (!letter.senderVerified() || letter.from().isEmpty()) {
            return null;
        }
        return database.sql("""
                select c.id from accounts.contact c
                where lower(c.email) = :address and exists (select from renewals.person p where p.contact_id = c.id)
                order by c.id limit 1
                """)
                .param("address", letter.from())
                .query(UUID.class)
                .optional()
                .orElse(null);
    }

    private void answered(Thread thread, IncomingLetter letter) {
        Renewal renewal = renewals.find(thread.renewal()).orElseThrow();
        String name = letter.fromName() == null || letter.fromName().isBlank() ? letter.from() : letter.fromName();
        String text = letter.text().length() > LONGEST ? letter.text().substring(0, LONGEST) : letter.text();
        database.sql("""
                insert into renewals.answer (letter_id, renewal_id, contact_id, name, text, at)
                values (:letter, :renewal, :contact, :name, :text, :at) on conflict (letter_id) do nothing
                """)
                .param("letter", letter.id())
                .param("renewal", thread.renewal())
                .param("contact", thread.contact())
                .param("name", name)
                .param("text", text)
                .param("at", Timestamp.from(letter.receivedAt()))
                .update();
        log.write(thread.renewal(), HEARD + name, RenewalWork.machine(), null);
        talked(renewal, thread, letter, text);
        if (renewal.isOpen()) {
            tasks.createFor(
                    renewal.account(),
                    new NewTask(
                            "Answer " + cut(name, 80) + " about the renewal of " + cut(renewal.title(), 120),
                            cut(text, 1_000),
                            "renewal",
                            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(TASK_DAYS),
                            renewal.ownerId(),
                            null),
                    RenewalWork.machine());
        }
    }

    /** An answer is a conversation, on the one timeline and against silence. */
    private void talked(Renewal renewal, Thread thread, IncomingLetter letter, String text) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("account", renewal.accountExternalId());
        values.put("contact", writer(thread, letter));
        values.put("at", letter.receivedAt().toString());
        values.put("kind", "mail");
        values.put("direction", "in");
        values.put("two_way", true);
        values.put("subject", cut(letter.subject().strip(), 300));
        values.put("body", text);
        records.upsert(
                records.type("touchpoints").orElseThrow(),
                List.of(new RecordRow(1, "renewal-answer-" + letter.id(), values, Map.of())),
                RenewalWork.machine(),
                new Records.Write(null, "Answer of " + renewal.accountName(), Records.Formats.ISO));
    }

    /** Whom we wrote to, when it is they who answer and not somebody else from the same thread. */
    private @Nullable String writer(Thread thread, IncomingLetter letter) {
        return database.sql("select external_id from accounts.contact where id = :id and lower(email) = lower(:from)")
                .param("id", thread.contact())
                .param("from", letter.from())
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest - 1) + "…" : text;
    }
}
