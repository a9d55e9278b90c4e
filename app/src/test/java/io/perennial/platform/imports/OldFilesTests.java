package io.perennial.platform.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class OldFilesTests {

    @Autowired
    ImportWorld world;

    @Autowired
    Imports imports;

    @Autowired
    JdbcClient database;

    @Autowired
    MovableClock clock;

    @Autowired
    FileStore files;

    @Test
    void aMonthAfterItsImportAFileIsGoneAndWhatBecameOfItsRowsStays() {
        ImportView brought = world.run(world.receive("accounts", ImportsTests.accounts(3)));
        Path file = file(brought);
        clock.moveBy(Duration.ofDays(29));
        world.receive("accounts", ImportsTests.accounts(1));
        assertThat(file).exists();

        clock.moveBy(Duration.ofDays(2));
        world.receive("accounts", ImportsTests.accounts(1));

        assertThat(file).doesNotExist();
        assertThat(imports.find(brought.id()).orElseThrow().counts().created()).isEqualTo(3);
    }

    @Test
    void aFileThatNobodyStartedIsForgottenAltogether() {
        ImportView lying = world.receive("accounts", ImportsTests.accounts(3));
        Path file = file(lying);
        clock.moveBy(Duration.ofDays(31));

        world.receive("accounts", ImportsTests.accounts(1));

        assertThat(file).doesNotExist();
        assertThat(imports.find(lying.id())).isEmpty();
    }

    @Test
    void whatACutOffUploadLeftIsClearedAway() throws IOException {
        world.receive("accounts", ImportsTests.accounts(1));
        Path half = Files.writeString(files.directory().resolve("half"), "external_id,na");
        Files.setLastModifiedTime(half, FileTime.from(clock.instant().minus(Duration.ofDays(32))));

        world.receive("accounts", ImportsTests.accounts(1));

        assertThat(half).doesNotExist();
    }

    private Path file(ImportView view) {
        return files.directory()
                .resolve(database.sql("select stored_as from platform.import where id = :id")
                        .param("id", view.id())
                        .query(String.class)
                        .single());
    }
}
