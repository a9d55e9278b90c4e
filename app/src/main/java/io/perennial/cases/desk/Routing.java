package io.perennial.cases.desk;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What colleagues know, and who gets a case: what is due next for whoever asks, and of those who know a product the one with
 * least open work. A case without a product, or of one that nobody claims to know, may go to anybody with skills.
 */
@Component
@Transactional
public class Routing {

    private static final int MOST_SKILLS = 50;

    private final JdbcClient database;
    private final CaseVerbs verbs;
    private final CaseRows rows;
    private final CaseEvents events;
    private final LeastLoad load;
    private final Audit audit;

    Routing(JdbcClient database, CaseVerbs verbs, CaseRows rows, CaseEvents events, LeastLoad load, Audit audit) {
        this.database = database;
        this.load = load;
        this.verbs = verbs;
        this.rows = rows;
        this.events = events;
        this.audit = audit;
    }

    /** @param open cases that are this member's turn or rest with them */
    public record Agent(UUID id, String name, String role, List<String> skills, int open) {}

    /** Everybody who may work cases, those with least open work first. */
    @Transactional(readOnly = true)
    public List<Agent> agents() {
        return database.sql("""
                select m.id, m.name, m.role,
                    array(select skill from cases.skill s where s.member_id = m.id order by skill) as skills,
                    (select count(*) from cases.support_case c
                     where c.assignee_id = m.id and c.state in ('open', 'waiting', 'on-hold'))::int as open
                from identity.team_member m where m.active and m.role <> 'READ_ONLY'
                order by open, lower(m.name), m.id limit 1000
                """)
                .query((row, number) -> new Agent(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        Role.valueOf(row.getString("role")).title(),
                        List.of((String[]) row.getArray("skills").getArray()),
                        row.getInt("open")))
                .list();
    }

    /** @param skills names of products, separated by commas; leaders change everybody's, others their own */
    public void learn(UUID member, String skills, Viewer viewer) {
        boolean leads = viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
        if (!leads && !(viewer.memberId().equals(member) && CaseVerbs.mayWork(viewer))) {
            throw new AccessDeniedException("Only leaders change the skills of others.");
        }
        List<String> wished = Arrays.stream(skills.split(",", -1))
                .map(skill -> skill.strip().toLowerCase(Locale.ROOT))
                .filter(skill -> !skill.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
        if (wished.size() > MOST_SKILLS || wished.stream().anyMatch(skill -> skill.length() > 200)) {
            throw new CaseRefused("Up to 50 skills of up to 200 characters, separated by commas.");
        }
        String name = database.sql("select name from identity.team_member where id = :id")
                .param("id", member)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new NoSuchElementException("There is no such colleague."));
        database.sql("delete from cases.skill where member_id = :id")
                .param("id", member)
                .update();
        database.sql("insert into cases.skill (member_id, skill) select :id, unnest(cast(:skills as text[]))")
                .param("id", member)
                .param("skills", wished.toArray(String[]::new))
                .update();
        audit.record(
                viewer.actor(),
                "case-skills",
                "Skills of " + name + " are " + (wished.isEmpty() ? "none" : String.join(", ", wished)),
                List.of(new ChangedThing("case-skills", member.toString(), null, null, null)));
    }

    /**
     * Gives the viewer what is due next of what they can work on: nobody's case, of no other team, of a product they know or
     * that nobody knows. Their own reopened cases come before everything.
     */
    public Optional<UUID> takeNext(Viewer viewer) {
        CaseVerbs.requireWork(viewer);
        Optional<UUID> own = database.sql("""
                select c.id from cases.support_case c
                where c.assignee_id = :me and c.state = 'open' and c.reopened_at is not null
                order by c.reopened_at, c.id limit 1
                """)
                .param("me", viewer.memberId())
                .query(UUID.class)
                .optional();
        if (own.isPresent()) {
            return own;
        }
        Optional<UUID> next = database.sql("""
                select c.id from cases.support_case c join accounts.account a on a.id = c.account_id
                where c.state = 'open' and c.assignee_id is null and c.assignee is null
                  and (:everything or a.owner_id = :me)
                  and (c.team_id is null
                    or c.team_id = (select m.team_id from identity.team_member m where m.id = :me))
                  and (c.product is null
                    or exists (select from cases.skill s where s.member_id = :me and s.skill = lower(c.product))
                    or not exists (select from cases.skill s where s.skill = lower(c.product)))
                order by coalesce(c.next_due_at, 'infinity'::timestamptz), c.id
                limit 1 for no key update of c skip locked
                """)
                .param("me", viewer.memberId())
                .param("everything", viewer.everything())
                .query(UUID.class)
                .optional();
        next.ifPresent(id -> take(id, viewer));
        return next;
    }

    private void take(UUID id, Viewer viewer) {
        CaseRows.Known known = verbs.lock(id, viewer);
        verbs.change(known, Seen.WHATEVER, viewer, CaseVerbs.KIND, "taken by " + viewer.name(), now -> {
            rows.assign(id, viewer.memberId(), viewer.name());
            events.append(id, "assigned", viewer.name(), "next in the queue", viewer.actor());
        });
    }

    /** Of a case that is just being opened. */
    void give(UUID id, String to, LeastLoad.Wanted wanted, Viewer viewer) {
        if (to.equals("me")) {
            rows.assign(id, viewer.memberId(), viewer.name());
            events.append(id, "assigned", viewer.name(), null, viewer.actor());
            return;
        }
        load.moment().give(wanted, false).ifPresent(colleague -> {
            rows.assign(id, colleague.id(), colleague.name());
            events.append(id, "assigned", colleague.name(), LeastLoad.WHY, viewer.actor());
        });
    }
}
