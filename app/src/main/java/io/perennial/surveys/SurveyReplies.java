package io.perennial.surveys;

import io.perennial.identity.Viewer;
import io.perennial.mail.Delivery;
import io.perennial.mail.Letter;
import io.perennial.mail.MailAddress;
import io.perennial.mail.Outbox;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Letters of colleagues to those who answered. */
@Component
@Transactional
public class SurveyReplies {

    static final int LONGEST = 5_000;

    private static final String KIND = "survey-reply";

    private final JdbcClient database;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    SurveyReplies(JdbcClient database, Outbox outbox, Audit audit, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param delivery what became of the letter; null when it is not known any more */
    public record Reply(
            String text, String by, Instant at, @Nullable Delivery delivery) {}

    @Transactional(readOnly = true)
    public List<Reply> of(UUID answer) {
        record Row(String text, String by, Instant at, UUID letter) {}
        List<Row> rows = database.sql(
                        "select text, by_name, at, letter_id from surveys.reply where response_id = :id order by at, id limit 50")
                .param("id", answer)
                .query((row, number) -> new Row(
                        row.getString(1),
                        row.getString(2),
                        row.getTimestamp(3).toInstant(),
                        row.getObject(4, UUID.class)))
                .list();
        List<Delivery> deliveries =
                outbox.deliveries(rows.stream().map(Row::letter).toList());
        return rows.stream()
                .map(row -> new Reply(
                        row.text(),
                        row.by(),
                        row.at(),
                        deliveries.stream()
                                .filter(one -> one.letter().equals(row.letter()))
                                .findFirst()
                                .orElse(null)))
                .toList();
    }

    private record Reader(
            AccountId account,
            UUID contact,
            String name,
            @Nullable String email,
            @Nullable String survey,
            @Nullable String language) {}

    /** Whether whoever answered can be written to. */
    @Transactional(readOnly = true)
    public boolean canReply(UUID answer, Viewer viewer) {
        return viewer.role().mayWork()
                && reader(answer, viewer)
                        .filter(one -> one.email() != null && MailAddress.isAddress(String.valueOf(one.email())))
                        .isPresent();
    }

    private java.util.Optional<Reader> reader(UUID answer, Viewer viewer) {
        return database.sql("""
                select r.account_id, p.id, p.name, p.email, r.survey, coalesce(p.language, a.language) from surveys.survey_response r
                join accounts.account a on a.id = r.account_id
                join accounts.contact p on p.id = r.contact_id
                where r.id = :id and (:everything or a.owner_id = :me)
                """)
                .param("id", answer)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query((row, number) -> new Reader(
                        new AccountId(row.getObject(1, UUID.class)),
                        row.getObject(2, UUID.class),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)))
                .optional();
    }

    /**
     * Writes to who answered; answers come back to the writer.
     *
     * @param form that the page carries, so that sending it twice sends one letter
     * @throws SurveyRefused saying why nothing was sent
     */
    public void reply(UUID answer, UUID form, String text, Viewer viewer) {
        if (!viewer.role().mayWork()) {
            throw new AccessDeniedException("Only people who work accounts write to customers.");
        }
        Reader reader = reader(answer, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such answer in your portfolio."));
        String email = reader.email();
        if (email == null || !MailAddress.isAddress(email)) {
            throw new SurveyRefused("text", "Whoever answered has no address. Your text is below and not sent.");
        }
        String said = text.replace("\0", "").replace("\r\n", "\n").strip();
        if (said.isEmpty() || said.length() > LONGEST) {
            throw new SurveyRefused("text", "Write up to 5,000 characters. Your text is below and not sent.");
        }
        boolean sent = database.sql("select exists (select from surveys.reply where id = :id)")
                .param("id", form)
                .query(Boolean.class)
                .single();
        if (sent) {
            return;
        }
        Letter letter = new Letter(
                        "survey-reply:" + form,
                        email,
                        reader.name(),
                        "Re: " + AskingWords.in(reader.language()).choose(),
                        said + "\n\n" + viewer.name() + "\n",
                        null,
                        Map.of(),
                        List.of(),
                        SurveyGuard.REPLY,
                        reader.account().value(),
                        reader.contact())
                .with("Reply-To", MailAddress.of(viewer.email()));
        UUID posted = outbox.post(letter, viewer.actor());
        database.sql("""
                insert into surveys.reply (id, response_id, letter_id, text, by_name, at)
                values (:id, :answer, :letter, :text, :by, :now) on conflict (id) do nothing
                """)
                .param("id", form)
                .param("answer", answer)
                .param("letter", posted)
                .param("text", said)
                .param("by", viewer.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        audit.record(
                viewer.actor(),
                KIND,
                "A survey's answer was replied to",
                List.of(new ChangedThing(KIND, form.toString(), reader.account(), null, null)));
    }
}
