package io.perennial.accounts.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Lists that are open learn of a customer by the transaction in which the row changed. No trigger says it for a statement
 * that forgets to: a lock on every row would cost a sixth of a new score.
 */
class RowsSayWhenTests {

    private static final Pattern UPDATE =
            Pattern.compile("update accounts\\.overview\\s.*?(?=\"\"\"|\"\\))", Pattern.DOTALL);

    @Test
    void everyStatementThatChangesARowOfListsSaysInWhichTransaction() throws IOException {
        List<String> updates = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                UPDATE.matcher(Files.readString(source)).results().forEach(found -> updates.add(found.group()));
            }
        }

        assertThat(updates)
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(update -> assertThat(update).contains("changed_in = pg_current_xact_id()"));
    }
}
