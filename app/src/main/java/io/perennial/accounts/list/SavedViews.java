package io.perennial.accounts.list;

import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Named views of the accounts table: a member's own, and those that colleagues share. */
@Component
public class SavedViews {

    private static final int MOST_SHOWN = 30;

    private final JdbcClient database;
    private final Clock clock;

    SavedViews(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param own whether the viewer may delete it */
    public record SavedView(UUID id, String name, String query, boolean shared, boolean own) {
        public String url() {
            return query.isEmpty() ? "/accounts" : "/accounts?" + query;
        }
    }

    @Transactional(readOnly = true)
    public List<SavedView> of(Viewer viewer) {
        return database.sql("""
                        select id, name, query, shared, owner_id = :member as own
                        from accounts.saved_view
                        where owner_id = :member or shared
                        order by owner_id = :member desc, lower(name), id
                        limit :most
                        """)
                .param("member", viewer.memberId())
                .param("most", MOST_SHOWN)
                .query((row, number) -> new SavedView(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("query"),
                        row.getBoolean("shared"),
                        row.getBoolean("own")))
                .list();
    }

    /** Saves the view under a name; the same name of the same member is replaced. */
    @Transactional
    public void save(String name, ListView view, boolean shared, Viewer viewer) {
        String shown = name.strip();
        if (shown.isEmpty() || shown.length() > 80) {
            throw new Filter.BadView("A view needs a name of 1 to 80 characters.");
        }
        database.sql("delete from accounts.saved_view where owner_id = :member and lower(name) = lower(:name)")
                .param("member", viewer.memberId())
                .param("name", shown)
                .update();
        database.sql("""
                        insert into accounts.saved_view (id, name, query, owner_id, shared, created_at)
                        values (:id, :name, :query, :member, :shared, :now)
                        """)
                .param("id", Ids.next())
                .param("name", shown)
                .param("query", view.query())
                .param("member", viewer.memberId())
                .param("shared", shared)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    @Transactional
    public void delete(UUID view, Viewer viewer) {
        database.sql("delete from accounts.saved_view where id = :id and owner_id = :member")
                .param("id", view)
                .param("member", viewer.memberId())
                .update();
    }
}
