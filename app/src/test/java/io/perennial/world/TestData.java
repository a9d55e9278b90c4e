package io.perennial.world;

import io.perennial.platform.database.PreparedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gives each started product of the tests a data directory of its own and takes all of them away when the tests end,
 * after the servers have stopped. A run that was killed could not: the next one clears up after it.
 */
class TestData implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Path ALL = Path.of("target", "test-data");

    /** Named after this process, so that another run can tell whether it still lives. */
    private static final Path OURS =
            ALL.resolve(Long.toString(ProcessHandle.current().pid()));

    static {
        staleIn(ALL).forEach(TestData::delete);
        // These run when every application has been closed, its PostgreSQL included.
        SpringApplication.getShutdownHandlers().add(() -> delete(OURS));
    }

    @Override
    public void initialize(ConfigurableApplicationContext application) {
        Path data = OURS.resolve(UUID.randomUUID().toString());
        PreparedCluster.layInto(data);
        TestPropertyValues.of("perennial.data=" + data).applyTo(application);
    }

    /** What runs left that are over. Where a PostgreSQL still works it stays: files must not be taken from under it. */
    static List<Path> staleIn(Path all) {
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<Path> runs = Files.list(all)) {
            return runs.filter(run -> !lives(run.getFileName().toString()) && !serves(run))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean lives(String process) {
        return process.matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(process)).isPresent();
    }

    private static boolean serves(Path run) throws UncheckedIOException {
        try (Stream<Path> files = Files.find(run, 3, (file, is) -> file.endsWith("postmaster.pid"))) {
            return files.anyMatch(TestData::isOfALivingProcess);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfALivingProcess(Path pidFile) {
        try {
            return lives(Files.readAllLines(pidFile).getFirst().strip());
        } catch (IOException e) {
            return true; // being written: somebody is there
        }
    }

    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException gone) {
            // Tests run in several processes: another one clears the same away right now.
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof NoSuchFileException)) {
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
