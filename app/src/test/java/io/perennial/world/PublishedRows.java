package io.perennial.world;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.shared.Actor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Imports files of a public data set whose figures are known; tests skip where it is absent. */
public final class PublishedRows {

    private static final int BATCH = 5_000;

    private final String folder;
    private final Records records;

    public PublishedRows(String name, Records records) {
        this.folder = name;
        this.records = records;
    }

    /** Rows of a file without quoted cells, by column name. */
    public List<Map<String, String>> rows(String file) {
        List<Map<String, String>> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(SharedData.open(folder + "/" + file + ".csv.gz"))) {
            String[] header = Objects.requireNonNull(lines.readLine()).split(",", -1);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", -1);
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < header.length; i++) {
                    row.put(header[i], cells[i]);
                }
                rows.add(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    /** Imports the rows of a file that the reader makes records of, and counts what became of them. */
    public Map<Result, Integer> load(
            String type, String file, Function<Map<String, String>, @Nullable RecordRow> reader) {
        List<RecordRow> read = new ArrayList<>();
        for (Map<String, String> row : rows(file)) {
            RecordRow made = reader.apply(row);
            if (made != null) {
                read.add(made);
            }
        }
        return load(type, read);
    }

    public Map<Result, Integer> load(String type, List<RecordRow> rows) {
        Map<Result, Integer> results = new EnumMap<>(Result.class);
        for (int from = 0; from < rows.size(); from += BATCH) {
            List<RecordRow> batch = rows.subList(from, Math.min(rows.size(), from + BATCH));
            for (RowOutcome outcome : records.upsert(
                    records.type(type).orElseThrow(),
                    batch,
                    Actor.SYSTEM,
                    new Records.Write(null, "Imported", Records.Formats.ISO))) {
                results.merge(outcome.result(), 1, Integer::sum);
            }
        }
        return results;
    }

    /** Pairs of column and value; empty values are left out, as an import leaves empty cells. */
    public static RecordRow row(String externalId, String... pairs) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (!pairs[i + 1].isEmpty()) {
                values.put(pairs[i], pairs[i + 1]);
            }
        }
        return new RecordRow(1, externalId, values, Map.of());
    }
}
