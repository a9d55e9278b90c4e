package io.perennial.accounts.list;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One condition of a view, written {@code column:operator:value} in the URL; several values are separated by {@code |}
 * and mean "one of these".
 */
public record Filter(ListColumn column, Operator operator, List<String> values) {

    private static final int MOST_VALUES = 50;

    /** What can be asked of a column. */
    public enum Operator {
        IS("is"),
        NOT("is not"),
        HAS("contains"),
        OVER(">"),
        UNDER("<"),
        /** Within so many days from today; negative: within so many days before. */
        WITHIN("within days"),
        EMPTY("is empty"),
        FILLED("is filled");

        private final String words;

        Operator(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** @throws BadView naming what is wrong with the text */
    static Filter parse(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length < 2) {
            throw new BadView("A filter reads column:operator:value; \"" + text + "\" does not.");
        }
        ListColumn column = ListColumn.byKey(parts[0])
                .orElseThrow(() -> new BadView("There is no column \"" + parts[0] + "\" to filter by."));
        Operator operator;
        try {
            operator = Operator.valueOf(parts[1].toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadView("There is no comparison \"" + parts[1] + "\".");
        }
        List<String> values = parts.length < 3 || parts[2].isEmpty()
                ? List.of()
                : Arrays.stream(parts[2].split("\\|", -1)).limit(MOST_VALUES).toList();
        boolean needsValue = operator != Operator.EMPTY && operator != Operator.FILLED;
        if (needsValue && values.isEmpty()) {
            throw new BadView("The filter on " + column.title() + " needs a value.");
        }
        Filter filter = new Filter(column, operator, values);
        filter.requireComparable();
        return filter;
    }

    private void requireComparable() {
        for (String value : values) {
            try {
                if (operator == Operator.WITHIN) {
                    Integer.parseInt(value);
                } else if (column.kind() == ListColumn.Kind.DATE) {
                    LocalDate.parse(value);
                } else if (column.kind().numeric()) {
                    new BigDecimal(value);
                }
            } catch (NumberFormatException | DateTimeParseException e) {
                throw new BadView("\"" + value + "\" cannot be compared with " + column.title() + ".");
            }
        }
    }

    /** SQL condition; values travel as parameters named after the position. */
    String sql(int position, LocalDate today, Map<String, Object> parameters) {
        String name = "f" + position;
        String expression = column.sql();
        return switch (operator) {
            case EMPTY -> expression + " is null";
            case FILLED -> expression + " is not null";
            case HAS -> {
                parameters.put(name, "%" + escaped(values.getFirst()) + "%");
                yield expression + "::text ilike :" + name;
            }
            case WITHIN -> {
                LocalDate other = today.plusDays(Integer.parseInt(values.getFirst()));
                parameters.put(name + "a", other.isBefore(today) ? other : today);
                parameters.put(name + "b", other.isBefore(today) ? today : other);
                yield expression + " between :" + name + "a and :" + name + "b";
            }
            case OVER, UNDER -> {
                parameters.put(name, typed(values.getFirst()));
                yield expression + (operator == Operator.OVER ? " > :" : " < :") + name;
            }
            case IS, NOT -> {
                parameters.put(name, values.stream().map(this::typed).toList());
                yield operator == Operator.IS
                        ? expression + " in (:" + name + ")"
                        : "(" + expression + " is null or " + expression + " not in (:" + name + "))";
            }
        };
    }

    private Object typed(String value) {
        return switch (column.kind()) {
            case DATE -> LocalDate.parse(value);
            case YES_NO -> value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("true");
            case SCORE, POINTS, MONEY, NUMBER, SHARE, PERCENT -> new BigDecimal(value);
            case TEXT, BAND -> value;
        };
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /** As it stands in the URL. */
    public String text() {
        return column.key() + ":" + operator.name().toLowerCase(Locale.ROOT)
                + (values.isEmpty() ? "" : ":" + String.join("|", values));
    }

    /** As a chip reads: "Health band is At risk or Watch". */
    public String words() {
        List<String> shown = column.kind() == ListColumn.Kind.BAND
                ? values.stream().map(Filter::band).toList()
                : values;
        return switch (operator) {
            case EMPTY, FILLED -> column.title() + " " + operator.words();
            case WITHIN -> column.title() + " within " + values.getFirst() + " days";
            default -> column.title() + " " + operator.words() + " " + String.join(" or ", shown);
        };
    }

    private static String band(String name) {
        return switch (name) {
            case "AT_RISK" -> "At risk";
            case "WATCH" -> "Watch";
            case "HEALTHY" -> "Healthy";
            case "LEFT" -> "Left";
            default -> "Unknown";
        };
    }

    /** A view that cannot be read; the message says which part and why. */
    public static final class BadView extends RuntimeException {
        BadView(String message) {
            super(message);
        }
    }
}
