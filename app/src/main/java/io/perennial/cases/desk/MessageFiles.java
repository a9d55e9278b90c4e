package io.perennial.cases.desk;

import io.perennial.mail.IncomingLetter.Attachment;
import io.perennial.platform.files.FileAccess;
import io.perennial.platform.files.Files;
import io.perennial.platform.files.StoredFile;
import io.perennial.shared.Actor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@code cases.message_file}: files of messages, seen by those who may see the case. */
@Repository
class MessageFiles implements FileAccess {

    private final JdbcClient database;
    private final Files files;

    MessageFiles(JdbcClient database, Files files) {
        this.database = database;
        this.files = files;
    }

    /** Of the customer: those that were taken, and those that were not with the reason. */
    void theirs(UUID message, List<Attachment> attachments) {
        for (int position = 0; position < attachments.size(); position++) {
            Attachment file = attachments.get(position);
            add(message, position, file.file(), file.name(), file.type(), file.bytes(), file.refused());
        }
    }

    void ours(UUID message, List<UUID> stored) {
        List<StoredFile> found = files.find(stored);
        for (int position = 0; position < found.size(); position++) {
            StoredFile file = found.get(position);
            add(message, position, file.id(), file.name(), file.type(), file.bytes(), null);
        }
    }

    private void add(
            UUID message,
            int position,
            @Nullable UUID file,
            String name,
            String type,
            long bytes,
            @Nullable String refused) {
        database.sql("""
                insert into cases.message_file (message_id, position, file_id, name, type, bytes, refused)
                values (:message, :position, cast(:file as uuid), :name, :type, :bytes, :refused)
                """)
                .param("message", message)
                .param("position", position)
                .param("file", file)
                .param("name", name)
                .param("type", type)
                .param("bytes", bytes)
                .param("refused", refused)
                .update();
    }

    /** A message that is split off takes its files along. */
    void copy(UUID from, UUID to) {
        database.sql("""
                insert into cases.message_file (message_id, position, file_id, name, type, bytes, refused)
                select :to, position, file_id, name, type, bytes, refused from cases.message_file where message_id = :from
                """).param("from", from).param("to", to).update();
    }

    Map<UUID, List<CaseView.Enclosure>> of(List<UUID> messages) {
        Map<UUID, List<CaseView.Enclosure>> found = new HashMap<>();
        database.sql("""
                select message_id, file_id, name, bytes, refused from cases.message_file
                where message_id = any(:ids) order by message_id, position
                """).param("ids", messages.toArray(UUID[]::new)).query(row -> {
            found.computeIfAbsent(row.getObject("message_id", UUID.class), none -> new ArrayList<>())
                    .add(new CaseView.Enclosure(
                            row.getObject("file_id", UUID.class),
                            row.getString("name"),
                            row.getLong("bytes"),
                            row.getString("refused")));
        });
        return found;
    }

    @Override
    public boolean mayRead(UUID file, Actor actor) {
        return actor.kind() == Actor.Kind.PERSON
                && database.sql("""
                        select exists (
                            select from (
                                select m.case_id from cases.message_file f join cases.message m on m.id = f.message_id
                                where f.file_id = :file
                                union all
                                select u.case_id from cases.upload u where u.file_id = :file) held
                            join cases.support_case c on c.id = held.case_id
                            join accounts.account a on a.id = c.account_id
                            join identity.team_member m on m.id = :member and m.active
                            where m.portfolio = 'everything' or a.owner_id = m.id)
                        """)
                        .param("file", file)
                        .param("member", actor.id())
                        .query(Boolean.class)
                        .single();
    }
}
