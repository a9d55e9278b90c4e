package io.perennial.engagement.meetings;

import io.perennial.engagement.meetings.Happening.Guest;
import io.perennial.engagement.people.Correspondents.Person;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Meetings and their guests as they are kept. */
@Component
class MeetingRows {

    /** What people see of a meeting: when that is the same, it says nothing new. */
    private static final String SEEN = "concat_ws('|', title, coalesce(place, ''), starts_at, ends_at, state)";

    private final JdbcClient database;
    private final Clock clock;

    MeetingRows(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What was told before. */
    record Known(
            UUID id,
            int sequence,
            @Nullable Instant stampedAt,
            @Nullable String organizer,
            String seen) {}

    /** Until the end of the transaction nobody else changes it. */
    Optional<Known> known(Happening happening, AccountId account) {
        return database.sql("""
                select id, sequence, stamped_at, organizer, %s as seen
                from engagement.meeting where uid = :uid and occurrence = :occurrence and account_id = :account for update
                """.formatted(SEEN))
                .param("uid", happening.uid())
                .param("occurrence", happening.occurrence())
                .param("account", account.value())
                .query((row, number) -> new Known(
                        row.getObject(1, UUID.class),
                        row.getInt(2),
                        instant(row.getTimestamp(3)),
                        row.getString(4),
                        row.getString(5)))
                .optional();
    }

    String seen(UUID id) {
        return database.sql("select " + SEEN + " from engagement.meeting where id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    void write(UUID id, Happening happening, AccountId account, String touchpoint) {
        database.sql("""
                insert into engagement.meeting (id, account_id, uid, occurrence, sequence, stamped_at, title, place, starts_at, ends_at,
                    state, organizer, touchpoint, created_at, updated_at)
                values (:id, :account, :uid, :occurrence, :sequence, :stamped, :title, :place, :starts, :ends, :state, :organizer,
                    :touchpoint, :now, :now)
                on conflict (uid, occurrence, account_id) do update set sequence = excluded.sequence, stamped_at = excluded.stamped_at,
                    title = excluded.title, place = excluded.place, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
                    state = excluded.state, organizer = coalesce(meeting.organizer, excluded.organizer),
                    updated_at = excluded.updated_at
                """)
                .param("id", id)
                .param("account", account.value())
                .param("uid", happening.uid())
                .param("occurrence", happening.occurrence())
                .param("sequence", happening.sequence())
                .param("stamped", timestamp(happening.stampedAt()))
                .param("title", happening.title())
                .param("place", happening.place())
                .param("starts", Timestamp.from(happening.startsAt()))
                .param("ends", Timestamp.from(happening.endsAt()))
                .param("state", happening.cancelled() ? "cancelled" : "planned")
                .param("organizer", happening.organizer())
                .param("touchpoint", touchpoint)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    void guests(UUID meeting, Happening happening, List<Person> people) {
        Map<String, UUID> contacts = new HashMap<>();
        people.forEach(person -> contacts.putIfAbsent(person.address(), person.contact()));
        database.sql("delete from engagement.meeting_guest where meeting_id = :id and not address = any(:still)")
                .param("id", meeting)
                .param("still", happening.guests().stream().map(Guest::address).toArray(String[]::new))
                .update();
        for (Guest guest : happening.guests()) {
            database.sql("""
                    insert into engagement.meeting_guest (meeting_id, address, name, contact_id, member_id, answer)
                    values (:meeting, :address, :name, :contact,
                        (select id from identity.team_member where lower(email) = :address and active), :answer)
                    on conflict (meeting_id, address) do update set name = coalesce(excluded.name, meeting_guest.name),
                        contact_id = excluded.contact_id, member_id = excluded.member_id,
                        answer = case when excluded.answer = 'open' then meeting_guest.answer else excluded.answer end
                    """)
                    .param("meeting", meeting)
                    .param("address", guest.address())
                    .param("name", guest.name())
                    .param("contact", contacts.get(guest.address()))
                    .param("answer", guest.answer())
                    .update();
        }
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }
}
