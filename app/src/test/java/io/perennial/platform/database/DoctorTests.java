package io.perennial.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTests {

    @TempDir
    Path data;

    @Test
    void findsAHealthyMachineHealthy() {
        assertThat(examine(0, null)).endsWith("Nothing keeps Perennial from starting.\n");
    }

    @Test
    void looksIntoTheRunningDatabase() {
        try (EmbeddedDatabase running = EmbeddedDatabase.start(data)) {
            assertThat(running.jdbcUrl()).isNotEmpty();
            assertThat(examine(0, null))
                    .contains("embedded database: durable settings")
                    .endsWith("starting.\n");
        }
    }

    @Test
    void saysThatThePortIsTakenAndWhatToDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThat(examine(taken.getLocalPort(), null)).contains("is taken by another program", "--port");
        }
    }

    @Test
    void missesADatabaseThatWasThere() throws IOException {
        Files.writeString(data.resolve("initialized"), "once");
        assertThat(examine(0, null)).contains("it is gone", "not mounted");
    }

    @Test
    void saysWhatADatabaseAddressLooksLike() {
        assertThat(examine(0, "mysql://somewhere")).contains("does not look like postgresql://");
    }

    @Test
    void saysThatAnExternalDatabaseDoesNotAnswer() {
        assertThat(examine(0, "postgresql://u:p@127.0.0.1:1/none")).contains("does not answer", "Check host");
    }

    private String examine(int port, @Nullable String url) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Doctor.examine(new PrintStream(out, true, StandardCharsets.UTF_8), port, data, url);
        return out.toString(StandardCharsets.UTF_8);
    }
}
