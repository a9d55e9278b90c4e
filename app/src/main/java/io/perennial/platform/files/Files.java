package io.perennial.platform.files;

import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Files of any kind in the database: a file is there exactly when the row that names it is. Content goes in and out in
 * pieces, so a large file costs no more memory than a small one.
 */
@Component
public class Files {

    private final JdbcClient database;
    private final ObjectProvider<FileAccess> holders;
    private final Clock clock;

    Files(JdbcClient database, ObjectProvider<FileAccess> holders, Clock clock) {
        this.database = database;
        this.holders = holders;
        this.clock = clock;
    }

    /**
     * Stores in the caller's transaction.
     *
     * @param name what the sender called it
     * @param content read to its end, not closed
     * @param mostBytes never more than {@link FileLimits#MOST_BYTES}
     * @throws FileTooLarge when there are more bytes; nothing is kept
     */
    @Transactional(noRollbackFor = FileTooLarge.class)
    public StoredFile store(String name, InputStream content, long mostBytes, Actor actor) throws IOException {
        UUID id = Ids.next();
        String safe = FileNames.safe(name);
        long most = Math.min(mostBytes, FileLimits.MOST_BYTES);
        database.sql("""
            insert into platform.file (id, name, type, bytes, sha256, stored_by, stored_at)
            values (:id, :name, :type, 0, '', :by, :now)
            """)
                .param("id", id)
                .param("name", safe)
                .param("type", ContentType.UNKNOWN)
                .param("by", actor.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return fill(new StoredFile(id, safe, ContentType.UNKNOWN, 0, "", clock.instant()), content, most);
    }

    /** Other content for a file that nobody has seen yet; its name stays. */
    @Transactional
    StoredFile replace(StoredFile file, InputStream content) throws IOException {
        database.sql("delete from platform.file_piece where file_id = :id")
                .param("id", file.id())
                .update();
        return fill(file, content, FileLimits.MOST_BYTES);
    }

    private StoredFile fill(StoredFile file, InputStream content, long most) throws IOException {
        UUID id = file.id();
        MessageDigest digest = sha256();
        String type = ContentType.UNKNOWN;
        long bytes = 0;
        for (int number = 0; ; number++) {
            byte[] piece = content.readNBytes(FileLimits.PIECE_BYTES);
            if (number == 0) {
                type = ContentType.of(piece, piece.length);
            }
            if (piece.length == 0) {
                break;
            }
            bytes += piece.length;
            if (bytes > most) {
                delete(id);
                throw new FileTooLarge(file.name(), most);
            }
            digest.update(piece);
            database.sql("insert into platform.file_piece (file_id, number, content) values (:id, :number, :content)")
                    .param("id", id)
                    .param("number", number)
                    .param("content", piece)
                    .update();
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        database.sql("update platform.file set type = :type, bytes = :bytes, sha256 = :hash where id = :id")
                .param("type", type)
                .param("bytes", bytes)
                .param("hash", hash)
                .param("id", id)
                .update();
        return new StoredFile(id, file.name(), type, bytes, hash, file.storedAt());
    }

    public Optional<StoredFile> find(UUID id) {
        return find(List.of(id)).stream().findFirst();
    }

    /** Those that exist, by name. */
    public List<StoredFile> find(List<UUID> ids) {
        return database.sql("""
            select id, name, type, bytes, sha256, stored_at from platform.file
            where id = any(:ids) order by lower(name), id
            """)
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, number) -> new StoredFile(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("type"),
                        row.getLong("bytes"),
                        row.getString("sha256"),
                        row.getTimestamp("stored_at").toInstant()))
                .list();
    }

    /** The content, piece by piece; empty when there is no such file. */
    public InputStream open(UUID id) {
        return new PieceStream(number -> database.sql(
                        "select content from platform.file_piece where file_id = :id and number = :number")
                .param("id", id)
                .param("number", number)
                .query(byte[].class)
                .optional());
    }

    public void copy(UUID id, OutputStream out) throws IOException {
        try (InputStream content = open(id)) {
            content.transferTo(out);
        }
    }

    /** Whether any module that holds the file shows it to this person or key. */
    public boolean mayRead(UUID id, Actor actor) {
        return holders.stream().anyMatch(holder -> holder.mayRead(id, actor));
    }

    @Transactional
    public void delete(UUID id) {
        database.sql("delete from platform.file where id = :id").param("id", id).update();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
