package io.perennial.cases.desk;

import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.programs.Entitlements;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What binds cases to each other: merged, split, linked. */
@Component
@Transactional
public class CaseTies {

    private final CaseVerbs verbs;
    private final CaseRows rows;
    private final CaseEvents events;
    private final MessageFiles files;
    private final Entitlements entitlements;
    private final JdbcClient database;
    private final Clock clock;

    CaseTies(
            CaseVerbs verbs,
            CaseRows rows,
            CaseEvents events,
            MessageFiles files,
            Entitlements entitlements,
            JdbcClient database,
            Clock clock) {
        this.verbs = verbs;
        this.rows = rows;
        this.events = events;
        this.files = files;
        this.entitlements = entitlements;
        this.database = database;
        this.clock = clock;
    }

    /**
     * Makes this case part of another of the same customer: it ends here, its words stand there, what it had reserved is
     * given back.
     */
    public @Nullable UUID merge(UUID id, Seen seen, long into, Viewer viewer) {
        CaseRows.Known target = other(id, into, viewer);
        CaseRows.Known known = verbs.lock(id, viewer);
        if (!target.account().equals(known.account())) {
            throw new CaseRefused("Only cases of the same customer can be merged; link them instead.");
        }
        boolean holds = database.sql("select exists (select from cases.support_case where merged_into = :id)")
                .param("id", id)
                .query(Boolean.class)
                .single();
        if (holds) {
            throw new CaseRefused("Other cases were merged into this one. Merge the other way round.");
        }
        UUID change = verbs.change(known, seen, viewer, CaseVerbs.KIND, "merged into #" + target.number(), now -> {
            rows.state(id, CaseState.CLOSED, now);
            database.sql("""
                    update cases.support_case set merged_into = :into, cause = 'duplicate', reservation = null
                    where id = :id
                    """).param("id", id).param("into", target.id()).update();
            events.append(
                    id, CaseEvents.STATE, CaseState.CLOSED.key(), "merged into #" + target.number(), viewer.actor());
            UUID held = known.reservation();
            if (held != null) {
                entitlements.release(held, viewer.actor());
            }
        });
        verbs.tell(target.id());
        return change;
    }

    /** Binds two cases that have to do with each other; again takes it away. */
    public void link(UUID id, long with, Viewer viewer) {
        CaseRows.Known other = other(id, with, viewer);
        verbs.lock(id, viewer);
        UUID[] pair = database.sql("select least(cast(:a as uuid), :b), greatest(cast(:a as uuid), :b)")
                .param("a", id)
                .param("b", other.id())
                .query((row, number) -> new UUID[] {row.getObject(1, UUID.class), row.getObject(2, UUID.class)})
                .single();
        int gone = database.sql("delete from cases.link where case_id = :a and other_id = :b")
                .param("a", pair[0])
                .param("b", pair[1])
                .update();
        if (gone == 0) {
            database.sql("insert into cases.link (case_id, other_id) values (:a, :b)")
                    .param("a", pair[0])
                    .param("b", pair[1])
                    .update();
        }
        events.append(
                id, gone == 0 ? "linked it with" : "unlinked it from", "#" + other.number(), null, viewer.actor());
        verbs.tell(id);
        verbs.tell(other.id());
    }

    /** A message that asks for something else becomes a case of its own; it stays readable where it was. */
    public UUID split(UUID id, UUID message, String subject, Viewer viewer) {
        CaseRows.Known known = verbs.lock(id, viewer);
        String title = subject.strip();
        if (title.isEmpty() || title.length() > 300 || title.indexOf('\0') >= 0) {
            throw new CaseRefused("Say in a line of up to 300 characters what the new case is about.");
        }
        UUID fresh = Ids.next();
        Timestamp now = Timestamp.from(clock.instant());
        long number = database.sql("select nextval(pg_get_serial_sequence('cases.support_case', 'number'))")
                .query(Long.class)
                .single();
        verbs.change(known, Seen.WHATEVER, viewer, CaseVerbs.SAID, "split: #" + number + " " + title, then -> {
            database.sql("""
                    insert into cases.support_case (id, external_id, number, account_id, contact_id, subject, opened_at,
                        status, priority, impact, urgency, product, channel, split_from, created_at, updated_at)
                    select :fresh, :external, :number, account_id, contact_id, :subject, :now, 'open', priority, impact,
                        urgency, product, channel, id, :now, :now
                    from cases.support_case where id = :id
                    """)
                    .param("fresh", fresh)
                    .param("external", "desk-" + number)
                    .param("number", number)
                    .param("subject", title)
                    .param("now", now)
                    .param("id", id)
                    .update();
            UUID copy = Ids.next();
            int copied = database.sql("""
                    insert into cases.message (id, external_id, case_id, kind, at, author, member_id, contact_id, body,
                        created_at, updated_at)
                    select :copy, 'split-' || :fresh, :fresh, kind, :now, author, member_id, contact_id, body, :now, :now
                    from cases.message where id = :message and case_id = :id and kind = 'customer'
                    """)
                    .param("copy", copy)
                    .param("fresh", fresh)
                    .param("now", now)
                    .param("message", message)
                    .param("id", id)
                    .update();
            if (copied == 0) {
                throw new CaseRefused("Only what the customer wrote on this case can become another.");
            }
            files.copy(message, copy);
            events.append(id, "split off", "#" + number, null, viewer.actor());
        });
        verbs.started(fresh);
        return fresh;
    }

    private CaseRows.Known other(UUID id, long number, Viewer viewer) {
        UUID other = database.sql("select id from cases.support_case where number = :number")
                .param("number", number)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new CaseRefused("There is no case #" + number + "."));
        if (other.equals(id)) {
            throw new CaseRefused("That is this case itself. Give the number of the other one.");
        }
        return rows.lock(other, viewer)
                .filter(known -> known.mergedInto() == null)
                .orElseThrow(() -> new CaseRefused("There is no case #" + number + " that it could go with."));
    }
}
