package io.perennial.defects.notices;

import io.perennial.defects.DefectLog;
import io.perennial.defects.DefectMoved;
import io.perennial.defects.DefectRefused;
import io.perennial.defects.notices.CustomerNotice.State;
import io.perennial.defects.notices.CustomerNotice.Text;
import io.perennial.identity.Viewer;
import io.perennial.platform.live.Live;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A notice on its way: sent, paused, gone on with, cancelled. Sending keeps who was meant; letters then follow in batches, see
 * {@link NoticeSending}.
 */
@Component
public class NoticeDispatch {

    private final JdbcClient database;
    private final NoticeRows rows;
    private final Readership readership;
    private final DefectLog log;
    private final NoticeSending sending;
    private final Live live;
    private final Clock clock;

    NoticeDispatch(
            JdbcClient database,
            NoticeRows rows,
            Readership readership,
            DefectLog log,
            NoticeSending sending,
            Live live,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.readership = readership;
        this.log = log;
        this.sending = sending;
        this.live = live;
        this.clock = clock;
    }

    /**
     * From now on letters leave. Sent twice it is sent once.
     *
     * @param people how many the sender expects to get it; another number means that something changed meanwhile
     * @throws DefectMoved when the draft or its readers changed since the preview
     */
    @Transactional
    public void send(UUID id, int seen, long people, Viewer viewer) {
        CustomerNotice known = rows.writable(id, viewer);
        if (known.state() != State.DRAFT) {
            return;
        }
        if (known.version() != seen) {
            throw new DefectMoved("Somebody changed the draft since you looked at it. Nothing was sent.");
        }
        complete(known);
        long got = readership.freeze(known);
        if (got != people) {
            throw new DefectMoved("It would reach " + got + " people now, not " + people
                    + ". Nothing was sent. Look again who they are.");
        }
        if (got == 0 && known.kind() != NoticeKind.FIX) {
            throw new DefectRefused("Nobody would get it. Choose others.");
        }
        database.sql("""
                update defects.notice set state = 'sending', sent_by = :by, sent_at = :now, version = version + 1 where id = :id
                """)
                .param("id", id)
                .param("by", viewer.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        UUID defect = known.defect();
        if (known.kind() == NoticeKind.FIX && defect != null) {
            database.sql("""
                    insert into defects.case_note (notice_id, case_id)
                    select :id, l.case_id from defects.case_link l join cases.support_case c on c.id = l.case_id
                    where l.defect_id = :defect and c.merged_into is null on conflict do nothing
                    """).param("id", id).param("defect", defect).update();
        }
        if (defect != null) {
            log.write(defect, "sent the notice " + known.title() + " to " + got + " people", viewer.actor(), null);
            live.changed("defect:" + defect);
        }
        live.changed("notices");
        live.changed("notice:" + id);
        sending.wake();
    }

    private static void complete(CustomerNotice notice) {
        Text main = notice.main();
        if (main.subject().isBlank() || main.body().isBlank()) {
            throw new DefectRefused("A notice needs a subject and a text.");
        }
        notice.texts().forEach((language, text) -> {
            if (text.subject().isBlank() || text.body().isBlank()) {
                throw new DefectRefused("The text in another language needs a subject and a text as well, or neither.");
            }
        });
        if (notice.kind() == NoticeKind.MAINTENANCE && notice.windowFrom() == null) {
            throw new DefectRefused("Say when the maintenance begins and ends.");
        }
        if (notice.audience().isNobody()) {
            throw new DefectRefused("Choose whom it is for.");
        }
    }

    /** No further letter is written until it goes on. */
    @Transactional
    public void pause(UUID id, Viewer viewer) {
        move(id, "sending", "paused", viewer);
    }

    @Transactional
    public void goOn(UUID id, Viewer viewer) {
        move(id, "paused", "sending", viewer);
        sending.wake();
    }

    /** Whoever has no letter yet gets none, and letters that still wait in the outbox do not leave. */
    @Transactional
    public void cancel(UUID id, Viewer viewer) {
        CustomerNotice known = rows.writable(id, viewer);
        if (known.state() == State.DRAFT || known.state() == State.CANCELLED) {
            return;
        }
        database.sql(
                        "update defects.notice set state = 'cancelled', finished_at = :now, version = version + 1 where id = :id")
                .param("id", id)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        database.sql("""
                update defects.recipient set state = 'cancelled', why = 'It was cancelled before.'
                where notice_id = :id and state in ('due', 'weekly')
                """).param("id", id).update();
        said(known, "cancelled the notice " + known.title(), viewer.actor());
    }

    private void move(UUID id, String from, String to, Viewer viewer) {
        CustomerNotice known = rows.writable(id, viewer);
        int moved = database.sql(
                        "update defects.notice set state = :to, version = version + 1 where id = :id and state = :from")
                .param("id", id)
                .param("from", from)
                .param("to", to)
                .update();
        if (moved == 1) {
            said(
                    known,
                    (to.equals("paused") ? "paused the notice " : "went on with the notice ") + known.title(),
                    viewer.actor());
        }
    }

    private void said(CustomerNotice notice, String what, Actor actor) {
        UUID defect = notice.defect();
        if (defect != null) {
            log.write(defect, what, actor, null);
            live.changed("defect:" + defect);
        }
        live.changed("notices");
        live.changed("notice:" + notice.id());
    }
}
