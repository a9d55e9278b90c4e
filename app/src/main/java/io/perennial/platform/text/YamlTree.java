package io.perennial.platform.text;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Plain YAML as a tree of words with their lines: no types, no references, no objects are made from it, and size and
 * depth are limited, so a text from anywhere is safe to read.
 */
public final class YamlTree {

    private static final int MOST_CHARACTERS = 200_000;
    private static final int DEEPEST = 12;

    private YamlTree() {}

    /** @param what the text is, such as "model"; said in problems */
    public static Section read(String what, String text, List<TextProblem.Line> problems) throws TextProblem {
        if (text.length() > MOST_CHARACTERS) {
            throw problem(Optional.empty(), "A " + what + " has at most " + MOST_CHARACTERS + " characters.");
        }
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        options.setCodePointLimit(MOST_CHARACTERS);
        options.setMaxAliasesForCollections(0);
        try {
            Yaml yaml = new Yaml(options);
            for (Event event : yaml.parse(new StringReader(text))) {
                refuse(event);
            }
            Node root = yaml.compose(new StringReader(text));
            if (root instanceof MappingNode mapping) {
                return new Section(mapping, problems);
            }
            throw problem(
                    Optional.empty(), "A " + what + " is a list of  key: value  lines, beginning with  format: 1.");
        } catch (MarkedYAMLException e) {
            String trouble = e.getProblem() == null ? "This is not YAML." : "This is not YAML: " + e.getProblem() + ".";
            throw problem(Optional.ofNullable(e.getProblemMark()), trouble);
        } catch (YAMLException e) {
            throw problem(Optional.empty(), "This is not YAML that can be read: " + e.getMessage() + ".");
        }
    }

    private static void refuse(Event event) throws TextProblem {
        boolean reference =
                event instanceof AliasEvent || (event instanceof NodeEvent node && node.getAnchor() != null);
        boolean type = (event instanceof ScalarEvent scalar && scalar.getTag() != null)
                || (event instanceof CollectionStartEvent collection && collection.getTag() != null);
        if (reference || type) {
            throw problem(
                    Optional.ofNullable(event.getStartMark()),
                    "References (& and *) and types (!) are not allowed in such a text; put such words in quotes.");
        }
    }

    private static TextProblem problem(Optional<Mark> mark, String message) {
        return new TextProblem(List.of(new TextProblem.Line(
                mark.map(Mark::getLine).orElse(0) + 1, mark.map(Mark::getColumn).orElse(0) + 1, message)));
    }
}
