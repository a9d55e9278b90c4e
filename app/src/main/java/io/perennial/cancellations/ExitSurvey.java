package io.perennial.cancellations;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.identity.Viewer;
import io.perennial.mail.Delivery;
import io.perennial.mail.Letter;
import io.perennial.mail.MailAddress;
import io.perennial.mail.Outbox;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.PublicAddress;
import io.perennial.shared.AccountId;
import io.perennial.shared.SecretText;
import io.perennial.surveys.AskingSource;
import io.perennial.surveys.SurveyProtection;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks one person by letter why they leave. Sent by a click and at most once for a cancellation, unless somebody asks again on purpose;
 * then the earlier link is worth nothing.
 */
@Component
@Transactional
public class ExitSurvey {

    public static final String PATH = "/leaving/";

    static final SecretText TEXT = new SecretText("xs_");

    /** A link works so long. */
    private static final Duration OPEN_FOR = Duration.ofDays(60);

    private final JdbcClient database;
    private final Accounts accounts;
    private final AccountLosses losses;
    private final Outbox outbox;
    private final PublicAddress address;
    private final SurveyProtection protection;
    private final Audit audit;
    private final Clock clock;

    ExitSurvey(
            JdbcClient database,
            Accounts accounts,
            AccountLosses losses,
            Outbox outbox,
            PublicAddress address,
            SurveyProtection protection,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.losses = losses;
        this.outbox = outbox;
        this.address = address;
        this.protection = protection;
        this.audit = audit;
        this.clock = clock;
    }

    /** Somebody who can be asked. */
    public record Reader(UUID id, String name, String mail, String language) {}

    /** What a letter would say. */
    public record Preview(Reader to, String subject, String text) {}

    /**
     * A survey that was sent.
     *
     * @param delivery what became of the letter; null when it is not known any more
     */
    public record Sent(
            UUID id,
            String to,
            Instant sentAt,
            String sentBy,
            @Nullable Instant answeredAt,
            @Nullable Delivery delivery) {}

    /** People of the account who are still there and have an address. */
    @Transactional(readOnly = true)
    public List<Reader> readers(AccountCard card) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return accounts.contacts(card.id()).stream()
                .filter(person -> person.isHereOn(today))
                .flatMap(person -> reader(person, card).stream())
                .toList();
    }

    private static Optional<Reader> reader(Contact person, AccountCard card) {
        String mail = person.email();
        if (mail == null || !MailAddress.isAddress(mail)) {
            return Optional.empty();
        }
        String language = person.language() == null ? card.language() : person.language();
        return Optional.of(new Reader(
                person.id(), person.name(), mail, SurveyWords.in(language).language()));
    }

    /** As that reader would get it. */
    public static Preview preview(Reader reader) {
        SurveyWords words = SurveyWords.in(reader.language());
        return new Preview(reader, words.subject(), words.letterTo(reader.name()));
    }

    /** Whether letters can carry a link. */
    public boolean canAsk() {
        return address.isKnown();
    }

    /** Sent surveys of a cancellation, latest first. */
    @Transactional(readOnly = true)
    public List<Sent> sent(UUID loss) {
        record Row(
                UUID id,
                String to,
                Instant sentAt,
                String sentBy,
                @Nullable Instant answeredAt,
                @Nullable UUID letter) {}
        List<Row> rows = database.sql("""
                select s.*, coalesce(p.name, 'somebody who is not known any more') as name from cancellations.survey s
                left join accounts.contact p on p.id = s.contact_id
                where s.cancellation_id = :loss order by s.sent_at desc, s.id desc limit 20
                """)
                .param("loss", loss)
                .query((row, number) -> {
                    Timestamp answered = row.getTimestamp("answered_at");
                    return new Row(
                            row.getObject("id", UUID.class),
                            row.getString("name"),
                            row.getTimestamp("sent_at").toInstant(),
                            row.getString("sent_by"),
                            answered == null ? null : answered.toInstant(),
                            row.getObject("letter_id", UUID.class));
                })
                .list();
        List<Delivery> deliveries = outbox.deliveries(rows.stream()
                .map(Row::letter)
                .filter(java.util.Objects::nonNull)
                .toList());
        return rows.stream()
                .map(row -> new Sent(
                        row.id(),
                        row.to(),
                        row.sentAt(),
                        row.sentBy(),
                        row.answeredAt(),
                        deliveries.stream()
                                .filter(one -> one.letter().equals(row.letter()))
                                .findFirst()
                                .orElse(null)))
                .toList();
    }

    /**
     * Posts the letter.
     *
     * @param again whether somebody asks again on purpose
     * @throws CannotRecord saying why nobody is asked
     */
    public void send(AccountId account, UUID loss, UUID contact, boolean again, Viewer viewer) {
        if (!viewer.role().mayWork()) {
            throw new CannotRecord("", "Your role looks at surveys and sends none.");
        }
        AccountCard card = accounts.find(account, viewer).orElseThrow(NoSuchElementException::new);
        if (losses.find(account, loss).isEmpty()) {
            throw new NoSuchElementException();
        }
        Reader reader = readers(card).stream()
                .filter(one -> one.id().equals(contact))
                .findFirst()
                .orElseThrow(() -> new CannotRecord("contact", "Choose somebody of the account who has an address."));
        UUID id = Ids.next();
        String token = TEXT.fresh();
        String link = address.of(PATH + token)
                .orElseThrow(() -> new CannotRecord(
                        "",
                        "The letter needs a link. An administrator sets PERENNIAL_PUBLICADDRESS to the address under which"
                                + " customers reach this server."));
        if (again) {
            database.sql("update cancellations.survey set token_hash = null where cancellation_id = :loss")
                    .param("loss", loss)
                    .update();
        }
        Preview preview = preview(reader);
        Letter letter = new Letter(
                "exit-survey:" + id,
                reader.mail(),
                reader.name(),
                preview.subject(),
                preview.text() + "\n\n" + link + "\n",
                null,
                Map.of(),
                List.of(),
                "exit-survey",
                account.value(),
                contact);
        keep(id, account, loss, reader, token, viewer);
        UUID posted = outbox.post(letter, viewer.actor());
        database.sql("update cancellations.survey set letter_id = :letter where id = :id")
                .param("letter", posted)
                .param("id", id)
                .update();
        protection.asked(AskingSource.EXIT, id, "Exit survey", contact);
        audit.record(
                viewer.actor(),
                "exit-survey",
                card.name() + ": exit survey sent to " + reader.name(),
                List.of(new ChangedThing("exit-survey", id.toString(), account, null, null)));
    }

    private void keep(UUID id, AccountId account, UUID loss, Reader reader, String token, Viewer viewer) {
        Instant now = clock.instant();
        try {
            database.sql("""
                    insert into cancellations.survey (id, account_id, cancellation_id, contact_id, token_hash, language, sent_by,
                        sent_at, expires_at)
                    values (:id, :account, :loss, :contact, :hash, :language, :by, :now, :until)
                    """)
                    .param("id", id)
                    .param("account", account.value())
                    .param("loss", loss)
                    .param("contact", reader.id())
                    .param("hash", SecretText.hashAsText(token))
                    .param("language", reader.language())
                    .param("by", viewer.name())
                    .param("now", Timestamp.from(now))
                    .param("until", Timestamp.from(now.plus(OPEN_FOR)))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new CannotRecord(
                    "again",
                    "They were asked already. Say that you ask again; the earlier link is then worth nothing.");
        }
    }
}
