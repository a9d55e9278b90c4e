package io.perennial.world;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server of the oldest PostgreSQL that the product promises to work with, as an operator's own would be. */
public final class OldestPostgres {

    private static final Path BINARIES = Path.of("target", "oldest-postgres");
    private static @Nullable EmbeddedPostgres server;

    private OldestPostgres() {}

    /** Whether the build brought its binaries for this machine. */
    public static boolean present() {
        return Files.isDirectory(BINARIES);
    }

    /** As operators copy it from their provider; the server is started at the first call and ends with the tests. */
    public static synchronized String url() {
        try {
            if (server == null) {
                server = EmbeddedPostgres.builder()
                        .setPgBinaryResolver((system, machine) -> binaries())
                        .setOverrideWorkingDirectory(
                                BINARIES.resolve("run").toAbsolutePath().toFile())
                        // The library's own defaults are for tests that may forget; we refuse such a database.
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .start();
            }
            return "postgres://postgres:postgres@localhost:" + server.getPort() + "/postgres";
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static InputStream binaries() throws IOException {
        try (Stream<Path> files = Files.list(BINARIES)) {
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).toList();
            try (JarFile jar = new JarFile(jars.getFirst().toFile())) {
                var archive = jar.stream()
                        .filter(entry -> entry.getName().endsWith(".txz"))
                        .findFirst()
                        .orElseThrow();
                return new ByteArrayInputStream(jar.getInputStream(archive).readAllBytes());
            }
        }
    }
}
