package io.perennial.world;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Public data sets beside the checkout, in {@code shared/data} of a folder above; tests skip without them. */
public final class SharedData {

    private SharedData() {}

    /** Opens a gzipped file such as {@code ravenstack/subscriptions.csv.gz}. */
    public static Reader open(String file) {
        try {
            return new InputStreamReader(new GZIPInputStream(Files.newInputStream(path(file))), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the file is; the test is skipped when it is nowhere. */
    public static Path path(String file) {
        return beside("data/" + file);
    }

    /** The same for other folders of {@code shared}, such as {@code hostile}. */
    public static Path beside(String file) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path found = folder.resolve("shared").resolve(file);
            if (Files.isRegularFile(found)) {
                return found;
            }
        }
        return abort("No shared/" + file + " above this folder");
    }
}
