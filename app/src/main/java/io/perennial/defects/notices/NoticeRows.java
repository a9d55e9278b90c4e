package io.perennial.defects.notices;

import io.perennial.defects.DefectEditing;
import io.perennial.defects.notices.CustomerNotice.State;
import io.perennial.defects.notices.CustomerNotice.Text;
import io.perennial.identity.Viewer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of notices and their texts. */
@Repository
class NoticeRows {

    private final JdbcClient database;

    NoticeRows(JdbcClient database) {
        this.database = database;
    }

    Optional<CustomerNotice> find(UUID id) {
        return read("where n.id = :id", id);
    }

    Optional<CustomerNotice> lock(UUID id) {
        return read("where n.id = :id for update", id);
    }

    /**
     * Locked, for a change by the viewer.
     *
     * @throws NoSuchElementException when there is none, or it reaches accounts beyond the viewer's portfolio
     */
    CustomerNotice writable(UUID id, Viewer viewer) {
        DefectEditing.requireWriter(viewer);
        CustomerNotice known = lock(id).orElseThrow(() -> new NoSuchElementException("There is no such notice."));
        boolean theirs = viewer.everything() || viewer.memberId().equals(known.onlyOwner());
        if (!theirs) {
            throw new NoSuchElementException("This notice reaches accounts beyond your portfolio; others send it.");
        }
        return known;
    }

    private Optional<CustomerNotice> read(String where, UUID id) {
        Map<String, Text> texts = texts(List.of(id)).getOrDefault(id, Map.of());
        return database.sql("select n.* from defects.notice n " + where)
                .param("id", id)
                .query((row, number) -> notice(row, texts))
                .optional();
    }

    Optional<UUID> keyed(String key) {
        return database.sql("select id from defects.notice where key = :key")
                .param("key", key)
                .query(UUID.class)
                .optional();
    }

    /** Latest first. */
    List<CustomerNotice> latest(String state, String kind, int most) {
        List<UUID> ids = database.sql("""
                select id from defects.notice where (:state = '' or state = :state) and (:kind = '' or kind = :kind)
                order by coalesce(sent_at, made_at) desc, id desc limit :most
                """)
                .param("state", state)
                .param("kind", kind)
                .param("most", most)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        Map<UUID, Map<String, Text>> texts = texts(ids);
        return database.sql(
                        "select n.* from defects.notice n where id = any(:ids) order by coalesce(sent_at, made_at) desc, id desc")
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, number) -> notice(row, texts.getOrDefault(row.getObject("id", UUID.class), Map.of())))
                .list();
    }

    Map<UUID, Map<String, Text>> texts(List<UUID> notices) {
        Map<UUID, Map<String, Text>> texts = new HashMap<>();
        database.sql("select notice_id, language, subject, body from defects.notice_text where notice_id = any(:ids)")
                .param("ids", notices.toArray(UUID[]::new))
                .query(row -> {
                    texts.computeIfAbsent(row.getObject(1, UUID.class), none -> new TreeMap<>())
                            .put(row.getString(2), new Text(row.getString(3), row.getString(4)));
                });
        return texts;
    }

    void text(UUID notice, String language, Text text) {
        database.sql("""
                insert into defects.notice_text (notice_id, language, subject, body) values (:notice, :language, :subject, :body)
                on conflict (notice_id, language) do update set subject = excluded.subject, body = excluded.body
                """)
                .param("notice", notice)
                .param("language", language)
                .param("subject", text.subject())
                .param("body", text.body())
                .update();
    }

    private static CustomerNotice notice(ResultSet row, Map<String, Text> texts) throws SQLException {
        return new CustomerNotice(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                row.getString("key"),
                NoticeKind.find(row.getString("kind")).orElseThrow(),
                row.getObject("defect_id", UUID.class),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                instant(row, "window_from"),
                instant(row, "window_to"),
                Audience.parse(row.getString("audience")),
                row.getObject("only_owner", UUID.class),
                row.getString("main_language"),
                texts,
                row.getString("made_by"),
                row.getTimestamp("made_at").toInstant(),
                row.getString("sent_by"),
                instant(row, "sent_at"),
                instant(row, "finished_at"),
                row.getInt("version"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
