package io.perennial.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The colleagues, for choosing an owner and showing who did what. */
@Component
public class TeamMembers {

    private static final int MOST = 1_000;

    private final JdbcClient database;

    TeamMembers(JdbcClient database) {
        this.database = database;
    }

    /** @param externalId what imports and edits refer to */
    public record Colleague(UUID id, String externalId, String name, String email) {}

    /** Active colleagues by name, at most {@value #MOST}. */
    public List<Colleague> active() {
        return database.sql("""
                        select id, external_id, name, email from identity.team_member
                        where active order by lower(name), id limit :most
                        """)
                .param("most", MOST)
                .query((row, number) -> colleague(row))
                .list();
    }

    /** Finds the one colleague that people mean by a name, an e-mail address or an external id. */
    public Optional<Colleague> meant(String text) {
        return database.sql("""
                        select id, external_id, name, email from identity.team_member
                        where active and (lower(email) = lower(:text) or external_id = :text or lower(name) = lower(:text))
                        order by (lower(email) = lower(:text)) desc, (external_id = :text) desc, id
                        limit 1
                        """)
                .param("text", text.strip())
                .query(Colleague.class)
                .optional();
    }

    private static Colleague colleague(ResultSet row) throws SQLException {
        return new Colleague(
                row.getObject("id", UUID.class),
                row.getString("external_id"),
                row.getString("name"),
                row.getString("email"));
    }
}
