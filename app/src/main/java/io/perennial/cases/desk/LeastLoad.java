package io.perennial.cases.desk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rule of routing: of those who know a case's product, whose team it is and whose portfolio has its customer, the one with
 * least open work; by name among equals. Who has no skill written down is given nothing.
 */
@Component
class LeastLoad {

    /** As the history of a case says it. */
    static final String WHY = "knows it, and has least to do";

    private final JdbcClient database;

    LeastLoad(JdbcClient database) {
        this.database = database;
    }

    /**
     * @param team whose work it is, or null
     * @param owner of the account; who sees only their own accounts is given only these
     */
    record Wanted(
            String product, @Nullable UUID team, @Nullable UUID owner) {}

    /** A colleague and how much they have; the number grows with what is given. */
    static final class Colleague {

        private final UUID id;
        private final String name;
        private final @Nullable UUID team;
        private final boolean everything;
        private final boolean picks;
        private final Set<String> skills;
        private int open;

        private Colleague(ResultSet row) throws SQLException {
            this.id = row.getObject("id", UUID.class);
            this.name = row.getString("name");
            this.team = row.getObject("team_id", UUID.class);
            this.everything = row.getBoolean("everything");
            this.picks = row.getBoolean("picks");
            this.skills = Set.of((String[]) row.getArray("skills").getArray());
            this.open = row.getInt("open");
        }

        UUID id() {
            return id;
        }

        String name() {
            return name;
        }

        private boolean may(Wanted wanted) {
            return (wanted.team() == null || wanted.team().equals(team)) && (everything || id.equals(wanted.owner()));
        }
    }

    /** Everybody's load at one moment. Two at once would both give to the same idle colleague, so they take turns. */
    Moment moment() {
        database.sql("select pg_advisory_xact_lock(4411, 1)").query(row -> {});
        return new Moment(
                database.sql("""
                select m.id, m.name, m.team_id, m.portfolio = 'everything' as everything,
                    exists (select from cases.picking_team t where t.team_id is not distinct from m.team_id) as picks,
                    array(select skill from cases.skill s where s.member_id = m.id) as skills,
                    (select count(*) from cases.support_case c
                     where c.assignee_id = m.id and c.state in ('open', 'waiting', 'on-hold'))::int as open
                from identity.team_member m
                where m.active and m.role <> 'READ_ONLY' and exists (select from cases.skill s where s.member_id = m.id)
                order by lower(m.name), m.id limit 1000
                """).query((row, number) -> new Colleague(row)).list());
    }

    /** Only inside the transaction that asked for it. */
    static final class Moment {

        private final List<Colleague> skilled;

        private Moment(List<Colleague> skilled) {
            this.skilled = skilled;
        }

        /** @param unasked whether nobody said that it should be given: teams that pick for themselves are left alone */
        Optional<Colleague> give(Wanted wanted, boolean unasked) {
            String skill = wanted.product().strip().toLowerCase(Locale.ROOT);
            boolean anybody =
                    skill.isEmpty() || skilled.stream().noneMatch(colleague -> colleague.skills.contains(skill));
            Optional<Colleague> chosen = skilled.stream()
                    .filter(colleague -> anybody || colleague.skills.contains(skill))
                    .filter(colleague -> !(unasked && colleague.picks) && colleague.may(wanted))
                    .min(Comparator.comparingInt(colleague -> colleague.open));
            chosen.ifPresent(colleague -> colleague.open++);
            return chosen;
        }
    }
}
