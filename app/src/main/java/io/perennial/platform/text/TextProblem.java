package io.perennial.platform.text;

import java.util.List;
import java.util.stream.Collectors;

/** A text that cannot be used, with every line that is wrong and what to write instead. */
public class TextProblem extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<Line> lines;

    public TextProblem(List<Line> lines) {
        super(lines.stream().map(Line::toString).collect(Collectors.joining("\n")));
        this.lines = List.copyOf(lines);
    }

    public List<Line> lines() {
        return lines;
    }

    /**
     * @param line counted from 1
     * @param column counted from 1
     */
    public record Line(int line, int column, String message) {

        @Override
        public String toString() {
            return "Line " + line + ": " + message;
        }
    }
}
