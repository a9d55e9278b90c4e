package io.perennial.mail.in;

import java.util.List;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far each mailbox has been read, and what is still to be marked there. */
@Component
class Mailboxes {

    private final JdbcClient database;

    Mailboxes(JdbcClient database) {
        this.database = database;
    }

    /** @return the last letter that was read; empty when the mailbox is new, or has numbered its letters anew */
    OptionalLong lastUid(String mailbox, long validity) {
        return database.sql("select last_uid from mail.mailbox where name = :name and uid_validity = :validity")
                .param("name", mailbox)
                .param("validity", validity)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    void readTo(String mailbox, long validity, long uid) {
        database.sql("""
            insert into mail.mailbox as m (name, uid_validity, last_uid) values (:name, :validity, :uid)
            on conflict (name) do update set uid_validity = excluded.uid_validity,
                last_uid = case when m.uid_validity = excluded.uid_validity
                    then greatest(m.last_uid, excluded.last_uid) else excluded.last_uid end
            """)
                .param("name", mailbox)
                .param("validity", validity)
                .param("uid", uid)
                .update();
    }

    List<Long> unmarked(String mailbox, long validity) {
        return database.sql("""
            select uid from mail.incoming
            where mailbox = :name and uid_validity = :validity and not marked order by uid limit 1000
            """)
                .param("name", mailbox)
                .param("validity", validity)
                .query((row, number) -> row.getLong("uid"))
                .list();
    }

    void marked(String mailbox, long validity, long uid) {
        database.sql("""
            update mail.incoming set marked = true
            where mailbox = :name and uid_validity = :validity and uid = :uid
            """)
                .param("name", mailbox)
                .param("validity", validity)
                .param("uid", uid)
                .update();
    }
}
