package io.perennial.platform.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Pictures as pages show them: made anew from their points, never the file itself. What cannot be made anew is only ever saved:
 * moving pictures, formats that the JDK does not read, and files that claim more points than a page could want.
 */
@Component
public class Pictures {

    private final JdbcClient database;
    private final Files files;

    /** Each may take a hundred megabytes for a moment. */
    private final Semaphore oneAtATime = new Semaphore(1, true);

    Pictures(JdbcClient database, Files files) {
        this.database = database;
        this.files = files;
    }

    /** Whether a page can count on showing it, by its head; the rest may still turn out to be broken. */
    public boolean isShowable(StoredFile file) {
        try (InputStream content = files.open(file.id())) {
            return PictureCopy.isPromising(file.type(), content);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Made when it is first asked for, and kept; also that there is none is kept. */
    Optional<PictureCopy.Copy> shown(StoredFile file) throws IOException {
        if (!PictureCopy.isKnown(file.type())) {
            return Optional.empty();
        }
        Optional<Kept> kept = kept(file.id());
        if (kept.isEmpty()) {
            PictureCopy.Copy copy = copy(file).orElse(null);
            database.sql("""
                    insert into platform.picture (file_id, type, content)
                    select id, :type, cast(:content as bytea) from platform.file where id = :id on conflict do nothing
                    """)
                    .param("id", file.id())
                    .param("type", copy == null ? null : copy.type())
                    .param("content", copy == null ? null : copy.content())
                    .update();
            return Optional.ofNullable(copy);
        }
        return kept.map(Kept::copy);
    }

    /**
     * Puts the picture made anew in the place of the file, before it goes out to somebody: a photograph says where it was taken.
     * Other files, and what cannot be made anew, stay as they are.
     */
    @Transactional
    public StoredFile withoutMore(StoredFile file) throws IOException {
        boolean photograph = file.type().equals("image/png") || file.type().equals("image/jpeg");
        Optional<PictureCopy.Copy> copy = photograph ? copy(file) : Optional.empty();
        return copy.isEmpty()
                ? file
                : files.replace(file, new ByteArrayInputStream(copy.get().content()));
    }

    private Optional<PictureCopy.Copy> copy(StoredFile file) throws IOException {
        oneAtATime.acquireUninterruptibly();
        try (InputStream content = files.open(file.id())) {
            return PictureCopy.of(file.type(), content.readAllBytes());
        } finally {
            oneAtATime.release();
        }
    }

    private record Kept(PictureCopy.@Nullable Copy copy) {}

    private Optional<Kept> kept(UUID id) {
        return database.sql("select type, content from platform.picture where file_id = :id")
                .param("id", id)
                .query((row, number) -> new Kept(
                        row.getBytes("content") == null
                                ? null
                                : new PictureCopy.Copy(row.getString("type"), row.getBytes("content"))))
                .optional();
    }
}
