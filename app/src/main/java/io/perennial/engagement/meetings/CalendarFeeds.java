package io.perennial.engagement.meetings;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.perennial.engagement.Task;
import io.perennial.engagement.Tasks;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.PublicAddress;
import io.perennial.shared.SecretText;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A calendar address for each team member, with their meetings and due tasks. Whoever has the address reads them: it is shown once,
 * kept as a hash, and dies when a new one is made, when it is taken back, or with the account of its owner.
 */
@Component
@Transactional
public class CalendarFeeds {

    public static final String PATH = "/calendar/";

    private static final SecretText SECRET = new SecretText("cal_");
    private static final int MOST = 500;
    private static final int READS = 60;
    private static final int DAYS_BACK = 30;

    private final JdbcClient database;
    private final Tasks tasks;
    private final Meetings meetings;
    private final PublicAddress address;
    private final Clock clock;

    /** All feeds together: a calendar program asks a few times an hour. */
    private final Bucket door = Bucket.builder()
            .addLimit(Bandwidth.builder()
                    .capacity(READS * 10L)
                    .refillGreedy(READS * 10L, Duration.ofMinutes(1))
                    .build())
            .build();

    CalendarFeeds(JdbcClient database, Tasks tasks, Meetings meetings, PublicAddress address, Clock clock) {
        this.database = database;
        this.tasks = tasks;
        this.meetings = meetings;
        this.address = address;
        this.clock = clock;
    }

    /** @param readAt last time that a calendar asked; null for never */
    public record State(Instant madeAt, @Nullable Instant readAt) {}

    @Transactional(readOnly = true)
    public Optional<State> state(Viewer viewer) {
        return database.sql("select made_at, read_at from engagement.calendar_feed where member_id = :member")
                .param("member", viewer.memberId())
                .query((row, number) -> new State(
                        row.getTimestamp(1).toInstant(),
                        row.getTimestamp(2) == null ? null : row.getTimestamp(2).toInstant()))
                .optional();
    }

    /** A new address; the one before is dead from now on. @return path, to be shown once */
    public String make(Viewer viewer) {
        String secret = SECRET.fresh();
        database.sql("""
                insert into engagement.calendar_feed (member_id, secret_hash, made_at) values (:member, :hash, :now)
                on conflict (member_id) do update set secret_hash = excluded.secret_hash, made_at = excluded.made_at, read_at = null
                """)
                .param("member", viewer.memberId())
                .param("hash", SecretText.hash(secret))
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return PATH + secret + ".ics";
    }

    public boolean revoke(Viewer viewer) {
        return database.sql("delete from engagement.calendar_feed where member_id = :member")
                        .param("member", viewer.memberId())
                        .update()
                == 1;
    }

    /** Too many ask at the moment. */
    public boolean isCrowded() {
        return !door.tryConsume(1);
    }

    /** @return the calendar; empty for addresses that are not ours or are dead */
    public Optional<String> read(String token) {
        String secret = token.endsWith(".ics") ? token.substring(0, token.length() - 4) : token;
        if (!SECRET.isWellFormed(secret)) {
            return Optional.empty();
        }
        Timestamp now = Timestamp.from(clock.instant());
        return database.sql("""
                select m.id, m.name, m.email, m.role, m.portfolio = 'everything' as everything from engagement.calendar_feed f
                join identity.team_member m on m.id = f.member_id and m.active where f.secret_hash = :hash
                """)
                .param("hash", SecretText.hash(secret))
                .query((row, number) -> new Viewer(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("email"),
                        Role.valueOf(row.getString("role")),
                        row.getBoolean("everything")))
                .optional()
                .map(member -> {
                    database.sql("update engagement.calendar_feed set read_at = :now where member_id = :member")
                            .param("now", now)
                            .param("member", member.memberId())
                            .update();
                    return CalendarText.of(mine(member), owed(member), base(), clock.instant());
                });
    }

    /** Meetings of the account's owner and of whoever is invited, as far as they may see the account. */
    private List<Meeting> mine(Viewer member) {
        return database.sql(Meetings.rows() + """
                where m.starts_at > :since and (:everything or a.owner_id = :member)
                  and (a.owner_id = :member or exists (
                    select from engagement.meeting_guest g where g.meeting_id = m.id and g.member_id = :member))
                order by m.starts_at, m.id limit :most
                """)
                .param("since", Timestamp.from(clock.instant().minus(Duration.ofDays(DAYS_BACK))))
                .param("everything", member.everything())
                .param("member", member.memberId())
                .param("most", MOST)
                .query((row, number) -> Meetings.meeting(row))
                .list();
    }

    private List<Task> owed(Viewer member) {
        return tasks.openFor(member.memberId(), member, today(), MOST);
    }

    /** @throws NoSuchElementException when it is none of the viewer's */
    public String ofMeeting(UUID meeting, Viewer viewer) {
        Meeting one = meetings.find(meeting, viewer).orElseThrow();
        return CalendarText.of(List.of(one), List.of(), base(), clock.instant());
    }

    /** @throws NoSuchElementException when it is none of the viewer's, done, or has no day */
    public String ofTask(UUID task, Viewer viewer) {
        Task one =
                tasks.find(task, viewer).filter(found -> found.dueOn() != null).orElseThrow();
        return CalendarText.of(List.of(), List.of(one), base(), clock.instant());
    }

    private @Nullable String base() {
        return address.of("").orElse(null);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
