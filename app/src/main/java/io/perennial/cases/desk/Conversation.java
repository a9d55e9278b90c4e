package io.perennial.cases.desk;

import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What is said on a case. The same draft sent twice is said once. */
@Component
@Transactional
public class Conversation {

    static final int LONGEST = 50_000;
    private static final Duration FURTHEST_PROMISE = Duration.ofDays(92);

    private final CaseVerbs verbs;
    private final CaseRows rows;
    private final CaseEvents events;
    private final MessageRows messages;
    private final Arrivals arrivals;
    private final CasePost post;
    private final Uploads uploads;
    private final Followers followers;
    private final JdbcClient database;
    private final Clock clock;

    Conversation(
            CaseVerbs verbs,
            CaseRows rows,
            CaseEvents events,
            MessageRows messages,
            Arrivals arrivals,
            CasePost post,
            Uploads uploads,
            Followers followers,
            JdbcClient database,
            Clock clock) {
        this.verbs = verbs;
        this.rows = rows;
        this.events = events;
        this.messages = messages;
        this.arrivals = arrivals;
        this.post = post;
        this.uploads = uploads;
        this.followers = followers;
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param draft identity of the form; the same again changes nothing
     * @param theirTurn whether it is the customer's turn then
     * @param promised when we write again, or null
     */
    public record Reply(
            String draft,
            Seen seen,
            String text,
            boolean theirTurn,
            @Nullable Instant promised) {}

    /**
     * Answers the customer; an answer of a person, so the clock of the first answer ends.
     *
     * @throws CaseMoved when something came in between that the writer has not seen
     * @throws CaseRefused when it cannot be sent as it is
     */
    public void reply(UUID id, Reply reply, Viewer viewer) {
        CaseRows.Known known = verbs.lock(id, viewer);
        String key = key(reply.draft());
        if (messages.isKnown(key)) {
            return;
        }
        String text = text(reply.text());
        check(reply.promised());
        verbs.change(known, reply.seen(), viewer, CaseVerbs.SAID, "answered", now -> {
            List<UUID> files = uploads.take(reply.draft(), id, viewer);
            post.say(
                    id,
                    new CasePost.Words(key, CasePost.Purpose.REPLY, text, null, reply.promised(), files),
                    viewer.actor());
            answered(known, now, viewer);
            CaseState next = reply.theirTurn() ? CaseState.WAITING : known.state();
            if (next != known.state() && !known.state().isOver()) {
                rows.state(id, next, now);
                events.append(id, CaseEvents.STATE, next.key(), null, viewer.actor());
            }
        });
    }

    /** For colleagues only. May be left whatever came in between: it answers nobody. */
    public void note(UUID id, String draft, String note, Viewer viewer) {
        CaseRows.Known known = verbs.lock(id, viewer);
        String key = key(draft);
        if (messages.isKnown(key)) {
            return;
        }
        String text = text(note);
        verbs.change(known, Seen.WHATEVER, viewer, CaseVerbs.SAID, "noted", now -> {
            messages.add(
                    Ids.next(),
                    new MessageRows.Fresh(
                            key, id, "note", viewer.name(), viewer.memberId(), null, text, null, null, null));
            followers.mentioned(id, text, viewer);
        });
    }

    /** What the customer said on the phone or elsewhere, written down by one of us. It is our turn then. */
    public void heard(UUID id, String draft, String said, Viewer viewer) {
        CaseRows.Known known = verbs.lock(id, viewer);
        String key = key(draft);
        if (messages.isKnown(key)) {
            return;
        }
        String text = text(said);
        verbs.change(known, Seen.WHATEVER, viewer, CaseVerbs.SAID, "heard from the customer", now -> {
            arrivals.keep(Arrivals.Words.heard(key, id, known.account(), known.contactId(), viewer.memberId(), text));
            turn(known, now, viewer.actor());
        });
    }

    /** The customer wrote: our turn, whatever it was before. */
    void turn(CaseRows.Known known, Instant now, Actor actor) {
        if (known.state() == CaseState.WAITING) {
            rows.state(known.id(), CaseState.OPEN, now);
            events.append(known.id(), CaseEvents.STATE, CaseState.OPEN.key(), null, actor);
        } else if (known.state().isOver()) {
            reopen(known, now, actor);
        } else if (known.state() == CaseState.ON_HOLD) {
            rows.attention(known.id(), "The customer wrote while the case was on hold.");
        }
    }

    /** Back to the same owner, first in the queue until that owner has answered; given to somebody else when the owner has gone. */
    void reopen(CaseRows.Known known, Instant now, Actor actor) {
        rows.state(known.id(), CaseState.OPEN, now);
        database.sql("""
                update cases.support_case c set reopened = coalesce(c.reopened, 0) + 1, reopened_at = :now,
                    to_route = c.to_route or gone.id is not null,
                    assignee_id = case when gone.id is null then c.assignee_id end,
                    assignee = case when gone.id is null then c.assignee end
                from (select cast(:id as uuid) as case_id) this
                left join cases.support_case o on o.id = this.case_id
                left join identity.team_member gone on gone.id = o.assignee_id and not gone.active
                where c.id = this.case_id
                """)
                .param("id", known.id())
                .param("now", Timestamp.from(now))
                .update();
        events.append(known.id(), CaseEvents.STATE, CaseState.OPEN.key(), "reopened", actor);
    }

    /** Whoever answers first takes it when nobody had it. */
    private void answered(CaseRows.Known known, Instant now, Viewer viewer) {
        database.sql("""
                update cases.support_case set reopened_at = null, attention = null,
                    first_response_at = case when first_response_minutes is null
                        then coalesce(first_response_at, greatest(:now, opened_at)) else first_response_at end
                where id = :id
                """)
                .param("id", known.id())
                .param("now", Timestamp.from(now))
                .update();
        if (known.assigneeId() == null && known.assignee() == null) {
            rows.assign(known.id(), viewer.memberId(), viewer.name());
            events.append(known.id(), "assigned", viewer.name(), "by answering", viewer.actor());
        }
    }

    private void check(@Nullable Instant promised) {
        if (promised != null
                && (!promised.isAfter(clock.instant())
                        || promised.isAfter(clock.instant().plus(FURTHEST_PROMISE)))) {
            throw new CaseRefused("Promise the next word for a time that is still to come, within three months.");
        }
    }

    static String key(String draft) {
        if (draft.isBlank() || draft.length() > 80) {
            throw new CaseRefused("The form is not one of ours. Open the case again; your text is kept.");
        }
        return "draft-" + draft;
    }

    static String text(String text) {
        String written = text.replace("\r\n", "\n").strip();
        if (written.isEmpty()) {
            throw new CaseRefused("Write something first.");
        }
        if (written.length() > LONGEST) {
            throw new CaseRefused("A message has up to 50,000 characters; this one has " + written.length() + ".");
        }
        if (written.indexOf('\0') >= 0) {
            throw new CaseRefused("The text has a character that cannot be stored. Type it again.");
        }
        return written;
    }
}
