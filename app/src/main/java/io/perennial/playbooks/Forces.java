package io.perennial.playbooks;

import io.perennial.playbooks.text.Playbook;
import io.perennial.playbooks.text.Program;
import java.sql.Timestamp;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The playbooks that run, as they stand in the database at that moment: any server may have switched one. */
@Component
class Forces {

    private final JdbcClient database;
    private final Playbooks playbooks;

    Forces(JdbcClient database, Playbooks playbooks) {
        this.database = database;
        this.playbooks = playbooks;
    }

    List<InForce> all() {
        return database.sql("""
                select p.id, p.number, p.key, p.in_force, p.since, p.state = 'shadow' as shadow, v.text
                from playbooks.playbook p join playbooks.version v on v.id = p.in_force
                where p.state in ('active', 'shadow') order by p.number
                """)
                .query((row, number) -> {
                    Playbook playbook = playbooks.parsed(row.getString("text"));
                    Timestamp since = row.getTimestamp("since");
                    return new InForce(
                            row.getObject("id", UUID.class),
                            row.getInt("number"),
                            row.getString("key"),
                            row.getObject("in_force", UUID.class),
                            Objects.requireNonNull(since).toInstant(),
                            row.getBoolean("shadow"),
                            playbook,
                            Program.of(playbook.steps()));
                })
                .list();
    }
}
