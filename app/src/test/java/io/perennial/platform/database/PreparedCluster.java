package io.perennial.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.FileSystemUtils;

/**
 * A data directory whose database is up to date and empty. To make a cluster and to run all migrations takes as long as the
 * rest of a start, and tests start the product dozens of times: it is made once for these migrations, and copied.
 */
public final class PreparedCluster {

    private static final Path ALL = Path.of("target", "test-cluster");

    /** Of the server that made it. */
    private static final Set<String> NOT_COPIED = Set.of("perennial.lock", "perennial.pid", "connection", "epg-lock");

    private PreparedCluster() {}

    /** @param data a data directory in which nothing is yet */
    public static void layInto(Path data) {
        try {
            copy(prepared(), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tests run in several processes: one makes it, the others wait. */
    private static Path prepared() throws IOException {
        Files.createDirectories(ALL);
        try (FileChannel lock =
                FileChannel.open(ALL.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            Path prepared = ALL.resolve(migrations());
            if (!Files.exists(prepared)) {
                Path unfinished = ALL.resolve("unfinished");
                FileSystemUtils.deleteRecursively(unfinished);
                make(unfinished);
                Files.move(unfinished, prepared, StandardCopyOption.ATOMIC_MOVE);
            }
            return prepared;
        }
    }

    private static void make(Path data) {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data);
                HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(database.jdbcUrl());
            Migrations.run(pool);
        }
    }

    /** Changes with every word of a migration. */
    private static String migrations() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Resource[] files =
                    new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/**/*.sql");
            List<Resource> sorted = Arrays.stream(files)
                    .sorted(Comparator.comparing(Resource::getDescription))
                    .toList();
            for (Resource file : sorted) {
                digest.update(String.valueOf(file.getFilename()).getBytes(StandardCharsets.UTF_8));
                digest.update(file.getContentAsByteArray());
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (!directory.equals(from)) {
                    Files.copy(directory, to.resolve(from.relativize(directory)), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!NOT_COPIED.contains(file.getFileName().toString())) {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
