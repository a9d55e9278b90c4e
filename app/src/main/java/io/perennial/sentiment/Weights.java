package io.perennial.sentiment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The learned part: what each feature adds to being upset and to being glad, against being neither. A text file that
 * people can read: first line the version, then a feature a line with its two weights in hundredths.
 *
 * @param version changes whenever the weights do
 */
record Weights(String version, Map<String, float[]> values) {

    private static final float HUNDREDTHS = 100;
    static final float[] NOTHING = {0, 0};
    static final String RESOURCE = "/sentiment/weights.tsv";

    static Weights shipped() {
        try (InputStream stream = Weights.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("The weights of the tone of messages are missing: build again.");
            }
            return read(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Weights read(BufferedReader lines) throws IOException {
        String version = lines.readLine();
        if (version == null || version.isBlank()) {
            throw new IOException("No version in the first line of the weights.");
        }
        Map<String, float[]> values = new HashMap<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] parts = line.split("\t", -1);
            values.put(
                    parts[0],
                    new float[] {Integer.parseInt(parts[1]) / HUNDREDTHS, Integer.parseInt(parts[2]) / HUNDREDTHS});
        }
        return new Weights(version, values);
    }

    float[] of(String feature) {
        return values.getOrDefault(feature, NOTHING);
    }
}
