package io.perennial.sentiment;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What the model is taught from: our own sentences and words, one file a language. */
final class Lessons {

    private Lessons() {}

    static List<Lesson> all() {
        List<Lesson> lessons = new ArrayList<>();
        for (Tongue tongue : Tongue.values()) {
            lessons.addAll(of(tongue));
        }
        return lessons;
    }

    /** Messages that staff judged, as {@code /cases/tone.csv} gives them: not upset teaches that it is neutral. */
    static List<Lesson> judged(Path file) throws IOException {
        List<Lesson> lessons = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                String text = row.getField("text");
                lessons.add(new Lesson(
                        row.getField("upset").equals("true") ? "upset" : "neutral",
                        text,
                        Tongue.of(Reader.read(text), row.getField("language")),
                        Lesson.Kind.SENTENCE));
            }
        }
        return lessons;
    }

    static List<Lesson> of(Tongue tongue) {
        Map<String, List<String>> sections = sections(tongue);
        List<Lesson> lessons = new ArrayList<>();
        sections.forEach((title, lines) -> {
            String said = title.split(" ", 2)[0];
            if (title.endsWith(" words")) {
                words(lines).forEach(word -> lessons.add(new Lesson(said, word, tongue, Lesson.Kind.WORD)));
            } else if (title.endsWith(" frames")) {
                for (String frame : lines) {
                    String blank = frame.substring(frame.indexOf('{') + 1, frame.indexOf('}'));
                    for (String word : words(sections.getOrDefault(blank + " words", List.of()))) {
                        lessons.add(
                                new Lesson(said, frame.replace("{" + blank + "}", word), tongue, Lesson.Kind.FRAME));
                    }
                }
            } else {
                lines.forEach(line -> lessons.add(new Lesson(said, line, tongue, Lesson.Kind.SENTENCE)));
            }
        });
        return lessons;
    }

    private static List<String> words(List<String> lines) {
        List<String> words = new ArrayList<>();
        for (String line : lines) {
            for (String word : line.split(",", -1)) {
                words.add(word.strip().replace('-', ' '));
            }
        }
        return words.stream().filter(word -> !word.isEmpty()).distinct().toList();
    }

    private static Map<String, List<String>> sections(Tongue tongue) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> open = new ArrayList<>();
        for (String line : text(tongue).lines().map(String::strip).toList()) {
            if (line.startsWith("[")) {
                open = sections.computeIfAbsent(line.substring(1, line.length() - 1), title -> new ArrayList<>());
            } else if (!line.isEmpty()) {
                open.add(line);
            }
        }
        return sections;
    }

    private static String text(Tongue tongue) {
        String name = "/sentiment/" + tongue.name().toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream stream = Objects.requireNonNull(Lessons.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
