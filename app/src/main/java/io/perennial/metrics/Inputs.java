package io.perennial.metrics;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The numbers that somebody sent, read strictly: what is no number is told by its name. */
public final class Inputs {

    /** Longer lists belong into an import. */
    public static final int MOST = 10_000;

    private static final int MAX_EXPONENT = 30;

    /** Nobody counts a trillion customers, and sums of such counts still fit. */
    private static final BigDecimal LARGEST_COUNT = new BigDecimal("1000000000000");

    private final String prefix;
    private final Map<String, JsonNode> values;

    private Inputs(String prefix, Map<String, JsonNode> values) {
        this.prefix = prefix;
        this.values = values;
    }

    /** Under their proper names, whichever alias was used. */
    static Inputs of(Form form, ObjectNode body) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (Input input : form.inputs()) {
            body.forEachEntry((name, value) -> {
                if (input.answersTo(name) && !value.isNull()) {
                    if (values.put(input.name(), value) != null) {
                        throw new BadInput(name, "twice", "This is said twice, under two names.", value.toString());
                    }
                }
            });
            if (input.required() && !values.containsKey(input.name())) {
                throw new BadInput(input.name(), "required", input.name() + " is missing: " + input.meaning(), "");
            }
        }
        Inputs inputs = new Inputs("", values);
        form.inputs().forEach(inputs::check);
        return inputs;
    }

    private void check(Input input) {
        if (!has(input.name())) {
            return;
        }
        switch (input.kind()) {
            case NUMBER -> number(input.name());
            case AMOUNT -> amount(input.name());
            case COUNT -> count(input.name());
            case NUMBERS -> numbers(input.name());
            case COUNTS -> counts(input.name());
            case ROWS -> array(input.name());
            case WORDS -> words(input.name());
            case TEXT -> text(input.name());
            case FLAG -> {
                if (!node(input.name()).isBoolean()) {
                    throw wrong(input.name(), "wrong_type", "This must be true or false.");
                }
            }
            case CHOICE -> {
                if (!input.choices().contains(text(input.name()))) {
                    throw wrong(
                            input.name(), "unknown_choice", "Known are: " + String.join(", ", input.choices()) + ".");
                }
            }
        }
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public BigDecimal number(String name) {
        return number(name, node(name));
    }

    public BigDecimal number(String name, BigDecimal fallback) {
        return has(name) ? number(name) : fallback;
    }

    /** Zero where it was not sent. */
    public BigDecimal orZero(String name) {
        return number(name, BigDecimal.ZERO);
    }

    /** Not below zero. */
    public BigDecimal amount(String name) {
        BigDecimal number = number(name);
        if (number.signum() < 0) {
            throw wrong(name, "negative", "This cannot be below zero.");
        }
        return number;
    }

    public long count(String name) {
        BigDecimal number = amount(name);
        if (number.compareTo(LARGEST_COUNT) > 0) {
            throw wrong(name, "out_of_range", "At most a trillion is counted here.");
        }
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw wrong(name, "not_whole", "This must be a whole number.");
        }
    }

    /** Strictly between 0 and 1, such as a level of confidence. */
    public double level(String name) {
        double level = has(name) ? number(name).doubleValue() : 0.95;
        if (!(level > 0 && level < 1)) {
            throw wrong(name, "out_of_range", "This lies between 0 and 1, such as 0.95.");
        }
        return level;
    }

    public String text(String name) {
        JsonNode node = node(name);
        if (!node.isString()) {
            throw wrong(name, "wrong_type", "This must be a text.");
        }
        return node.stringValue();
    }

    public String text(String name, String fallback) {
        return has(name) ? text(name) : fallback;
    }

    public List<String> words(String name) {
        List<String> words = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isString()) {
                throw new BadInput(prefix + name, "wrong_type", "This must be a list of texts.", element.toString());
            }
            words.add(element.stringValue());
        }
        return words;
    }

    public boolean flag(String name) {
        return has(name) && node(name).asBoolean();
    }

    public LocalDate date(String name) {
        try {
            return LocalDate.parse(text(name));
        } catch (DateTimeParseException e) {
            throw wrong(name, "bad_date", "Write a day as 2026-11-20.");
        }
    }

    public @Nullable LocalDate optionalDate(String name) {
        return has(name) ? date(name) : null;
    }

    public List<BigDecimal> numbers(String name) {
        List<BigDecimal> numbers = new ArrayList<>();
        for (JsonNode element : array(name)) {
            numbers.add(number(name + "[" + numbers.size() + "]", element));
        }
        return numbers;
    }

    public double[] doubles(String name) {
        return numbers(name).stream().mapToDouble(BigDecimal::doubleValue).toArray();
    }

    /** Numbers not below zero, by name, in the order sent. */
    public Map<String, BigDecimal> counts(String name) {
        JsonNode node = node(name);
        if (!node.isObject()) {
            throw wrong(name, "wrong_type", "This must be an object, such as {\"5\": 12, \"4\": 3}.");
        }
        Map<String, BigDecimal> counts = new LinkedHashMap<>();
        node.forEachEntry((key, value) -> {
            BigDecimal number = number(name + "." + key, value);
            if (number.signum() < 0) {
                throw new BadInput(prefix + name + "." + key, "negative", "This cannot be below zero.", value + "");
            }
            if (number.compareTo(LARGEST_COUNT) > 0) {
                throw new BadInput(
                        prefix + name + "." + key, "out_of_range", "At most a trillion is counted here.", value + "");
            }
            counts.put(key, number);
        });
        return counts;
    }

    /** Rows as objects, or as lists whose values have these names in this order. */
    public List<Inputs> rows(String name, String... names) {
        List<Inputs> rows = new ArrayList<>();
        for (JsonNode element : array(name)) {
            String place = prefix + name + "[" + rows.size() + "]";
            Map<String, JsonNode> row = new LinkedHashMap<>();
            if (element.isObject()) {
                element.forEachEntry((key, value) -> {
                    if (!value.isNull()) {
                        row.put(key, value);
                    }
                });
            } else if (element.isArray() && element.size() == names.length) {
                for (int i = 0; i < names.length; i++) {
                    row.put(names[i], element.get(i));
                }
            } else {
                throw new BadInput(
                        place,
                        "wrong_type",
                        "A row is an object or a list of: " + String.join(", ", names) + ".",
                        element.toString());
            }
            rows.add(new Inputs(place + ".", row));
        }
        return rows;
    }

    /** A refusal of what was sent under this name. */
    public BadInput wrong(String name, String code, String message) {
        JsonNode value = values.get(name);
        return new BadInput(prefix + name, code, message, value == null ? "" : value.toString());
    }

    private JsonNode array(String name) {
        JsonNode node = node(name);
        if (!node.isArray()) {
            throw wrong(name, "wrong_type", "This must be a list.");
        }
        if (node.size() > MOST) {
            throw wrong(name, "too_many", "At most %,d entries are read here.".formatted(MOST));
        }
        return node;
    }

    private JsonNode node(String name) {
        JsonNode node = values.get(name);
        if (node == null) {
            throw new BadInput(prefix + name, "required", "This is missing.", "");
        }
        return node;
    }

    private BigDecimal number(String name, JsonNode node) {
        if (!node.isNumber()) {
            throw new BadInput(prefix + name, "not_a_number", "This must be a number.", node.toString());
        }
        BigDecimal number = node.decimalValue();
        if (number.precision() > 2 * MAX_EXPONENT || Math.abs(number.precision() - number.scale()) > MAX_EXPONENT) {
            throw new BadInput(
                    prefix + name, "out_of_range", "This is too large, too small or too exact.", node.toString());
        }
        return number;
    }
}
