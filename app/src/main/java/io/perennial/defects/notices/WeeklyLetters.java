package io.perennial.defects.notices;

import io.perennial.defects.notices.NoticeLetters.To;
import io.perennial.mail.Outbox;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** One letter a week for who wants that: on Monday, or as soon as the server is back; a week is never sent twice. */
@Component
class WeeklyLetters {

    private static final int BATCH = 50;

    private final JdbcClient database;
    private final NoticeRows rows;
    private final NoticeLetters letters;
    private final Wishes wishes;
    private final Outbox outbox;
    private final TransactionOperations transactions;
    private final Clock clock;

    WeeklyLetters(
            JdbcClient database,
            NoticeRows rows,
            NoticeLetters letters,
            Wishes wishes,
            Outbox outbox,
            TransactionOperations transactions,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.letters = letters;
        this.wishes = wishes;
        this.outbox = outbox;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @return whether there may be more to do */
    boolean batch() {
        Instant now = clock.instant();
        LocalDate monday =
                LocalDate.ofInstant(now, ZoneOffset.UTC).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        Instant leaves = monday.atTime(Readership.WEEKLY_AT).toInstant(ZoneOffset.UTC);
        if (now.isBefore(leaves)) {
            return false;
        }
        boolean done = database.sql("select exists (select from defects.digest_week where monday = :monday)")
                .param("monday", monday)
                .query(Boolean.class)
                .single();
        if (done) {
            return false;
        }
        return Boolean.TRUE.equals(transactions.execute(transaction -> batch(monday, leaves)));
    }

    private boolean batch(LocalDate monday, Instant leaves) {
        List<UUID> contacts = database.sql("""
                select distinct r.contact_id from defects.recipient r join defects.notice n on n.id = r.notice_id
                where r.state = 'weekly' and n.state in ('sending', 'sent') and n.sent_at < :leaves
                order by 1 limit :most
                """)
                .param("leaves", Timestamp.from(leaves))
                .param("most", BATCH)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        for (UUID contact : contacts) {
            write(contact, monday, leaves);
        }
        if (contacts.isEmpty()) {
            database.sql(
                            "insert into defects.digest_week (monday, posted_at) values (:monday, :now) on conflict do nothing")
                    .param("monday", monday)
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        }
        return !contacts.isEmpty();
    }

    private void write(UUID contact, LocalDate monday, Instant leaves) {
        List<Map.Entry<UUID, To>> waiting = database.sql("""
                select r.notice_id, r.account_id, r.name, r.address, r.language, r.zone
                from defects.recipient r join defects.notice n on n.id = r.notice_id
                where r.contact_id = :contact and r.state = 'weekly' and n.state in ('sending', 'sent')
                  and n.sent_at < :leaves
                order by n.sent_at, n.id for update of r
                """)
                .param("contact", contact)
                .param("leaves", Timestamp.from(leaves))
                .query((row, number) -> Map.entry(
                        row.getObject("notice_id", UUID.class),
                        new To(
                                contact,
                                row.getObject("account_id", UUID.class),
                                row.getString("name"),
                                row.getString("address"),
                                row.getString("language"),
                                row.getString("zone"))))
                .list();
        Wish wish = wishes.of(contact);
        List<CustomerNotice> told = new ArrayList<>();
        for (Map.Entry<UUID, To> one : waiting) {
            CustomerNotice notice = rows.find(one.getKey()).orElseThrow();
            if (wish.byMail() && wish.of(notice.kind()) != Frequency.NEVER) {
                told.add(notice);
            } else {
                settle(
                        one.getKey(),
                        contact,
                        null,
                        "left-out",
                        "Wants no letters about " + notice.kind().about() + " any more.");
            }
        }
        if (told.isEmpty()) {
            return;
        }
        try {
            UUID letter = outbox.post(
                    letters.weekly(told, monday.toString(), waiting.getFirst().getValue()),
                    new Actor(Actor.Kind.SYSTEM, null, "Notice"));
            told.forEach(notice -> settle(notice.id(), contact, letter, "posted", null));
        } catch (IllegalArgumentException refused) {
            told.forEach(notice ->
                    settle(notice.id(), contact, null, "left-out", "The address is none that we can write to."));
        }
    }

    private void settle(UUID notice, UUID contact, @Nullable UUID letter, String state, @Nullable String why) {
        database.sql("""
                update defects.recipient set state = :state, letter_id = cast(:letter as uuid), why = coalesce(:why, why),
                    posted_at = case when cast(:letter as uuid) is null then null else cast(:now as timestamptz) end
                where notice_id = :notice and contact_id = :contact
                """)
                .param("state", state)
                .param("letter", letter)
                .param("why", why)
                .param("now", Timestamp.from(clock.instant()))
                .param("notice", notice)
                .param("contact", contact)
                .update();
    }
}
