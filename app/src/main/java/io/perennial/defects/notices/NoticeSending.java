package io.perennial.defects.notices;

import io.perennial.cases.desk.AutomaticNotes;
import io.perennial.defects.Defect;
import io.perennial.defects.Defects;
import io.perennial.defects.notices.NoticeLetters.To;
import io.perennial.mail.Outbox;
import io.perennial.platform.background.Loop;
import io.perennial.platform.live.Live;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes letters for whom a notice was sent to, a batch in a transaction: letter and proof are there together or not at all, so
 * that neither a kill nor a second server sends one twice. Leaves notes on the cases of a fixed defect in the same way.
 */
@Component
public class NoticeSending extends Loop {

    static final int BATCH = 100;

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private final JdbcClient database;
    private final NoticeRows rows;
    private final NoticeLetters letters;
    private final WeeklyLetters weekly;
    private final Outbox outbox;
    private final AutomaticNotes notes;
    private final Defects defects;
    private final Live live;
    private final TransactionOperations transactions;
    private final Clock clock;

    NoticeSending(
            JdbcClient database,
            NoticeRows rows,
            NoticeLetters letters,
            WeeklyLetters weekly,
            Outbox outbox,
            AutomaticNotes notes,
            Defects defects,
            Live live,
            TransactionOperations transactions,
            Clock clock,
            @Value("${perennial.mail.loops:true}") boolean enabled) {
        super("notices", LOOK_AGAIN, enabled);
        this.database = database;
        this.rows = rows;
        this.letters = letters;
        this.weekly = weekly;
        this.outbox = outbox;
        this.notes = notes;
        this.defects = defects;
        this.live = live;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    protected Duration step() {
        return batch() || weekly.batch() ? Duration.ZERO : LOOK_AGAIN;
    }

    /** Everything that is due, as the loop would. */
    public void drain() {
        while (batch() || weekly.batch()) {
            // each batch is committed by itself
        }
    }

    /** @return whether there may be more to do */
    boolean batch() {
        UUID next = database.sql("select id from defects.notice where state = 'sending' order by sent_at, id limit 1")
                .query(UUID.class)
                .optional()
                .orElse(null);
        if (next == null) {
            return false;
        }
        boolean empty = Boolean.TRUE.equals(transactions.execute(transaction -> batch(next)));
        if (empty) {
            // By itself: two who hold the notice together would wait for each other.
            transactions.executeWithoutResult(transaction -> finish(next));
        }
        live.changed("notice:" + next);
        return true;
    }

    /** @return whether nothing was left to do */
    private boolean batch(UUID id) {
        // Held until the letters are written: who pauses or cancels waits for this batch and stops the next.
        boolean sending = database.sql("select state = 'sending' from defects.notice where id = :id for share")
                .param("id", id)
                .query(Boolean.class)
                .optional()
                .orElse(false);
        CustomerNotice notice = sending ? rows.find(id).orElse(null) : null;
        if (notice == null) {
            return false;
        }
        List<To> due = database.sql("""
                select contact_id, account_id, name, address, language, zone from defects.recipient
                where notice_id = :id and state = 'due' order by contact_id limit :most for update skip locked
                """)
                .param("id", id)
                .param("most", BATCH)
                .query((row, number) -> new To(
                        row.getObject("contact_id", UUID.class),
                        row.getObject("account_id", UUID.class),
                        row.getString("name"),
                        row.getString("address"),
                        row.getString("language"),
                        row.getString("zone")))
                .list();
        due.forEach(to -> write(notice, to));
        int noted = notes(notice);
        return due.isEmpty() && noted == 0;
    }

    private void write(CustomerNotice notice, To to) {
        UUID letter;
        try {
            letter = outbox.post(letters.letter(notice, to), new Actor(Actor.Kind.SYSTEM, null, "Notice"));
        } catch (IllegalArgumentException refused) {
            database.sql("""
                    update defects.recipient set state = 'left-out', why = :why where notice_id = :notice and contact_id = :contact
                    """)
                    .param("why", "The address is none that we can write to.")
                    .param("notice", notice.id())
                    .param("contact", to.contact())
                    .update();
            return;
        }
        database.sql("""
                update defects.recipient set state = 'posted', letter_id = :letter, posted_at = :now
                where notice_id = :notice and contact_id = :contact
                """)
                .param("letter", letter)
                .param("now", Timestamp.from(clock.instant()))
                .param("notice", notice.id())
                .param("contact", to.contact())
                .update();
    }

    private int notes(CustomerNotice notice) {
        List<UUID> cases = database.sql("""
                select case_id from defects.case_note where notice_id = :id and left_at is null
                order by case_id limit :most for update skip locked
                """)
                .param("id", notice.id())
                .param("most", BATCH)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        Defect defect =
                notice.defect() == null ? null : defects.find(notice.defect()).orElse(null);
        for (UUID one : cases) {
            if (defect != null) {
                notes.leave(
                        one,
                        "defect-fixed-" + defect.id() + "-" + defect.releases() + "-" + one,
                        "Defects",
                        defect.tag() + " " + defect.title() + " is fixed"
                                + (defect.fixedIn().isEmpty() ? "." : " in " + defect.fixedIn() + ".")
                                + " Those who asked to hear of it are told by letter.");
            }
            database.sql("update defects.case_note set left_at = :now where notice_id = :id and case_id = :case")
                    .param("now", Timestamp.from(clock.instant()))
                    .param("id", notice.id())
                    .param("case", one)
                    .update();
        }
        return cases.size();
    }

    private void finish(UUID id) {
        // Rows that another server holds are still due; then it is not over.
        database.sql("""
                update defects.notice set state = 'sent', finished_at = :now, version = version + 1
                where id = :id and state = 'sending'
                  and not exists (select from defects.recipient where notice_id = :id and state = 'due')
                  and not exists (select from defects.case_note where notice_id = :id and left_at is null)
                """)
                .param("id", id)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        live.changed("notices");
    }
}
