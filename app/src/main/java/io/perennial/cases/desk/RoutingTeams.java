package io.perennial.cases.desk;

import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which teams are given the cases that come in, and whose members take them themselves. */
@Component
@Transactional
public class RoutingTeams {

    private final JdbcClient database;
    private final Audit audit;

    RoutingTeams(JdbcClient database, Audit audit) {
        this.database = database;
        this.audit = audit;
    }

    /**
     * @param id null for colleagues in no team
     * @param skilled how many of them have a skill written down; nobody else is given a case
     * @param given whether cases are given to its members unasked
     */
    public record Row(@Nullable UUID id, String name, int skilled, boolean given) {}

    /** By name; colleagues in no team last, when there are any. */
    @Transactional(readOnly = true)
    public List<Row> all() {
        return database.sql("""
                select g.id, g.name, count(m.id) filter (where exists (select from cases.skill s where s.member_id = m.id))::int
                        as skilled,
                    not exists (select from cases.picking_team p where p.team_id is not distinct from g.id) as given
                from (select id, name, 0 as last from identity.team union all select null, 'In no team', 1) g
                left join identity.team_member m
                    on m.team_id is not distinct from g.id and m.active and m.role <> 'READ_ONLY'
                group by g.id, g.name, g.last having g.id is not null or count(m.id) > 0
                order by g.last, lower(g.name), g.id limit 500
                """)
                .query((row, number) -> new Row(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getInt("skilled"),
                        row.getBoolean("given")))
                .list();
    }

    /**
     * @param team null for colleagues in no team
     * @param given false: cases wait until a member takes them; what was given stays given
     */
    public void choose(@Nullable UUID team, boolean given, Viewer viewer) {
        if (!QueueViews.leads(viewer)) {
            throw new AccessDeniedException("Only leaders say who is given cases.");
        }
        String name = all().stream()
                .filter(row -> team == null ? row.id() == null : team.equals(row.id()))
                .map(Row::name)
                .findFirst()
                .orElseThrow(() -> new CaseRefused("That team does not exist any more."));
        int changed = database.sql(
                        given
                                ? "delete from cases.picking_team where team_id is not distinct from cast(:team as uuid)"
                                : "insert into cases.picking_team (team_id) values (cast(:team as uuid)) on conflict do nothing")
                .param("team", team)
                .update();
        if (changed > 0) {
            String who = team == null ? "colleagues in no team" : "team " + name;
            audit.record(
                    viewer.actor(),
                    "case-routing",
                    given ? "New cases are given to " + who : "New cases wait to be taken by " + who,
                    List.of(new ChangedThing("case-routing", String.valueOf(team), null, null, null)));
        }
    }
}
