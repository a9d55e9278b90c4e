package io.perennial.engagement.meetings;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Meetings with customers, as calendars tell of them. */
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
    private final CalendarTaking taking;
    private final Clock clock;

    Meetings(JdbcClient database, CalendarTaking taking, Clock clock) {
        this.database = database;
        this.taking = taking;
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
        return taking.apply(CalendarReading.read(content, clock.instant()), null, viewer.actor(), viewer);
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
}
