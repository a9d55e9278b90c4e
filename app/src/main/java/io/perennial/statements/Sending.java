package io.perennial.statements;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.identity.Viewer;
import io.perennial.mail.Delivery;
import io.perennial.mail.Letter;
import io.perennial.mail.MailAddress;
import io.perennial.mail.Outbox;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.files.FileAccess;
import io.perennial.platform.files.FileLimits;
import io.perennial.platform.files.Files;
import io.perennial.platform.live.Live;
import io.perennial.platform.pdf.PdfPages;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sends an approved statement to people of the customer, as a letter with the paper. Letter and proof are there together or not at
 * all; the same version of the same edition goes to a person once.
 */
@Component
@Transactional
public class Sending implements FileAccess {

    private final JdbcClient database;
    private final Statements statements;
    private final Accounts accounts;
    private final Outbox outbox;
    private final PdfPages pdf;
    private final Files files;
    private final Audit audit;
    private final Live live;
    private final Clock clock;

    Sending(
            JdbcClient database,
            Statements statements,
            Accounts accounts,
            Outbox outbox,
            PdfPages pdf,
            Files files,
            Audit audit,
            Live live,
            Clock clock) {
        this.database = database;
        this.statements = statements;
        this.accounts = accounts;
        this.outbox = outbox;
        this.pdf = pdf;
        this.files = files;
        this.audit = audit;
        this.live = live;
        this.clock = clock;
    }

    /** Somebody who can get it. */
    public record Reader(UUID id, String name, String mail, List<String> roles) {}

    /** @param delivery what became of the letter; null when it is not known any more */
    public record Sent(
            String to,
            Edition edition,
            int number,
            Instant at,
            String by,
            @Nullable UUID file,
            @Nullable Delivery delivery) {}

    /** What the paper says: what the page says. */
    public record Paper(Statement statement, Edition edition) {

        public List<Section> sections() {
            return java.util.Arrays.stream(Section.values())
                    .filter(section -> section.in(edition))
                    .toList();
        }
    }

    public byte[] paper(Statement statement, Edition edition) {
        return pdf.of("statements/print", Map.of("paper", new Paper(statement, edition)));
    }

    /** People of the customer who are still there and have an address. */
    @Transactional(readOnly = true)
    public List<Reader> readers(AccountId account) {
        return accounts.contacts(account).stream()
                .filter(person -> person.isHereOn(statements.today()))
                .flatMap(person -> reader(person).stream())
                .toList();
    }

    private static Optional<Reader> reader(Contact person) {
        String mail = person.email();
        return mail == null || !MailAddress.isAddress(mail)
                ? Optional.empty()
                : Optional.of(new Reader(person.id(), person.name(), mail, person.roleNames()));
    }

    /** Latest first. */
    @Transactional(readOnly = true)
    public List<Sent> of(UUID statement) {
        record Row(Sent sent, @Nullable UUID letter) {}
        List<Row> rows = database.sql("""
                select * from statements.sending where statement_id = :id order by sent_at desc, id limit 100
                """)
                .param("id", statement)
                .query((row, number) -> new Row(
                        new Sent(
                                row.getString("contact_name"),
                                Edition.find(row.getString("edition")).orElseThrow(),
                                row.getInt("number"),
                                row.getTimestamp("sent_at").toInstant(),
                                row.getString("sent_by"),
                                row.getObject("file_id", UUID.class),
                                null),
                        row.getObject("letter_id", UUID.class)))
                .list();
        List<Delivery> deliveries = outbox.deliveries(
                rows.stream().map(Row::letter).filter(Objects::nonNull).toList());
        return rows.stream()
                .map(row -> {
                    Sent sent = row.sent();
                    return new Sent(
                            sent.to(),
                            sent.edition(),
                            sent.number(),
                            sent.at(),
                            sent.by(),
                            sent.file(),
                            deliveries.stream()
                                    .filter(one -> one.letter().equals(row.letter()))
                                    .findFirst()
                                    .orElse(null));
                })
                .toList();
    }

