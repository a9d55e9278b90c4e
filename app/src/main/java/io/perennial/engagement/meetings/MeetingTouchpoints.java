package io.perennial.engagement.meetings;

import io.perennial.engagement.people.Correspondents.Person;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.shared.Actor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Meetings among the touchpoints: what counts as a conversation. */
@Component
class MeetingTouchpoints {

    private final JdbcClient database;
    private final Records records;

    MeetingTouchpoints(JdbcClient database, Records records) {
        this.database = database;
        this.records = records;
    }

    /** It counts as a conversation from its start on, unless everybody of the customer declined. */
    void write(UUID meeting, Happening happening, List<Person> people, String touchpoint, Actor actor) {
        boolean somebodyComes =
                database.sql("""
                select exists (select from engagement.meeting_guest
                    where meeting_id = :id and contact_id is not null and answer <> 'declined')
                """).param("id", meeting).query(Boolean.class).single();
        String member = database.sql("""
                select t.external_id from engagement.meeting_guest g join identity.team_member t on t.id = g.member_id
                join engagement.meeting m on m.id = g.meeting_id
                where g.meeting_id = :id order by (g.address = m.organizer) desc, t.external_id limit 1
                """)
                .param("id", meeting)
                .query(String.class)
                .optional()
                .orElse(null);
        boolean counts = !happening.cancelled() && somebodyComes;
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("account", people.getFirst().accountExternalId());
        values.put("contact", people.getFirst().externalId());
        values.put("at", happening.startsAt().toString());
        values.put("kind", "meeting");
        values.put("direction", counts ? "both" : "out");
        values.put("two_way", counts);
        values.put("subject", (happening.cancelled() ? "Cancelled: " : "") + cut(happening.title(), 280));
        if (member != null) {
            values.put("member", member);
        }
        records.upsert(
                records.type("touchpoints").orElseThrow(),
                List.of(new RecordRow(1, touchpoint, values, Map.of())),
                actor,
                new Records.Write(
                        null,
                        "Meeting \"" + cut(happening.title(), 80) + "\" taken from a calendar",
                        Records.Formats.ISO));
    }

    /** After guests answered or times were cancelled. */
    void recount(String uid) {
        List<RecordRow> rows = database.sql("""
                select m.touchpoint, m.state = 'planned' and exists (
                    select from engagement.meeting_guest g
                    where g.meeting_id = m.id and g.contact_id is not null and g.answer <> 'declined') as counts
                from engagement.meeting m where m.uid = :uid limit 500
                """)
                .param("uid", uid)
                .query((row, number) -> new RecordRow(
                        number,
                        row.getString(1),
                        Map.of("two_way", row.getBoolean(2), "direction", row.getBoolean(2) ? "both" : "out"),
                        Map.of()))
                .list();
        records.upsert(
                records.type("touchpoints").orElseThrow(),
                rows,
                Actor.SYSTEM,
                new Records.Write(null, "A guest answered an invitation", Records.Formats.ISO));
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest - 1) + "…" : text;
    }
}
