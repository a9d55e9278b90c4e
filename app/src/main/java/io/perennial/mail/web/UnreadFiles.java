package io.perennial.mail.web;

import io.perennial.identity.Role;
import io.perennial.platform.files.FileAccess;
import io.perennial.shared.Actor;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Files of letters that nobody has taken are seen by administrators, who decide what becomes of them. */
@Component
class UnreadFiles implements FileAccess {

    private final JdbcClient database;

    UnreadFiles(JdbcClient database) {
        this.database = database;
    }

    @Override
    public boolean mayRead(UUID file, Actor actor) {
        return actor.kind() == Actor.Kind.PERSON
                && database.sql("""
                    select exists (
                        select from mail.incoming_file f
                        join mail.incoming l on l.id = f.incoming_id and l.taken_by is null
                        join identity.team_member m on m.id = :member and m.active and m.role = :admin
                        where f.file_id = :file)
                    """)
                        .param("member", actor.id())
                        .param("admin", Role.ADMIN.name())
                        .param("file", file)
                        .query(Boolean.class)
                        .single();
    }
}
