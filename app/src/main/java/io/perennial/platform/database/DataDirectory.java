package io.perennial.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory that holds everything one Perennial must keep: the cluster, its password, uploaded files. Locked while
 * in use, so that two servers never share it.
 */
final class DataDirectory implements AutoCloseable {

    /** First line of our access rules. */
    static final String ACCESS_RULES_MARK = "# Written by Perennial";

    private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);
    private static final int PASSWORD_BYTES = 32;

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /** @throws CannotStart when another Perennial uses it, or it cannot be written */
    static DataDirectory open(Path root) {
        try {
            Files.createDirectories(root);
            FileChannel channel = FileChannel.open(
                    root.resolve("perennial.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new CannotStart("Another Perennial" + owner(root) + " already runs on the data directory "
                        + root.toAbsolutePath().normalize()
                        + ". Stop it first, or start this one with --data another-directory.");
            }
            DataDirectory data = new DataDirectory(root.toAbsolutePath().normalize(), channel, lock);
            data.writePrivately(
                    "perennial.pid", Long.toString(ProcessHandle.current().pid()));
            return data;
        } catch (IOException e) {
            throw new CannotStart("Cannot use the data directory " + root.toAbsolutePath() + ": " + e.getMessage()
                    + ". Check that it exists, is writable and has space, or choose another with --data.");
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very JVM
        }
    }

    private static String owner(Path root) {
        try {
            return " (process "
                    + Files.readString(root.resolve("perennial.pid")).strip() + ")";
        } catch (IOException e) {
            return "";
        }
    }

    Path cluster() {
        return root.resolve("postgres");
    }

    /**
     * An empty cluster is created once. When it is gone later, something is badly wrong (a missing mount, a wrong
     * path), and an empty database in its place would look like the loss of everything.
     */
    void requireClusterWhereOneWas() {
        boolean was = Files.exists(root.resolve("initialized"));
        boolean is = Files.exists(cluster().resolve("PG_VERSION"));
        if (was && !is) {
            throw new CannotStart("The data directory " + root + " had a database, but " + cluster()
                    + " is empty or missing now. Perennial does not start with an empty database over it: restore the"
                    + " directory (is a disk not mounted?) or a backup.");
        }
    }

    /**
     * A power cut in the very first start leaves half a cluster in which nobody's data can be: it was never finished and
     * never given its password. It is put aside, not deleted, and the first start begins again.
     */
    void setAsideWhatWasNeverFinished() {
        if (Files.exists(root.resolve("initialized")) || !Files.exists(cluster())) {
            return;
        }
        try {
            if (Files.exists(accessRules()) && Files.readString(accessRules()).startsWith(ACCESS_RULES_MARK)) {
                return; // all was done but the mark
            }
            Path aside = root.resolve("postgres.unfinished-" + System.nanoTime());
            Files.move(cluster(), aside);
            log.warn(
                    "The first start was cut short before the database was made; beginning again. Left-overs: {}",
                    aside);
        } catch (IOException e) {
            throw new CannotStart("The unfinished database in " + cluster() + " cannot be put aside: " + e.getMessage()
                    + ". Move it away yourself.");
        }
    }

    /** The cluster's own file that says who may connect. */
    Path accessRules() {
        return cluster().resolve("pg_hba.conf");
    }

    void markInitialized() {
        if (Files.exists(root.resolve("initialized"))) {
            return;
        }
        writePrivately("initialized", "PostgreSQL lives in " + cluster() + System.lineSeparator());
    }

    /** The superuser's password, made at the first start and readable by the owner only. */
    String password() {
        Path file = root.resolve("postgres.password");
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[PASSWORD_BYTES];
                new SecureRandom().nextBytes(random);
                writePrivately("postgres.password", HexFormat.of().formatHex(random));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    void writePrivately(String name, String text) {
        Path file = root.resolve(name);
        Path draft = root.resolve(name + ".new");
        try {
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
            OnDisk.force(draft);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            OnDisk.force(root);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (channel) {
            lock.release();
            delete("perennial.pid");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
