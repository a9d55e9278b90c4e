package io.perennial.engagement.meetings;

import io.perennial.engagement.meetings.CalendarReading.File;
import io.perennial.engagement.meetings.Happening.Guest;
import io.perennial.engagement.people.Correspondents;
import io.perennial.engagement.people.Correspondents.Person;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.shared.SecretText;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Meetings with customers. A calendar's identity and sequence decide what is new: an older word about a meeting changes nothing,
 * the same word twice is once. A meeting that took place is a touchpoint and a conversation; a cancelled one is neither.
 */
@Component
@Transactional
public class Meetings {

    private static final int MOST = 200;

    private static final String ROWS = """
            select m.*, a.name as account_name,
                array(select coalesce(c.name, t.name, g.name, g.address) || case g.answer when 'declined' then ' (declined)' else '' end
                    from engagement.meeting_guest g left join accounts.contact c on c.id = g.contact_id
                    left join identity.team_member t on t.id = g.member_id
                    where g.meeting_id = m.id order by 1 limit 30) as guests
            from engagement.meeting m join accounts.account a on a.id = m.account_id
            """;

    private final JdbcClient database;
    private final Correspondents correspondents;
    private final Records records;
    private final Clock clock;

    Meetings(JdbcClient database, Correspondents correspondents, Records records, Clock clock) {
        this.database = database;
        this.correspondents = correspondents;
        this.records = records;
        this.clock = clock;
    }

    /**
     * What became of a calendar file.
     *
     * @param changed meetings that are new or different now
     * @param known meetings about which it says nothing new
     * @param nobodys entries without a guest who is a contact
     */
    public record Taken(int changed, int known, int nobodys) {

        public String sentence() {
            return changed + (changed == 1 ? " meeting" : " meetings") + " taken, " + known + " known already, "
                    + nobodys + " without a guest who is a contact.";
        }
    }

    /**
     * Takes a file that a team member uploads.
     *
     * @throws IllegalArgumentException in words when it is no calendar file
     */
    public Taken upload(InputStream content, Viewer viewer) throws IOException {
        if (!viewer.role().mayWork()) {
            throw new AccessDeniedException("Only people who work accounts bring meetings.");
        }
        return apply(CalendarReading.read(content, clock.instant()), null, viewer.actor(), viewer);
    }

    /** @param sender address of whoever sent it; null trusts it */
    Taken apply(File file, @Nullable String sender, Actor actor, @Nullable Viewer viewer) {
        int changed = 0;
        int known = 0;
        int nobodys = 0;
        Map<String, Set<String>> series = new LinkedHashMap<>();
        Map<String, Happening> one = new HashMap<>();
        for (Happening happening : file.happenings()) {
            if (happening.series() && !file.reply()) {
                series.computeIfAbsent(happening.uid(), none -> new HashSet<>()).add(happening.occurrence());
                one.put(happening.uid(), happening);
            }
            if (file.reply()) {
                int answers = answer(happening, sender);
                changed += answers;
                known += answers == 0 ? 1 : 0;
                continue;
            }
            Map<UUID, List<Person>> byAccount = accounts(happening, viewer);
            nobodys += byAccount.isEmpty() ? 1 : 0;
            for (List<Person> people : byAccount.values()) {
                if (keep(happening, people, sender, actor)) {
                    changed++;
                } else {
                    known++;
                }
            }
        }
        for (Map.Entry<String, Set<String>> whole : series.entrySet()) {
            changed += dropped(Objects.requireNonNull(one.get(whole.getKey())), whole.getValue(), sender, actor);
        }
        return new Taken(changed, known, nobodys);
    }

    private Map<UUID, List<Person>> accounts(Happening happening, @Nullable Viewer viewer) {
        Map<UUID, List<Person>> byAccount = new LinkedHashMap<>();
        List<String> addresses = happening.guests().stream().map(Guest::address).toList();
        Set<String> privately = correspondents.ofPrivate(addresses);
        List<String> open =
                addresses.stream().filter(one -> !privately.contains(one)).toList();
        for (Person person : correspondents.people(open)) {
            if (viewer == null || correspondents.isVisible(person.account(), viewer)) {
                byAccount
                        .computeIfAbsent(person.account().value(), none -> new ArrayList<>())
                        .add(person);
            }
        }
        return byAccount;
    }

    private record Known(
            UUID id,
            int sequence,
            @Nullable Instant stampedAt,
            @Nullable String organizer,
            String seen) {}

