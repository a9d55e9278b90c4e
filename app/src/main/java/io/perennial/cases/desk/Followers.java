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
    private final JdbcClient database;
    private final Clock clock;

    Followers(CaseVerbs verbs, TeamMembers team, JdbcClient database, Clock clock) {
        this.verbs = verbs;
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
            add(known.id(), viewer.memberId(), Timestamp.from(clock.instant()));
        }
        return gone == 0;
    }

    /** The viewer has the case before their eyes. */
    public void look(UUID id, Viewer viewer) {
        database.sql("update cases.follower set seen_at = :now where case_id = :id and member_id = :me")
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
        named.forEach(colleague -> add(id, colleague.id(), new Timestamp(0)));
    }

    private void add(UUID id, UUID member, Timestamp seen) {
        database.sql("""
                insert into cases.follower (case_id, member_id, seen_at) values (:id, :member, :seen)
                on conflict do nothing
                """)
                .param("id", id)
                .param("member", member)
                .param("seen", seen)
                .update();
    }
}
