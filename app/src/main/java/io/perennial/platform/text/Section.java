package io.perennial.platform.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Some {@code key: value} lines. Every question that finds something wrong notes it with its line and goes on. */
public final class Section {

    private static final int MOST_LETTERS = 2_000;
    private static final int MOST_DAYS = 3_650;
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(\\.\\d{1,9})?");

    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Set<String> asked = new TreeSet<>();
    private final Node node;
    private final List<TextProblem.Line> problems;

    Section(MappingNode node, List<TextProblem.Line> problems) {
        this.node = node;
        this.problems = problems;
        for (NodeTuple tuple : node.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (keys.putIfAbsent(key, tuple.getKeyNode()) == null) {
                values.put(key, tuple.getValueNode());
            } else {
                note(tuple.getKeyNode(), "\"" + key + "\" is here twice.");
            }
        }
    }

    public int line() {
        return node.getStartMark().getLine() + 1;
    }

    public boolean has(String key) {
        asked.add(key);
        return values.containsKey(key);
    }

    public String required(String key) {
        Optional<String> word = word(key);
        if (word.isEmpty() && !values.containsKey(key)) {
            note(node, "\"" + key + ": ...\" is missing here.");
        }
        return word.orElse("");
    }

    public Optional<String> word(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (node(key) instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            if (scalar.getValue().length() > MOST_LETTERS) {
                problem(key, "\"" + key + "\" is longer than " + MOST_LETTERS + " characters.");
                return Optional.empty();
            }
            return Optional.of(scalar.getValue().strip());
        }
        problem(key, "\"" + key + "\" needs a word or number after the colon.");
        return Optional.empty();
    }

    public Optional<Double> number(String key, double least, double most) {
        Optional<String> word = word(key);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        if (NUMBER.matcher(word.get()).matches()) {
            double number = Double.parseDouble(word.get());
            if (number >= least && number <= most) {
                return Optional.of(number);
            }
        }
        problem(
                key,
                "\"" + key + "\" is a number from " + (long) least + " to " + (long) most + ", not \"" + word.get()
                        + "\".");
        return Optional.empty();
    }

    public Optional<Integer> days(String key) {
        Optional<Double> number = number(key, 0, MOST_DAYS);
        if (number.isPresent() && number.get() != Math.rint(number.get())) {
            problem(key, "\"" + key + "\" is in whole days.");
        }
        return number.map(Double::intValue);
    }

    /** {@code key: [a, b]}; a single word is a list of one. */
    public List<String> words(String key) {
        if (!has(key)) {
            return List.of();
        }
        if (node(key) instanceof ScalarNode) {
            return word(key).map(List::of).orElse(List.of());
        }
        List<String> words = new ArrayList<>();
        if (node(key) instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode scalar) {
                    words.add(scalar.getValue().strip());
                } else {
                    note(item, "\"" + key + "\" is a list of words, such as  " + key + ": [one, two].");
                }
            }
        } else {
            problem(key, "\"" + key + "\" is a list, such as  " + key + ": [one, two].");
        }
        return words;
    }

    public Optional<Section> section(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (node(key) instanceof MappingNode mapping) {
            return Optional.of(new Section(mapping, problems));
        }
        problem(key, "\"" + key + "\" needs  key: value  lines below it, moved in by two spaces.");
        return Optional.empty();
    }

    public List<Section> list(String key, int most, boolean required) {
        List<Section> sections = new ArrayList<>();
        if (!has(key)) {
            if (required) {
                note(node, "\"" + key + ":\" is missing here.");
            }
            return sections;
        }
        if (!(node(key) instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            problem(key, "\"" + key + "\" needs a list below it, each entry beginning with a dash.");
            return sections;
        }
        if (sequence.getValue().size() > most) {
            problem(key, "\"" + key + "\" has more than " + most + " entries.");
            return sections;
        }
        for (Node item : sequence.getValue()) {
            if (item instanceof MappingNode mapping) {
                sections.add(new Section(mapping, problems));
            } else {
                note(item, "Each entry of \"" + key + "\" needs  key: value  lines.");
            }
        }
        return sections;
    }

    /** Notes the lines nobody asked about: a misspelt key must not be ignored in silence. */
    public void close() {
        keys.forEach((key, at) -> {
            if (!asked.contains(key)) {
                note(at, "\"" + key + "\" is not known here." + Spelling.hint(key, asked));
            }
        });
    }

    public void problem(String key, String message) {
        note(values.getOrDefault(key, node), message);
    }

    private Node node(String key) {
        return values.getOrDefault(key, node);
    }

    private void note(Node at, String message) {
        Mark mark = at.getStartMark();
        problems.add(new TextProblem.Line(mark.getLine() + 1, mark.getColumn() + 1, message));
    }
}
