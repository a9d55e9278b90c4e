package io.perennial.platform.imports;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.databind.json.JsonMapper;

/** A mapping as text that people keep beside their files: YAML, or JSON, which is YAML too. */
final class MappingText {

    private static final Set<String> KEYS = Set.of(
            "columns",
            "ignore",
            "date",
            "dates",
            "decimal",
            "zone",
            "constants",
            "values",
            "only",
            "gather",
            "repeats",
            "encoding",
            "delimiter");
    private static final String LEAVE_OUT = "leave out";
    private static final String COUNT = "count";
    private static final int LONGEST = 100_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private MappingText() {}

    /**
     * A mapping file. What it says of the bytes is known before the mapping can be held against the columns.
     *
     * @param encoding null to find out
     * @param delimiter null to find out
     */
    record File(
            Mapping mapping,
            @Nullable String encoding,
            @Nullable String delimiter) {}

    /** @throws MappingProblem when the text is no mapping */
    static Mapping parse(String text) {
        return file(text).mapping();
    }

    /** @throws MappingProblem when the text is no mapping */
    static File file(String text) {
        Map<?, ?> map = keys(text);
        Mapping mapping = new Mapping(
                texts(map, "columns"),
                list(map.get("ignore")),
                text(map.get("date")),
                texts(map, "dates"),
                text(map.get("decimal")),
                text(map.get("zone")),
                texts(map, "constants"),
                translations(map),
                new Mapping.Rows(only(map), List.copyOf(list(map.get("gather"))), leaveOutRepeats(map)));
        return new File(mapping, text(map.get("encoding")), text(map.get("delimiter")));
    }

    private static Map<?, ?> keys(String text) {
        if (text.length() > LONGEST) {
            throw new MappingProblem("bad_mapping", "A mapping has at most " + LONGEST + " characters.");
        }
        if (text.indexOf('\0') >= 0 || text.contains("\\u0000") || text.contains("\\x00") || text.contains("\\0")) {
            throw new MappingProblem("bad_mapping", "A mapping has no NUL characters.");
        }
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(6);
        Object read;
        try {
            DumperOptions dumper = new DumperOptions();
            read = new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, new Words())
                    .load(text);
        } catch (YAMLException broken) {
            throw new MappingProblem("bad_mapping", "The mapping is no valid YAML: " + firstLine(broken));
        }
        if (read == null) {
            return Map.of();
        }
        if (!(read instanceof Map<?, ?> map)) {
            throw new MappingProblem("bad_mapping", "A mapping begins with keys such as columns: or date:.");
        }
        for (Object key : map.keySet()) {
            if (!KEYS.contains(String.valueOf(key))) {
                throw new MappingProblem(
                        "bad_mapping",
                        "A mapping has no key " + key + "; it knows " + String.join(", ", sorted()) + ".");
            }
        }
        return map;
    }

    static String json(Mapping mapping) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("columns", mapping.columns());
        map.put("ignore", List.copyOf(mapping.ignore()));
        map.put("date", mapping.date());
        map.put("dates", mapping.dates());
        map.put("decimal", mapping.decimal());
        map.put("zone", mapping.zone());
        map.put("constants", mapping.constants());
        map.put("values", mapping.values());
        map.put("only", mapping.rows().only());
        map.put("gather", mapping.rows().gather());
        map.put("repeats", mapping.rows().leaveOutRepeats() ? LEAVE_OUT : null);
        map.values().removeIf(Objects::isNull);
        return JSON.writeValueAsString(map);
    }

    /** Every value is the text that stands there: a date stays a date, and Norway's NO is not a boolean. */
    private static final class Words extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            // none
        }
    }

    private static Map<String, String> texts(Map<?, ?> map, String key) {
        return strings(map.get(key), key);
    }

    private static Map<String, String> strings(@Nullable Object value, String key) {
        Map<String, String> result = new LinkedHashMap<>();
        if (value == null) {
            return result;
        }
        if (!(value instanceof Map<?, ?> entries)) {
            throw new MappingProblem("bad_mapping", key + ": needs lines of the form name: value.");
        }
        entries.forEach((name, entry) -> result.put(String.valueOf(name), entry == null ? "" : String.valueOf(entry)));
        return result;
    }

    private static Map<String, Map<String, String>> translations(Map<?, ?> map) {
        Map<String, Map<String, String>> result = new LinkedHashMap<>();
        if (map.get("values") instanceof Map<?, ?> fields) {
            fields.forEach((field, words) -> result.put(String.valueOf(field), strings(words, "values")));
        }
        return result;
    }

    private static Map<String, List<String>> only(Map<?, ?> map) {
        Map<String, List<String>> result = new LinkedHashMap<>();
        Object only = map.get("only");
        if (only instanceof Map<?, ?> columns) {
            columns.forEach((column, values) ->
                    result.put(String.valueOf(column), values == null ? List.of("") : List.copyOf(list(values))));
        } else if (only != null) {
            throw new MappingProblem("bad_mapping", "only: needs lines of the form column: value.");
        }
        return result;
    }

    private static boolean leaveOutRepeats(Map<?, ?> map) {
        String said = text(map.get("repeats"));
        if (said != null && !said.equals(LEAVE_OUT) && !said.equals(COUNT)) {
            throw new MappingProblem("bad_mapping", "repeats: is either '" + COUNT + "' or '" + LEAVE_OUT + "'.");
        }
        return LEAVE_OUT.equals(said);
    }

    private static Set<String> list(@Nullable Object value) {
        Set<String> result = new LinkedHashSet<>();
        if (value instanceof List<?> entries) {
            entries.forEach(entry -> result.add(String.valueOf(entry)));
        } else if (value != null) {
            result.add(String.valueOf(value));
        }
        return result;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null || String.valueOf(value).isBlank() ? null : String.valueOf(value);
    }

    private static List<String> sorted() {
        return KEYS.stream().sorted().toList();
    }

    private static String firstLine(YAMLException broken) {
        return Objects.toString(broken.getMessage(), "").lines().findFirst().orElse("");
    }
}
