package io.perennial.identity.signin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The one-time word that proves that the person at {@code /setup} can read this machine's log or data directory. Kept in
 * the file {@code setup-token}, readable by the owner only, until the first administrator exists.
 */
@Component
class SetupToken {

    private static final int BYTES = 18;

    private final Path file;

    SetupToken(@Value("${perennial.data}") Path data) {
        this.file = data.resolve("setup-token");
    }

    /** The token in force; made when there is none yet. */
    synchronized String text() {
        try {
            if (!Files.exists(file)) {
                byte[] token = new byte[BYTES];
                new SecureRandom().nextBytes(token);
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(
                        file,
                        Base64.getUrlEncoder().withoutPadding().encodeToString(token),
                        StandardOpenOption.TRUNCATE_EXISTING);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep the set-up token in " + file, e);
        }
    }

    boolean is(String candidate) {
        return MessageDigest.isEqual(
                text().getBytes(StandardCharsets.UTF_8), candidate.strip().getBytes(StandardCharsets.UTF_8));
    }

    synchronized void spend() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the spent set-up token " + file, e);
        }
    }
}
