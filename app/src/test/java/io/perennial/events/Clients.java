package io.perennial.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The public JavaScript clients in the versions that {@code src/test/clients/package-lock.json} pins, installed once a
 * build. They run on the Node that Playwright brings, as a distribution's own may be too old for them.
 */
final class Clients {

    private static final Path SOURCE = Path.of("src/test/clients");
    private static final Path INSTALLED = Path.of("target/clients");
    private static final Pattern OFFLINE = Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH");
    private static final int INSTALL_MINUTES = 5;
    private static final int RUN_MINUTES = 2;

    private Clients() {}

    /** A file of an installed package; the test is skipped without npm. */
    static synchronized Path installed(String file) {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "npm"))),
                "npm is not installed, so the public clients are not tried: apt-get install npm");
        Path done = INSTALLED.resolve("installed-lock.json");
        try {
            byte[] lock = Files.readAllBytes(SOURCE.resolve("package-lock.json"));
            if (!Files.exists(done) || !Arrays.equals(lock, Files.readAllBytes(done))) {
                Files.createDirectories(INSTALLED);
                for (String name : List.of("package.json", "package-lock.json")) {
                    Files.copy(SOURCE.resolve(name), INSTALLED.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
                String said = run(
                        List.of(
                                "npm",
                                "install",
                                "--no-save",
                                "--omit=optional",
                                "--ignore-scripts",
                                "--no-audit",
                                "--no-fund"),
                        INSTALL_MINUTES);
                assumeFalse(
                        OFFLINE.matcher(said).find(),
                        () -> "npm reaches no registry, so the public clients are not tried: " + said);
                assertThat(INSTALLED.resolve("node_modules/@segment/analytics-node"))
                        .as(said)
                        .isDirectory();
                Files.write(done, lock);
            }
            return INSTALLED.resolve(file).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script of {@code src/test/clients} to its end. */
    static String node(String script, String... arguments) {
        Path beside = installed(script);
        try {
            Files.copy(SOURCE.resolve(script), beside, StandardCopyOption.REPLACE_EXISTING);
            List<String> command = new ArrayList<>();
            command.add(Driver.ensureDriverInstalled(Map.of(), false)
                    .createProcessBuilder()
                    .command()
                    .getFirst());
            command.add(beside.toString());
            command.addAll(List.of(arguments));
            return run(command, RUN_MINUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(List<String> command, int minutes) throws IOException {
        Path log = Files.createTempFile("client", ".log");
        Process process = new ProcessBuilder(command)
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return "no end after " + minutes + " minutes: " + Files.readString(log, StandardCharsets.UTF_8);
            }
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            Files.deleteIfExists(log);
        }
    }
}
