package io.perennial.success;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What customers of a kind can reach, as text that a plan begins with.
 *
 * @param possible what is possible, in words
 * @param features that usually serve these goals, by their names in files and events
 * @param text as it is stored
 */
public record Blueprint(
        String key,
        String name,
        List<String> industries,
        String possible,
        List<String> features,
        List<Aim> outcomes,
        String text) {

    private static final int MOST_LINES = 200;
    private static final int MOST_OUTCOMES = 40;
    private static final int LONGEST_WAY = 1_826;

    /** @param days from the beginning of a plan until it is due */
    public record Aim(
            String objective,
            String name,
            String unit,
            String baseline,
            String target,
            int days,
            String measure,
            String subject) {

        Aim typedIn() {
            return new Aim(objective, name, unit, baseline, target, days, "", "");
        }

        OutcomeDraft draft(LocalDate begins) {
            return new OutcomeDraft(
                    objective,
                    name,
                    unit,
                    baseline,
                    target,
                    "",
                    "",
                    begins.plusDays(days).toString(),
                    measure,
                    subject,
                    "",
                    "",
                    "");
        }
    }

    /**
     * Reads the text. One thing a line: {@code name:}, {@code industries:}, {@code possible:}, {@code features:}, then
     * {@code goal:} in the customer's words, each followed by {@code outcome: what; unit; baseline; target; days; measure feature}.
     *
     * @throws SuccessRefused naming the line
     */
    static Blueprint parse(String key, String text) {
        String name = "";
        String possible = "";
        List<String> industries = List.of();
        List<String> features = List.of();
        List<Aim> aims = new ArrayList<>();
        @Nullable String goal = null;
        int number = 0;
        for (String line : text.replace("\r\n", "\n").split("\n", -1)) {
            number++;
            String plain = line.strip();
            if (plain.isEmpty() || plain.startsWith("#")) {
                continue;
            }
            int colon = plain.indexOf(':');
            if (colon < 0 || number > MOST_LINES) {
                throw wrong(number, colon < 0 ? "begins with a word and a colon, such as goal:" : "is one too many");
            }
            String value = plain.substring(colon + 1).strip();
            switch (plain.substring(0, colon).strip()) {
                case "name" -> name = Typed.line(value, "A name", 120);
                case "possible" -> possible = (possible + " " + Typed.line(value, "What is possible", 500)).strip();
                case "industries" -> industries = list(value);
                case "features" -> features = list(value);
                case "goal" -> goal = Typed.line(value, "A goal", 300);
                case "outcome" -> {
                    if (goal == null || goal.isEmpty()) {
                        throw wrong(number, "is an outcome before any goal");
                    }
                    aims.add(aim(goal, value, number));
                }
                default -> throw wrong(number, "begins with a word that is not known here");
            }
        }
        if (name.isEmpty() || aims.isEmpty() || aims.size() > MOST_OUTCOMES) {
            throw new SuccessRefused("A blueprint has a name and 1 to " + MOST_OUTCOMES + " outcomes.");
        }
        return new Blueprint(key, name, industries, possible, features, List.copyOf(aims), text);
    }

    private static Aim aim(String goal, String value, int number) {
        String[] cells = value.split(";", -1);
        if (cells.length < 5) {
            throw wrong(number, "says what; unit; baseline; target; days, and perhaps a live measure");
        }
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cells[i].strip();
        }
        BigDecimal target = Typed.number(cells[3], "The target in line " + number);
        BigDecimal baseline = Typed.number(cells[2], "The baseline in line " + number);
        if (cells[0].isEmpty() || baseline != null && target == null) {
            throw wrong(
                    number, cells[0].isEmpty() ? "does not say what is measured" : "has a baseline without a target");
        }
        int days;
        try {
            days = Integer.parseInt(cells[4].replace("days", "").strip());
        } catch (NumberFormatException e) {
            throw wrong(number, "says after how many days it is due, as a whole number");
        }
        if (days < 1 || days > LONGEST_WAY) {
            throw wrong(number, "is due after 1 to " + LONGEST_WAY + " days");
        }
        String[] live = (cells.length > 5 ? cells[5] : "").split("\\s+", 2);
        return new Aim(
                goal,
                Typed.line(cells[0], "A measure", 200),
                Typed.line(cells[1], "A unit", 40),
                cells[2],
                cells[3],
                days,
                live[0],
                live.length > 1 ? live[1] : "");
    }

    private static List<String> list(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    private static SuccessRefused wrong(int line, String what) {
        return new SuccessRefused("Line " + line + " " + what + ". Nothing was changed.");
    }
}
