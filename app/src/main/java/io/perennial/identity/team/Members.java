package io.perennial.identity.team;

import io.perennial.identity.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of team members, without any question of permission. */
@Component
public class Members {

    private static final String COLUMNS = """
            select id, name, email, role, portfolio, active, password_hash is not null as can_sign_in, last_signed_in_at
            from identity.team_member
            """;

    private final JdbcClient database;

    Members(JdbcClient database) {
        this.database = database;
    }

    public Optional<Member> find(UUID id) {
        return database.sql(COLUMNS + "where id = :id")
                .param("id", id)
                .query(Members::member)
                .optional();
    }

    public Optional<Member> findByEmail(String email) {
        return database.sql(COLUMNS + "where lower(email) = lower(:email)")
                .param("email", email.strip())
                .query(Members::member)
                .optional();
    }

    /** Everybody, those who may sign in first, then by name. */
    public List<Member> all() {
        return database.sql(COLUMNS + "order by active desc, lower(name), id")
                .query(Members::member)
                .list();
    }

    public boolean anybodyCanSignIn() {
        return database.sql("select exists (select 1 from identity.team_member where password_hash is not null)")
                .query(Boolean.class)
                .single();
    }

    /** How many administrators could sign in right now. */
    public int administrators() {
        return database.sql("""
                select count(*) from identity.team_member
                where role = 'ADMIN' and active and password_hash is not null
                """).query(Integer.class).single();
    }

    private static Member member(ResultSet row, int number) throws SQLException {
        Timestamp signedIn = row.getTimestamp("last_signed_in_at");
        Instant lastSignedInAt = signedIn == null ? null : signedIn.toInstant();
        return new Member(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("email"),
                Role.valueOf(row.getString("role")),
                row.getString("portfolio").equals("everything"),
                row.getBoolean("active"),
                row.getBoolean("can_sign_in"),
                lastSignedInAt);
    }
}
