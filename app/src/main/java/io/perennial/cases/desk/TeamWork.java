package io.perennial.cases.desk;

import io.perennial.identity.Teams;
import io.perennial.identity.Viewer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Cases that are given to a team and wait for one of its members. */
@Component
@Transactional
public class TeamWork {

    private final CaseVerbs verbs;
    private final CaseRows rows;
    private final CaseEvents events;
    private final Teams teams;
    private final JdbcClient database;

    TeamWork(CaseVerbs verbs, CaseRows rows, CaseEvents events, Teams teams, JdbcClient database) {
        this.verbs = verbs;
        this.rows = rows;
        this.events = events;
        this.teams = teams;
        this.database = database;
    }

    /**
     * Nobody has it then: a team that is given cases gives it to one of its members at once; else <em>Take next</em> offers it to
     * the members only.
     */
    public @Nullable UUID give(UUID id, Seen seen, UUID team, Viewer viewer) {
        CaseRows.Known known = verbs.lock(id, viewer);
        String name = teams.all().stream()
                .filter(one -> one.id().equals(team))
                .findFirst()
                .orElseThrow(() -> new CaseRefused("That team does not exist any more."))
                .name();
        return verbs.change(known, seen, viewer, CaseVerbs.KIND, "given to team " + name, now -> {
            rows.assign(id, null, null);
            database.sql("update cases.support_case set team_id = :team, to_route = true where id = :id")
                    .param("id", id)
                    .param("team", team)
                    .update();
            events.append(id, "assigned", name, "the team", viewer.actor());
        });
    }
}
