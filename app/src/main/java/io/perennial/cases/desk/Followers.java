package io.perennial.cases.desk;

import io.perennial.identity.TeamMembers;
import io.perennial.identity.Viewer;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Colleagues who want to hear of a case that is not theirs. What came since they last looked is news to them. */
@Component
@Transactional
public class Followers {

    private final CaseVerbs verbs;
    private final TeamMembers team;
    private final FollowerRows rows;
    private final JdbcClient database;
    private final Clock clock;

    Followers(CaseVerbs verbs, TeamMembers team, FollowerRows rows, JdbcClient database, Clock clock) {
        this.verbs = verbs;
        this.rows = rows;
        this.team = team;
        this.database = database;
        this.clock = clock;
    }

    /** @return whether the viewer follows it now */
    public boolean follow(UUID id, Viewer viewer) {
        CaseRows.Known known = verbs.lock(id, viewer);
        int gone = database.sql("delete from cases.follower where case_id = :id and member_id = :me")
                .param("id", known.id())
                .param("me", viewer.memberId())
                .update();
        if (gone == 0) {
            Timestamp now = Timestamp.from(clock.instant());
            rows.add(known.id(), viewer.memberId(), now, now, null);
        }
        return gone == 0;
    }

    /** The viewer has the case before their eyes. */
    public void look(UUID id, Viewer viewer) {
        database.sql("""
                update cases.follower set seen_at = :now, news_since = null where case_id = :id and member_id = :me
                """)
                .param("id", id)
                .param("me", viewer.memberId())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /** Colleagues named in a note, as {@code @Ana Reyes}, follow from now on, and the note is news to them. */
    void mentioned(UUID id, String note, Viewer viewer) {
        if (note.indexOf('@') < 0) {
            return;
        }
        String words = note.toLowerCase(Locale.ROOT);
        List<TeamMembers.Colleague> named = team.active().stream()
                .filter(colleague -> !colleague.id().equals(viewer.memberId()))
                .filter(colleague -> words.contains("@" + colleague.name().toLowerCase(Locale.ROOT)))
                .toList();
        Timestamp now = Timestamp.from(clock.instant());
        Timestamp before = Timestamp.from(clock.instant().minusMillis(1));
        named.forEach(colleague -> rows.add(id, colleague.id(), new Timestamp(0), before, now));
    }
}
