package io.perennial.cases.desk;

import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@code cases.event}: what happened to a case beside words. */
@Repository
class CaseEvents {

    static final String STATE = "state";
    static final String PRIORITY = "priority";
    static final String PROMISE = "promise";
    static final String UNDELIVERED = "undelivered";
    static final String SATISFACTION = "satisfaction";

    /** SQL: what an entry says after the name of whoever did it. */
    static final String IN_WORDS = """
            case kind
                when 'state' then case when note = 'reopened' then 'reopened it'
                    else 'set it to ' || replace(value, '-', ' ') || coalesce(': ' || note, '') end
                when 'assigned' then case when value is null then 'gave it back to the queue'
                    else 'gave it to ' || value || coalesce(' (' || note || ')', '') end
                when 'priority' then 'changed the priority from ' || coalesce(note, 'none') || ' to ' || value
                when 'promise' then 'promised the next update'
                when 'escalated' then 'escalated it: ' || value
                when 'escalation settled' then 'answered the escalation'
                when 'approved' then 'approved it: ' || coalesce(note, '')
                when 'undelivered' then 'could not reach ' || value || ': ' || coalesce(note, 'no reason given')
                when 'satisfaction' then 'gave ' || value || ' of 5 for satisfaction' || coalesce(': ' || note, '')
                else kind || coalesce(' ' || value, '') end""";

    private final JdbcClient database;
    private final Clock clock;

    CaseEvents(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void append(UUID id, String kind, @Nullable String value, @Nullable String note, Actor actor) {
        append(id, clock.instant(), kind, value, note, actor);
    }

    void append(UUID id, Instant at, String kind, @Nullable String value, @Nullable String note, Actor actor) {
        database.sql("""
                with entry as (
                    insert into cases.event (case_id, at, kind, value, note, actor, member_id)
                    values (:id, :at, :kind, :value, :note, :actor, cast(:member as uuid)) returning n
                )
                update cases.support_case set last_event = entry.n from entry where id = :id
                """)
                .param("id", id)
                .param("at", Timestamp.from(at))
                .param("kind", kind)
                .param("value", value)
                .param("note", note)
                .param("actor", actor.name())
                .param("member", actor.kind() == Actor.Kind.PERSON ? actor.id() : null)
                .update();
    }

    /** What happened between two entries did not happen after all; clocks are counted without it. */
    void undo(UUID id, long after, long upTo) {
        database.sql("update cases.event set undone = true where case_id = :id and n > :after and n <= :upTo")
                .param("id", id)
                .param("after", after)
                .param("upTo", upTo)
                .update();
    }

    /** What others did since the page was shown, as a sentence. */
    String since(UUID id, Instant seen) {
        return database.sql("""
                select string_agg(who || ' ' || what, '; ' order by at) from (
                    select at, coalesce(author, 'Somebody') as who,
                        case kind when 'note' then 'left a note' when 'reply' then 'answered' else 'wrote' end as what
                    from cases.message where case_id = :id and at > :seen and kind <> 'automatic'
                    union all
                    select at, actor, case kind when 'state' then 'set it to ' || value
                        when 'assigned' then 'gave it to ' || coalesce(value, 'nobody')
                        when 'priority' then 'made it ' || value else 'changed it' end
                    from cases.event where case_id = :id and at > :seen and not undone
                    order by at limit 5) as news
                """)
                .param("id", id)
                .param("seen", Timestamp.from(seen))
                .query((row, number) -> row.getString(1) == null ? "" : row.getString(1))
                .single();
    }
}