    /**
     * @param contacts who gets it; who has this version of this edition already gets nothing
     * @return how many letters are new
     * @throws StatementRefused saying why nothing was sent
     */
    public int send(UUID id, Edition edition, List<UUID> contacts, Viewer viewer) {
        StatementWork.require(viewer);
        database.sql("select id from statements.statement where id = :id for update")
                .param("id", id)
                .query(UUID.class)
                .optional();
        Statement statement = statements
                .find(id, null, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such statement in your portfolio."));
        if (statement.isDraft()) {
            throw new StatementRefused("Look at it and approve it first; then it can be sent.");
        }
        List<Reader> chosen = readers(statement.account()).stream()
                .filter(reader -> contacts.contains(reader.id()))
                .toList();
        if (chosen.isEmpty()) {
            throw new StatementRefused("Choose at least one person of the customer who has an address.");
        }
        List<Reader> fresh = chosen.stream()
                .filter(reader -> !has(id, statement.number(), edition, reader))
                .toList();
        if (fresh.isEmpty()) {
            return 0;
        }
        UUID file = keep(statement, edition, viewer.actor());
        fresh.forEach(reader -> post(statement, edition, reader, file, viewer));
        database.sql("""
                update statements.statement set state = 'sent', version = version + 1, updated_at = :now where id = :id
                """)
                .param("id", id)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        audit.record(
                viewer.actor(),
                "statement-sent",
                "Statement of " + statement.accountName() + ", " + statement.period() + ", sent to "
                        + String.join(", ", fresh.stream().map(Reader::name).toList()),
                List.of(new ChangedThing("statement", id.toString(), statement.account(), null, null)));
        live.changed("statements");
        live.changed("statement:" + id);
        return fresh.size();
    }

    private boolean has(UUID id, int number, Edition edition, Reader reader) {
        return database.sql("""
                select exists (select from statements.sending where statement_id = :id and number = :number
                    and edition = :edition and contact_id = :contact)
                """)
                .param("id", id)
                .param("number", number)
                .param("edition", edition.key())
                .param("contact", reader.id())
                .query(Boolean.class)
                .single();
    }

    static String fileName(Statement statement, Edition edition) {
        return edition.title() + " " + statement.accountName() + " " + statement.from() + " "
                + statement.until().minusDays(1) + ".pdf";
    }

    private UUID keep(Statement statement, Edition edition, Actor actor) {
        try (ByteArrayInputStream content = new ByteArrayInputStream(paper(statement, edition))) {
            return files.store(fileName(statement, edition), content, FileLimits.MOST_BYTES, actor)
                    .id();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void post(Statement statement, Edition edition, Reader reader, UUID file, Viewer viewer) {
        String key = "statement:" + statement.id() + ":" + statement.number() + ":" + edition.key() + ":" + reader.id();
        UUID letter = outbox.post(
                new Letter(
                        key,
                        reader.mail(),
                        reader.name(),
                        edition.title() + ", " + statement.period(),
                        "Hello " + reader.name() + ",\n\nattached is what you used from " + statement.period()
                                + ", how your requests were answered, which goals were reached and what it was worth."
                                + (statement.note().isEmpty() ? "" : "\n\n" + statement.note())
                                + "\n\nIf you see something differently, just answer this letter.\n\n" + viewer.name()
                                + "\n",
                        null,
                        Map.of(),
                        List.of(file),
                        "statement",
                        statement.account().value(),
                        reader.id()),
                viewer.actor());
        database.sql("""
                insert into statements.sending (id, statement_id, account_id, number, edition, contact_id, contact_name, file_id,
                    letter_id, sent_at, sent_by)
                values (:id, :statement, :account, :number, :edition, :contact, :name, :file, :letter, :now, :by)
                """)
                .param("id", UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)))
                .param("statement", statement.id())
                .param("account", statement.account().value())
                .param("number", statement.number())
                .param("edition", edition.key())
                .param("contact", reader.id())
                .param("name", reader.name())
                .param("file", file)
                .param("letter", letter)
                .param("now", Timestamp.from(clock.instant()))
                .param("by", viewer.name())
                .update();
    }

    /** Papers that were sent are seen by whoever sees their customer; keys see all. */
    @Override
    @Transactional(readOnly = true)
    public boolean mayRead(UUID file, Actor actor) {
        return database.sql("""
                select exists (
                    select from statements.sending s join accounts.account a on a.id = s.account_id
                    where s.file_id = :file and (:key or exists (
                        select from identity.team_member m
                        where m.id = cast(:member as uuid) and m.active and (m.portfolio = 'everything' or a.owner_id = m.id))))
                """)
                .param("file", file)
                .param("key", actor.kind() == Actor.Kind.KEY)
                .param("member", actor.id())
                .query(Boolean.class)
                .single();
    }
}
