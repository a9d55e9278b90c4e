package io.perennial.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDataTests {

    private static final String OF_NOBODY = "999999999999";

    @TempDir
    Path all;

    @Test
    void whatAKilledRunLeftIsClearedAndALivingOneIsLeftAlone() throws IOException {
        Path killed = run(OF_NOBODY, OF_NOBODY);
        Path before = run("0f3c-as-older-runs-named-it", OF_NOBODY);
        run(Long.toString(ProcessHandle.current().pid()), OF_NOBODY);
        run("still-served", Long.toString(ProcessHandle.current().pid()));

        assertThat(TestData.staleIn(all)).containsExactlyInAnyOrder(killed, before);
        TestData.delete(killed);
        assertThat(killed).doesNotExist();
    }

    @Test
    void theVeryFirstRunFindsNothing() {
        assertThat(TestData.staleIn(all.resolve("nowhere"))).isEmpty();
    }

    private Path run(String name, String postmaster) throws IOException {
        Path cluster = Files.createDirectories(all.resolve(name).resolve("postgres"));
        Files.writeString(cluster.resolve("postmaster.pid"), postmaster + "\n" + cluster + "\n");
        return all.resolve(name);
    }
}
