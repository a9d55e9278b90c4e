package io.perennial.onboarding.web;

import io.perennial.onboarding.Plan;
import io.perennial.onboarding.Plan.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A template as fields of a form, which become its text: what is wrong is found in one place only. */
public record TemplateForm(
        String name,
        String startsFor,
        boolean guided,
        String writeTo,
        String help,
        String taskAfter,
        String setUp,
        String firstValue,
        List<Line> lines) {

    /** Empty rows at the end, to add milestones. */
    private static final int MORE = 3;

    /** A milestone as typed. */
    public record Line(
            String name,
            String ours,
            String theirs,
            String days,
            String after,
            String begins,
            String done,
            String next) {

        static final Line EMPTY = new Line("", "", "", "", "", "", "", "");
    }

    static TemplateForm of(Plan plan) {
        List<Line> lines = new ArrayList<>();
        for (Planned one : plan.milestones()) {
            lines.add(new Line(
                    one.name(),
                    words(one.ours()),
                    words(one.theirs()),
                    String.valueOf(one.days()),
                    String.join(", ", one.after()),
                    one.begins() == null ? "" : one.begins().words(),
                    one.done().words(),
                    one.next()));
        }
        return new TemplateForm(
                plan.name(),
                plan.audience().words(),
                plan.guided(),
                words(String.join(", ", plan.writeTo())),
                plan.help(),
                String.valueOf(plan.taskAfter()),
                String.join("\n", plan.setUp()),
                plan.milestones().stream()
                        .filter(Planned::firstValue)
                        .map(Planned::name)
                        .findFirst()
                        .orElse(""),
                lines);
    }

    public List<Line> withMore() {
        List<Line> all = new ArrayList<>(lines);
        for (int i = 0; i < MORE && all.size() < Plan.MOST_MILESTONES; i++) {
            all.add(Line.EMPTY);
        }
        return all;
    }

    private static String words(String roles) {
        return roles.replace('_', ' ');
    }

    /** @param typed as the form sent it */
    static String text(Map<String, String[]> typed) {
        StringBuilder text = new StringBuilder();
        line(text, "Onboarding", one(typed, "name", 0));
        line(text, "Starts for", one(typed, "startsFor", 0));
        line(text, "Run", one(typed, "run", 0));
        line(text, "Write to", one(typed, "writeTo", 0));
        line(text, "Help", one(typed, "help", 0));
        line(text, "Task after", one(typed, "taskAfter", 0));
        one(typed, "setUp", 0).lines().forEach(resource -> line(text, "Set up", resource));
        line(text, "First value", one(typed, "firstValue", 0));
        int rows = typed.getOrDefault("milestone", new String[0]).length;
        for (int i = 0; i < Math.min(rows, Plan.MOST_MILESTONES + MORE); i++) {
            String name = flat(one(typed, "milestone", i));
            if (!name.isEmpty()) {
                text.append("\n# ").append(name).append('\n');
                line(text, "We", one(typed, "ours", i));
                line(text, "They", one(typed, "theirs", i));
                line(text, "Within", one(typed, "days", i));
                line(text, "After", one(typed, "after", i));
                line(text, "Begins when", one(typed, "begins", i));
                line(text, "Done when", one(typed, "done", i));
                line(text, "Next", one(typed, "next", i));
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String word, String said) {
        String flat = flat(said);
        if (!flat.isEmpty()) {
            text.append(word).append(": ").append(flat).append('\n');
        }
    }

    private static String flat(String said) {
        return said.replaceAll("\\R", " ").strip();
    }

    private static String one(Map<String, String[]> typed, String name, int index) {
        String[] values = typed.getOrDefault(name, new String[0]);
        return index < values.length ? values[index] : "";
    }
}
