package io.perennial.health.model;

import io.perennial.platform.text.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code shape: up} and {@code curve: [0.5 -> 0, 1 -> 70, 1.3 -> 100]}. */
final class CurveText {

    /** Stands where a curve could not be read; a model with problems is never used. */
    static final Curve PLACEHOLDER = new Curve(Shape.UP, List.of(new Knot(0, 0), new Knot(1, 100)));

    private static final int MOST_KNOTS = 30;
    private static final Pattern KNOT =
            Pattern.compile("(-?\\d{1,12}(?:\\.\\d{1,9})?)\\s*->\\s*(\\d{1,3}(?:\\.\\d{1,9})?)");

    private CurveText() {}

    /** @param inherited the shape where none is given */
    static Optional<Curve> read(Section section, @Nullable Shape inherited) {
        Optional<String> word = section.word("shape");
        Shape shape = word.flatMap(CurveText::shape).orElse(inherited == null ? Shape.UP : inherited);
        if (word.isPresent() && shape(word.get()).isEmpty()) {
            section.problem("shape", "The shape is up, down or moderation, not \"" + word.get() + "\".");
            return Optional.empty();
        }
        if (!section.has("curve")) {
            if (word.isPresent() && inherited != null && shape != inherited) {
                section.problem("shape", "Another shape needs its own curve.");
            }
            return Optional.empty();
        }
        List<Knot> knots = new ArrayList<>();
        for (String item : section.words("curve")) {
            Matcher matcher = KNOT.matcher(item);
            if (!matcher.matches()) {
                section.problem("curve", "\"" + item + "\" is not of the form  value -> score, such as  0.8 -> 40.");
                return Optional.empty();
            }
            knots.add(new Knot(Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2))));
        }
        Optional<String> fault = fault(shape, knots);
        fault.ifPresent(message -> section.problem("curve", message));
        return fault.isPresent() ? Optional.empty() : Optional.of(new Curve(shape, knots));
    }

    private static Optional<Shape> shape(String word) {
        for (Shape shape : Shape.values()) {
            if (shape.word().equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(shape);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> fault(Shape shape, List<Knot> knots) {
        if (knots.size() < 2 || knots.size() > MOST_KNOTS) {
            return Optional.of("A curve has 2 to " + MOST_KNOTS + " points, this one has " + knots.size() + ".");
        }
        boolean falling = false;
        for (int i = 0; i < knots.size(); i++) {
            Knot knot = knots.get(i);
            if (knot.score() > 100) {
                return Optional.of("Scores go from 0 to 100, not to " + number(knot.score()) + ".");
            }
            if (i == 0) {
                continue;
            }
            Knot left = knots.get(i - 1);
            if (knot.at() <= left.at()) {
                return Optional.of(
                        "The values must rise: " + number(knot.at()) + " comes after " + number(left.at()) + ".");
            }
            boolean down = knot.score() < left.score();
            boolean up = knot.score() > left.score();
            if ((shape == Shape.UP && down)
                    || (shape == Shape.DOWN && up)
                    || (shape == Shape.MODERATION && falling && up)) {
                return Optional.of("From " + number(left.at()) + " to " + number(knot.at()) + " the score goes from "
                        + number(left.score()) + " to " + number(knot.score())
                        + ", which does not fit the shape \"" + shape.word() + "\".");
            }
            falling |= down;
        }
        return Optional.empty();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
