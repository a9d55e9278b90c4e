package io.perennial.defects.notices;

import io.perennial.defects.Defect;
import io.perennial.identity.Viewer;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether those who asked were told that it is fixed. A person sends it, so somebody has to be reminded. */
@Component
public class ReleasedFixes {

    private static final int MOST = 20;

    private final JdbcClient database;

    ReleasedFixes(JdbcClient database) {
        this.database = database;
    }

    /** A fix that is out, and {@code people} who asked and do not know. */
    public record Untold(
            UUID defect,
            long number,
            String title,
            @Nullable LocalDate fixedOn,
            long people) {}

    /** The notice of a release. @param sentAt null: still a draft */
    public record Announced(UUID notice, @Nullable Instant sentAt) {}

    /** Most people first; those of the viewer's portfolio count. */
    public List<Untold> untold(Viewer viewer) {
        return database.sql("""
                select d.id, d.number, d.title, d.fixed_on, count(*) as people
                from defects.defect d
                join defects.asked s on s.defect_id = d.id
                join accounts.account a on a.id = s.account_id
                where d.state = 'fixed' and d.fixed_on is not null and (:everything or a.owner_id = :me)
                  and not exists (select from defects.notice n
                      where n.key = 'fix:' || d.id || ':' || d.releases and n.state <> 'draft')
                group by d.id order by people desc, d.fixed_on, d.id limit :most
                """)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .param("most", MOST)
                .query((row, number) -> new Untold(
                        row.getObject("id", UUID.class),
                        row.getLong("number"),
                        row.getString("title"),
                        row.getObject("fixed_on", LocalDate.class),
                        row.getLong("people")))
                .list();
    }

    public Optional<Announced> of(Defect defect) {
        return database.sql("select id, sent_at from defects.notice where key = :key")
                .param("key", Notices.keyOf(defect))
                .query((row, number) -> {
                    Timestamp sent = row.getTimestamp("sent_at");
                    return new Announced(row.getObject("id", UUID.class), sent == null ? null : sent.toInstant());
                })
                .optional();
    }
}
