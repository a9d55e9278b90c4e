package io.perennial.platform.imports;

import io.perennial.platform.database.OnDisk;
import io.perennial.platform.imports.reading.SourceFile;
import io.perennial.platform.imports.reading.UnreadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Uploaded files, streamed to disk under random names; what the sender called them never becomes a path. */
@Component
class FileStore {

    private static final HexFormat HEX = HexFormat.of();

    private final Path data;
    private final Path directory;
    private final long mostBytes;
    private final SecureRandom random = new SecureRandom();

    FileStore(
            @Value("${perennial.data}") Path data,
            @Value("${perennial.imports.most-bytes:4294967296}") long mostBytes) {
        this.data = data;
        this.directory = data.resolve("files");
        this.mostBytes = mostBytes;
    }

    Path directory() {
        return directory;
    }

    record Stored(String name, long bytes, String sha256) {}

    /** @throws UnreadableFile when it is too large; nothing is kept then */
    Stored store(InputStream body) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            OnDisk.force(data);
        }
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String name = HEX.formatHex(bytes);
        Path file = directory.resolve(name);
        MessageDigest digest = sha256();
        boolean complete = false;
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            long length = copy(body, out);
            // Who is told that it arrived does not send it again, not even after a power cut.
            OnDisk.force(file);
            OnDisk.force(directory);
            complete = true;
            return new Stored(name, length, HEX.formatHex(digest.digest()));
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
    }

    SourceFile open(String name) throws IOException {
        return new SourceFile(directory.resolve(name));
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    /** Names of files last written before this time, as a set of their own; at most so many are looked at. */
    Set<String> olderThan(Instant before, int most) throws IOException {
        if (!Files.isDirectory(directory)) {
            return new HashSet<>();
        }
        Set<String> older = new HashSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path file : all) {
                if (older.size() < most
                        && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    older.add(String.valueOf(file.getFileName()));
                }
            }
        }
        return older;
    }

    private long copy(InputStream body, OutputStream out) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long length = 0;
        for (int read; (read = body.read(buffer)) > 0; ) {
            length += read;
            if (length > mostBytes) {
                throw new UnreadableFile(
                        "file_too_large",
                        "The file is larger than " + mostBytes / (1024 * 1024)
                                + " MB. Split it, or compress it as .gz.");
            }
            out.write(buffer, 0, read);
        }
        return length;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
