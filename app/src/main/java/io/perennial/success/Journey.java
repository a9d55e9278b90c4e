package io.perennial.success;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The stages of a customer's life as text: what customers want in each, what we do, how it is measured, and by which facts a
 * customer is in it. A customer is in the last stage whose conditions all hold.
 */
public record Journey(String name, List<Stage> stages, String text) {

    private static final int MOST_STAGES = 20;
    private static final Pattern CONDITION =
            Pattern.compile("([a-z_]+)\\s*(<=|>=|<|>|=)\\s*(-?\\d{1,9}(?:\\.\\d{1,4})?)");

    /** What conditions may ask, with its meaning and where it stands in {@code success.whereabouts}. */
    public static final Map<String, String> FACTS = new java.util.TreeMap<>(Map.of(
            "days_customer", "days since the first contract",
            "days_to_renewal", "days until the next renewal",
            "licences_used", "percent of the licences in use",
            "use_days", "days since the product was used",
            "score", "health from 0 to 100",
            "plans", "success plans that run",
            "outcomes_reached", "outcomes reached so far",
            "realised", "percent realised of what is due",
            "bought_more", "1 when a line was added in the last year, else 0",
            "gone", "1 when the customer left, else 0"));

    /** @param conditions such as {@code days_customer < 90}; all must hold */
    public record Stage(
            String name, List<String> wants, List<String> does, List<String> measures, List<Condition> conditions) {}

    public record Condition(String fact, String comparison, String limit) {

        @Override
        public String toString() {
            return fact.replace('_', ' ') + " " + comparison + " " + limit;
        }

        /** The same in SQL, over a row {@code w}; what is not known does not hold. */
        String sql() {
            return "coalesce(w." + fact + " " + comparison + " " + limit + ", false)";
        }
    }

    /**
     * One thing a line: {@code name:}, then {@code stage:} with {@code wants:}, {@code we do:}, {@code measure:} and {@code when:}.
     *
     * @throws SuccessRefused naming the line
     */
    static Journey parse(String text) {
        String name = "";
        List<Stage> stages = new ArrayList<>();
        @Nullable Stage open = null;
        int number = 0;
        for (String line : text.replace("\r\n", "\n").split("\n", -1)) {
            number++;
            String plain = line.strip();
            if (plain.isEmpty() || plain.startsWith("#")) {
                continue;
            }
            int colon = plain.indexOf(':');
            String word = colon < 0 ? "" : plain.substring(0, colon).strip();
            String value = colon < 0 ? "" : Typed.line(plain.substring(colon + 1), "Line " + number, 500);
            if (value.isEmpty() || open == null && !word.equals("name") && !word.equals("stage")) {
                throw wrong(number, "is not understood: begin with name: or stage:");
            }
            switch (word) {
                case "name" -> name = value;
                case "stage" -> {
                    open = new Stage(value, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
                    stages.add(open);
                }
                case "wants" -> java.util.Objects.requireNonNull(open).wants().add(value);
                case "we do" -> java.util.Objects.requireNonNull(open).does().add(value);
                case "measure" ->
                    java.util.Objects.requireNonNull(open).measures().add(value);
                case "when" ->
                    java.util.Objects.requireNonNull(open).conditions().addAll(conditions(value, number));
                default -> throw wrong(number, "begins with a word that is not known here");
            }
        }
        if (name.isEmpty() || stages.isEmpty() || stages.size() > MOST_STAGES) {
            throw new SuccessRefused("A journey has a name and 1 to " + MOST_STAGES + " stages.");
        }
        return new Journey(name, List.copyOf(stages), text);
    }

    private static List<Condition> conditions(String value, int line) {
        List<Condition> all = new ArrayList<>();
        for (String part : value.split("\\band\\b", -1)) {
            Matcher match = CONDITION.matcher(part.strip());
            if (!match.matches() || !FACTS.containsKey(match.group(1))) {
                throw wrong(
                        line, "has a condition that cannot be read; write one as days_customer < 90, joined by and");
            }
            all.add(new Condition(match.group(1), match.group(2), match.group(3)));
        }
        return all;
    }

    /** The place of the stage that a row {@code w} is in, from 0; null in none. */
    String stageSql() {
        StringBuilder sql = new StringBuilder("case");
        for (int i = stages.size() - 1; i >= 0; i--) {
            List<Condition> conditions = stages.get(i).conditions();
            sql.append(" when ")
                    .append(
                            conditions.isEmpty()
                                    ? "true"
                                    : conditions.stream()
                                            .map(Condition::sql)
                                            .collect(java.util.stream.Collectors.joining(" and ")))
                    .append(" then ")
                    .append(i);
        }
        return sql.append(" end").toString();
    }

    private static SuccessRefused wrong(int line, String what) {
        return new SuccessRefused("Line " + line + " " + what + ". Nothing was changed.");
    }
}
