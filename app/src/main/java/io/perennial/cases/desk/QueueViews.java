package io.perennial.cases.desk;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Queues under a name: a member's own, and those that leaders made for everybody. */
@Component
public class QueueViews {

    private static final int MOST = 30;

    private final JdbcClient database;
    private final Clock clock;

    QueueViews(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param mayRemove whether it is the viewer's to take away */
    public record Saved(UUID id, String name, String query, boolean shared, boolean mayRemove) {

        public String url() {
            return query.isEmpty() ? "/cases" : "/cases?" + query;
        }
    }

    /** Those of everybody first, then the viewer's own. */
    @Transactional(readOnly = true)
    public List<Saved> of(Viewer viewer) {
        return database.sql("""
                select id, name, query, shared, owner_id = :me or (shared and :leads) as removable from cases.queue_view
                where owner_id = :me or shared order by shared desc, lower(name), id limit :most
                """)
                .param("me", viewer.memberId())
                .param("leads", leads(viewer))
                .param("most", MOST)
                .query((row, number) -> new Saved(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("query"),
                        row.getBoolean("shared"),
                        row.getBoolean("removable")))
                .list();
    }

    public static boolean leads(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /**
     * Keeps a queue; the same name of the same member is replaced.
     *
     * @param shared for everybody, which only leaders say
     * @throws CaseRefused without a name, or when the filter is too long
     */
    @Transactional
    public void save(String name, String query, boolean shared, Viewer viewer) {
        String shown = name.replace("\0", "").strip();
        if (shown.isEmpty() || shown.length() > 60 || query.length() > 1000) {
            throw new CaseRefused("A queue needs a name of 1 to 60 characters.");
        }
        database.sql("delete from cases.queue_view where owner_id = :me and lower(name) = lower(:name)")
                .param("me", viewer.memberId())
                .param("name", shown)
                .update();
        database.sql("""
                insert into cases.queue_view (id, name, query, owner_id, shared, created_at)
                values (:id, :name, :query, :me, :shared, :now)
                """)
                .param("id", Ids.next())
                .param("name", shown)
                .param("query", query)
                .param("me", viewer.memberId())
                .param("shared", shared && leads(viewer))
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    @Transactional
    public void remove(UUID id, Viewer viewer) {
        database.sql("delete from cases.queue_view where id = :id and (owner_id = :me or shared and :leads)")
                .param("id", id)
                .param("me", viewer.memberId())
                .param("leads", leads(viewer))
                .update();
    }
}
