package io.perennial.events.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The saved inputs always, and new ones for a while. What Jazzer finds is printed, and becomes a file in the corpus; longer
 * runs: {@code docs/operations.md}.
 */
class EventParserFuzzTests {

    private static final Path CORPUS = Path.of("src/test/fuzz/events");

    /** Every build tries the same inputs; a machine that is faster only ends sooner. */
    private static final List<String> SHORT = List.of("-runs=200000", "-seed=1");

    private static final @Nullable Long SECONDS = Long.getLong("perennial.fuzz.seconds");

    @TestFactory
    Stream<DynamicTest> savedInputsAreTakenOrRefused() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            List<Path> inputs = files.sorted().toList();
            assertThat(inputs).hasSizeGreaterThan(10);
            return inputs.stream()
                    .map(input -> DynamicTest.dynamicTest(
                            String.valueOf(input.getFileName()),
                            () -> EventParserFuzz.fuzzerTestOneInput(Files.readAllBytes(input))));
        }
    }

    @Test
    @Timeout(value = 9, unit = TimeUnit.HOURS)
    void nothingThatJazzerTriesBreaksTheParser(@TempDir Path directory) throws Exception {
        Run run = jazzer(
                EventParserFuzz.class, directory, SECONDS == null ? SHORT : List.of("-max_total_time=" + SECONDS));
        assertThat(run.said()).containsPattern("Done \\d+ runs");
        assertThat(run.status()).as(run.said()).isZero();
        System.out.println(run.said()
                .lines()
                .filter(line -> line.contains("DONE") || line.startsWith("Done "))
                .toList());
    }

    /** The control: a fault behind a few bytes that only coverage leads to. */
    @Test
    void aPlantedFaultIsFound(@TempDir Path directory) throws Exception {
        Run run = jazzer(PlantedFault.class, directory, List.of("-max_total_time=60", "-seed=1"));
        assertThat(run.status()).as(run.said()).isNotZero();
        assertThat(run.said()).contains("an alias of itself");
    }

    @Test
    void theRulesAreNotJustPassedBy() {
        byte[] taken = "{\"userId\":\"u\",\"event\":\"planted\"}".getBytes(StandardCharsets.UTF_8);
        EventParserFuzz.fuzzerTestOneInput(taken);
        assertThatThrownBy(() -> PlantedFault.fuzzerTestOneInput("[\"<>\"".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("an alias of itself");
    }

    private record Run(int status, String said) {}

    private static Run jazzer(Class<?> target, Path directory, List<String> length) throws Exception {
        Path found = Files.createDirectories(directory.resolve("found"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx600m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=io.perennial.events.door.**" + File.pathSeparator + "tools.jackson.core.**",
                "--reproducer_path=" + directory,
                "-artifact_prefix=" + directory + File.separator,
                "-max_len=4096",
                "-rss_limit_mb=0",
                found.toString(),
                CORPUS.toAbsolutePath().toString()));
        command.addAll(length);
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), said);
    }
}