    private boolean keep(Happening happening, List<Person> people, @Nullable String sender, Actor actor) {
        Person first = people.getFirst();
        Known known = database.sql("""
                select id, sequence, stamped_at, organizer,
                    concat_ws('|', title, coalesce(place, ''), starts_at, ends_at, state) as seen
                from engagement.meeting where uid = :uid and occurrence = :occurrence and account_id = :account for update
                """)
                .param("uid", happening.uid())
                .param("occurrence", happening.occurrence())
                .param("account", first.account().value())
                .query((row, number) -> new Known(
                        row.getObject(1, UUID.class),
                        row.getInt(2),
                        instant(row.getTimestamp(3)),
                        row.getString(4),
                        row.getString(5)))
                .optional()
                .orElse(null);
        if (known != null && (isOlder(happening, known) || !maySay(sender, known.organizer(), happening))) {
            return false;
        }
        if (known == null && happening.cancelled()) {
            return false;
        }
        UUID id = known == null ? Ids.next() : known.id();
        String touchpoint = "meeting-"
                + SecretText.hashAsText(happening.uid() + "|" + happening.occurrence() + "|" + first.account())
                        .substring(0, 32);
        write(id, happening, first.account(), touchpoint);
        guests(id, happening, people);
        String seen = database.sql("""
                select concat_ws('|', title, coalesce(place, ''), starts_at, ends_at, state) from engagement.meeting where id = :id
                """).param("id", id).query(String.class).single();
        touchpoint(id, happening, people, touchpoint, actor);
        return known == null || !known.seen().equals(seen);
    }

    private static boolean isOlder(Happening happening, Known known) {
        if (happening.sequence() != known.sequence()) {
            return happening.sequence() < known.sequence();
        }
        Instant stamped = happening.stampedAt();
        return known.stampedAt() != null && (stamped == null || stamped.isBefore(known.stampedAt()));
    }

    /** Whoever called the meeting may change it, and we ourselves. */
    private boolean maySay(@Nullable String sender, @Nullable String organizer, Happening happening) {
        return sender == null
                || organizer == null
                || sender.equals(organizer)
                || correspondents.colleague(sender).isPresent();
    }

    private void write(UUID id, Happening happening, AccountId account, String touchpoint) {
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

    private void guests(UUID meeting, Happening happening, List<Person> people) {
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

    /** It counts as a conversation from its start on, unless everybody of the customer declined. */
    private void touchpoint(UUID meeting, Happening happening, List<Person> people, String touchpoint, Actor actor) {
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

    /** A guest says whether they come; nobody says it for somebody else. */
    private int answer(Happening happening, @Nullable String sender) {
        int changed = 0;
        for (Guest guest : happening.guests()) {
            if (sender == null || sender.equals(guest.address())) {
                changed += database.sql("""
                        update engagement.meeting_guest g set answer = :answer from engagement.meeting m
                        where m.id = g.meeting_id and m.uid = :uid and (:occurrence = '' or m.occurrence = :occurrence)
                          and g.address = :address and g.answer <> :answer
                        """)
                        .param("answer", guest.answer())
                        .param("uid", happening.uid())
                        .param("occurrence", happening.occurrence())
                        .param("address", guest.address())
                        .update();
            }
        }
        if (changed > 0) {
            recount(happening.uid());
        }
        return Math.min(1, changed);
    }

    private void recount(String uid) {
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

    /** Times that a series has no more. What is over stays. */
    private int dropped(Happening series, Set<String> still, @Nullable String sender, Actor actor) {
        List<UUID> gone = database.sql("""
                update engagement.meeting set state = 'cancelled', sequence = :sequence, updated_at = :now
                where uid = :uid and occurrence <> '' and state = 'planned' and starts_at > :now and sequence < :sequence
                  and not occurrence = any(:still) and (cast(:sender as text) is null or organizer is null or organizer = :sender)
                returning id
                """)
                .param("uid", series.uid())
                .param("sequence", series.sequence())
                .param("still", still.toArray(String[]::new))
                .param("sender", sender)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        if (!gone.isEmpty()) {
            recount(series.uid());
        }
        return gone.size();
    }

    /** Planned ones, the next first. */
    @Transactional(readOnly = true)
    public List<Meeting> next(@Nullable AccountId account, Viewer viewer, int most) {
        return database.sql(ROWS + """
                where m.state = 'planned' and m.ends_at > :now and (cast(:account as uuid) is null or m.account_id = :account)
                  and (:everything or a.owner_id = :member)
                order by m.starts_at, m.id limit :most
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("account", account == null ? null : account.value(), java.sql.Types.OTHER)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("most", Math.min(MOST, most))
                .query((row, number) -> meeting(row))
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Meeting> find(UUID id, Viewer viewer) {
        return database.sql(ROWS + " where m.id = :id and (:everything or a.owner_id = :member)")
                .param("id", id)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> meeting(row))
                .optional();
    }

    static String rows() {
        return ROWS;
    }

    static Meeting meeting(ResultSet row) throws SQLException {
        return new Meeting(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("account_name"),
                row.getString("uid"),
                row.getString("occurrence"),
                row.getInt("sequence"),
                row.getString("title"),
                row.getString("place"),
                row.getTimestamp("starts_at").toInstant(),
                row.getTimestamp("ends_at").toInstant(),
                row.getString("state").equals("cancelled"),
                row.getString("organizer"),
                List.of((String[]) row.getArray("guests").getArray()));
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest - 1) + "…" : text;
    }
}
