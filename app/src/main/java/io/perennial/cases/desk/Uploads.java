package io.perennial.cases.desk;

import io.perennial.identity.Viewer;
import io.perennial.platform.files.FileTooLarge;
import io.perennial.platform.files.Files;
import io.perennial.platform.files.Pictures;
import io.perennial.platform.files.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Files of answers that are being written. They are kept by the identity of the form, so a form that is refused or sent twice
 * keeps its files and stores none of them again. What is never sent is thrown away after a week.
 */
@Component
@Transactional
public class Uploads {

    public static final int MOST_FILES = 10;
    public static final long MOST_BYTES_EACH = 10L * 1024 * 1024;

    /** Most mail servers refuse letters beyond 25 MB; on the way a file grows by a third. */
    public static final long MOST_BYTES_TOGETHER = 18L * 1024 * 1024;

    private static final Duration KEPT = Duration.ofDays(7);

    /** Programs and scripts: mail servers refuse them, and nobody should get one from us. */
    private static final Set<String> REFUSED_ENDINGS = Set.of(
            "exe", "com", "bat", "cmd", "scr", "pif", "msi", "msp", "dll", "cpl", "jar", "js", "jse", "vbs", "vbe",
            "wsf", "wsh", "hta", "ps1", "psm1", "lnk", "reg", "scf", "sh", "app", "dmg", "iso", "apk", "html", "htm",
            "xhtml", "svg");

    private static final Set<String> REFUSED_TYPES =
            Set.of("application/vnd.microsoft.portable-executable", "application/x-elf", "text/html", "image/svg+xml");

    private final CaseVerbs verbs;
    private final MessageRows messages;
    private final Files files;
    private final Pictures pictures;
    private final JdbcClient database;
    private final Clock clock;

    Uploads(CaseVerbs verbs, MessageRows messages, Files files, Pictures pictures, JdbcClient database, Clock clock) {
        this.verbs = verbs;
        this.messages = messages;
        this.files = files;
        this.pictures = pictures;
        this.database = database;
        this.clock = clock;
    }

    /**
     * Keeps a file until its answer is sent. The same content under the same name is kept once. Pictures are made anew, without
     * what a camera wrote into them.
     *
     * @throws CaseRefused when it is too large, one too many, or a program; nothing of it is kept then
     */
    @Transactional(noRollbackFor = CaseRefused.class)
    public void add(UUID id, String draft, String name, InputStream content, Viewer viewer) throws IOException {
        verbs.lock(id, viewer);
        if (messages.isKnown(Conversation.key(draft))) {
            return;
        }
        forgetOld();
        List<StoredFile> waiting = waiting(id, draft, viewer);
        StoredFile stored;
        try {
            stored = pictures.withoutMore(files.store(name, content, MOST_BYTES_EACH, viewer.actor()));
        } catch (FileTooLarge tooLarge) {
            throw new CaseRefused(tooLarge.getMessage() + " Nothing was sent; your text is kept.");
        }
        boolean again = waiting.stream()
                .anyMatch(known ->
                        known.sha256().equals(stored.sha256()) && known.name().equals(stored.name()));
        if (again) {
            files.delete(stored.id());
            return;
        }
        String problem = problem(stored, waiting);
        if (problem != null) {
            files.delete(stored.id());
            throw new CaseRefused(problem + " Nothing was sent; your text is kept.");
        }
        database.sql("""
                insert into cases.upload (draft, file_id, case_id, member_id, at) values (:draft, :file, :case, :me, :now)
                """)
                .param("draft", draft)
                .param("file", stored.id())
                .param("case", id)
                .param("me", viewer.memberId())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /** Files that wait for this form to be sent. */
    @Transactional(readOnly = true)
    public List<StoredFile> waiting(UUID id, String draft, Viewer viewer) {
        return files.find(waitingIds(id, draft, viewer));
    }

    public void remove(UUID id, String draft, UUID file, Viewer viewer) {
        int gone = database.sql("""
                delete from cases.upload where draft = :draft and file_id = :file and case_id = :case and member_id = :me
                """)
                .param("draft", draft)
                .param("file", file)
                .param("case", id)
                .param("me", viewer.memberId())
                .update();
        if (gone == 1) {
            files.delete(file);
        }
    }

    /** The answer goes out: its files belong to it now. */
    List<UUID> take(String draft, UUID id, Viewer viewer) {
        List<UUID> taken = waitingIds(id, draft, viewer);
        database.sql("delete from cases.upload where file_id = any(:files)")
                .param("files", taken.toArray(UUID[]::new))
                .update();
        return taken;
    }

    private List<UUID> waitingIds(UUID id, String draft, Viewer viewer) {
        return database.sql("""
                select file_id from cases.upload where draft = :draft and case_id = :case and member_id = :me order by file_id
                """)
                .param("draft", draft)
                .param("case", id)
                .param("me", viewer.memberId())
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    private static @Nullable String problem(StoredFile file, List<StoredFile> waiting) {
        String name = file.name().toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        if (REFUSED_ENDINGS.contains(ending) || REFUSED_TYPES.contains(file.type())) {
            return file.name() + " is a program or a page that may run something; mail servers refuse it. Put it into"
                    + " a ZIP file, or send a link.";
        }
        if (file.bytes() == 0) {
            return file.name() + " is empty.";
        }
        if (waiting.size() >= MOST_FILES) {
            return "An answer takes up to " + MOST_FILES + " files.";
        }
        long together =
                file.bytes() + waiting.stream().mapToLong(StoredFile::bytes).sum();
        return together > MOST_BYTES_TOGETHER
                ? "The files of an answer may have " + MOST_BYTES_TOGETHER / 1024 / 1024 + " MB together."
                : null;
    }

    private void forgetOld() {
        database.sql("delete from cases.upload where at < :before returning file_id")
                .param("before", Timestamp.from(clock.instant().minus(KEPT)))
                .query(UUID.class)
                .list()
                .forEach(files::delete);
    }
}
