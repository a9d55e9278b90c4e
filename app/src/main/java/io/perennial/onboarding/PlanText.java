package io.perennial.onboarding;

import io.perennial.onboarding.Plan.Audience;
import io.perennial.onboarding.Plan.Planned;
import io.perennial.onboarding.Plan.Start;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Templates as people write them: lines of a word, a colon and what is said; a milestone begins with {@code #}. */
public final class PlanText {

    public static final int LONGEST = 20_000;
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_SAID = 1_000;
    private static final int MOST_PROBLEMS = 20;
    private static final Pattern DAYS = Pattern.compile("(\\d{1,4})\\s*(?:days?)?");

    private final List<String> problems = new ArrayList<>();
    private final List<Draft> drafts = new ArrayList<>();
    private final Draft head = new Draft("", 0);

    private PlanText() {}

    /** What was said of one milestone, or of the whole: the line stands with it for the sake of messages. */
    private static final class Draft {
        final String name;
        final int line;
        final Map<String, List<String>> said = new HashMap<>();
        final Map<String, Integer> lines = new HashMap<>();

        Draft(String name, int line) {
            this.name = name;
            this.line = line;
        }

        String one(String word) {
            return said.getOrDefault(word, List.of("")).getFirst();
        }

        List<String> names(String word) {
            return Arrays.stream(one(word).split(",", -1))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .distinct()
                    .toList();
        }

        int lineOf(String word) {
            return lines.getOrDefault(word, line);
        }
    }

    private static final Set<String> OF_THE_WHOLE =
            Set.of("onboarding", "starts for", "run", "write to", "help", "task after", "set up", "first value");
    private static final Set<String> OF_A_MILESTONE =
            Set.of("we", "they", "within", "after", "begins when", "done when", "next");

    /** @throws PlanProblem with everything that is wrong, each with its line */
    public static Plan parse(String text) {
        if (text.length() > LONGEST) {
            throw new PlanProblem(List.of("A template has up to 20,000 characters."));
        }
        PlanText reading = new PlanText();
        reading.read(text);
        Plan plan = reading.plan();
        if (!reading.problems.isEmpty()) {
            throw new PlanProblem(reading.problems.stream().limit(MOST_PROBLEMS).toList());
        }
        return plan;
    }

    private void read(String text) {
        Draft current = head;
        int number = 0;
        for (String raw : text.split("\\R", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty()) {
                continue;
            }
            if (line.chars().anyMatch(c -> c < ' ' && c != '\t')) {
                problem(number, "there are characters that nobody can see.");
                continue;
            }
            if (line.startsWith("#")) {
                current = new Draft(line.substring(1).strip(), number);
                drafts.add(current);
                continue;
            }
            int colon = line.indexOf(':');
            String word = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            Set<String> known = current == head ? OF_THE_WHOLE : OF_A_MILESTONE;
            if (!known.contains(word)) {
                problem(
                        number,
                        "begin it with one of "
                                + known.stream().sorted().map(PlanText::capital).collect(Collectors.joining(", "))
                                + " and a colon, or with # and the name of a milestone.");
                continue;
            }
            String said = line.substring(colon + 1).strip();
            if (said.length() > LONGEST_SAID) {
                problem(number, "say it in at most 1,000 characters.");
                continue;
            }
            if (current.said.containsKey(word) && !word.equals("set up")) {
                problem(number, capital(word) + " was said before.");
                continue;
            }
            current.said.computeIfAbsent(word, none -> new ArrayList<>()).add(said);
            current.lines.put(word, number);
        }
    }

    private Plan plan() {
        String name = head.one("onboarding");
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            problem(head.lineOf("onboarding"), "name it, such as Onboarding: Standard onboarding.");
        }
        if (drafts.isEmpty()) {
            problem(0, "a template needs a milestone: a line with # and its name.");
        }
        if (drafts.size() > Plan.MOST_MILESTONES) {
            problem(0, "a template has up to " + Plan.MOST_MILESTONES + " milestones.");
        }
        List<String> setUp = head.said.getOrDefault("set up", List.of()).stream()
                .filter(one -> !one.isEmpty())
                .distinct()
                .toList();
        if (setUp.size() > Plan.MOST_RESOURCES || setUp.stream().anyMatch(one -> one.length() > LONGEST_NAME)) {
            problem(
                    head.lineOf("set up"),
                    "up to " + Plan.MOST_RESOURCES + " things to set up, each in 120 characters.");
        }
        String firstValue = head.one("first value");
        List<Planned> milestones =
                drafts.stream().map(one -> milestone(one, firstValue)).toList();
        names(milestones, firstValue);
        return new Plan(
                name,
                audience(),
                guided(),
                head.names("write to").stream().map(PlanText::role).toList(),
                head.one("help"),
                days(head, "task after", 5),
                setUp,
                milestones);
    }

    private boolean guided() {
        String run = head.one("run").toLowerCase(Locale.ROOT);
        if (!run.isEmpty() && !run.equals("guided") && !run.equals("automated")) {
            problem(head.lineOf("run"), "Run is guided or automated.");
        }
        return !run.equals("automated");
    }

    private Audience audience() {
        String said = head.one("starts for");
        Matcher named = Pattern.compile("(?i)(new customers in segment|program|product)\\s+(.{1,200})")
                .matcher(said);
        if (said.isEmpty() || said.equalsIgnoreCase("nobody")) {
            return Audience.NOBODY;
        }
        if (said.equalsIgnoreCase("new customers")) {
            return new Audience(Start.NEW_CUSTOMERS, "");
        }
        if (named.matches()) {
            Start start = switch (named.group(1).toLowerCase(Locale.ROOT)) {
                case "program" -> Start.PROGRAM;
                case "product" -> Start.PRODUCT;
                default -> Start.SEGMENT;
            };
            return new Audience(start, named.group(2).strip());
        }
        problem(
                head.lineOf("starts for"),
                "it starts for new customers, new customers in segment NAME, program NAME, product NAME, or nobody.");
        return Audience.NOBODY;
    }

    private Planned milestone(Draft draft, String firstValue) {
        if (draft.name.isEmpty() || draft.name.length() > LONGEST_NAME || draft.name.contains(",")) {
            problem(draft.line, "a milestone has a name of up to 120 characters without commas.");
        }
        String begins = draft.one("begins when");
        String done = draft.one("done when");
        return new Planned(
                draft.name,
                role(draft.one("we")),
                role(draft.one("they")),
                days(draft, "within", 7),
                draft.names("after"),
                begins.isEmpty() ? null : condition(draft, "begins when", begins),
                done.isEmpty() ? Condition.TICKED : condition(draft, "done when", done),
                draft.one("next"),
                draft.name.equalsIgnoreCase(firstValue));
    }

    private Condition condition(Draft draft, String word, String said) {
        Condition condition = Condition.parse(said).orElse(null);
        if (condition == null || (word.equals("begins when") && !condition.isFact())) {
            problem(draft.lineOf(word), capital(word) + " is one of: " + Condition.FORMS + ".");
            return Condition.TICKED;
        }
        return condition;
    }

    private int days(Draft draft, String word, int usually) {
        String said = draft.one(word);
        if (said.isEmpty()) {
            return usually;
        }
        Matcher number = DAYS.matcher(said);
        int days = number.matches() ? Integer.parseInt(number.group(1)) : 0;
        if (days < 1 || days > Plan.LONGEST_DAYS) {
            problem(draft.lineOf(word), capital(word) + " is a number of days from 1 to 730, such as 5 days.");
            return usually;
        }
        return days;
    }

    /** Names are unique, those that are named are there, and nothing waits for itself. */
    private void names(List<Planned> milestones, String firstValue) {
        Map<String, Planned> byKey = new HashMap<>();
        for (int i = 0; i < milestones.size(); i++) {
            if (byKey.putIfAbsent(milestones.get(i).key(), milestones.get(i)) != null) {
                problem(drafts.get(i).line, "there is another milestone of that name.");
            }
        }
        for (int i = 0; i < milestones.size(); i++) {
            for (String before : milestones.get(i).after()) {
                if (!byKey.containsKey(before.toLowerCase(Locale.ROOT))) {
                    problem(drafts.get(i).lineOf("after"), "there is no milestone " + before + ".");
                }
            }
            if (waitsForItself(milestones.get(i), byKey)) {
                problem(drafts.get(i).lineOf("after"), milestones.get(i).name() + " would wait for itself.");
            }
        }
        if (!firstValue.isEmpty() && !byKey.containsKey(firstValue.toLowerCase(Locale.ROOT))) {
            problem(head.lineOf("first value"), "there is no milestone " + firstValue + ".");
        }
    }

    private static boolean waitsForItself(Planned milestone, Map<String, Planned> byKey) {
        Set<String> seen = new HashSet<>();
        List<String> open = new ArrayList<>(milestone.after());
        while (!open.isEmpty()) {
            String key = open.removeLast().toLowerCase(Locale.ROOT);
            if (key.equals(milestone.key())) {
                return true;
            }
            Planned before = byKey.get(key);
            if (before != null && seen.add(key)) {
                open.addAll(before.after());
            }
        }
        return false;
    }

    private void problem(int line, String what) {
        problems.add((line == 0 ? "" : "Line " + line + ": ") + what);
    }

    /** As contacts carry it: {@code decision_maker}. */
    private static String role(String said) {
        return said.toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** What {@link #parse} reads again as the same plan. */
    public static String write(Plan plan) {
        StringBuilder text = new StringBuilder();
        line(text, "Onboarding", plan.name());
        line(text, "Starts for", plan.audience().words());
        line(text, "Run", plan.guided() ? "guided" : "automated");
        line(text, "Write to", String.join(", ", plan.writeTo()));
        line(text, "Help", plan.help());
        line(text, "Task after", plan.taskAfter() + " days");
        plan.setUp().forEach(one -> line(text, "Set up", one));
        plan.milestones().stream()
                .filter(Planned::firstValue)
                .findFirst()
                .ifPresent(one -> line(text, "First value", one.name()));
        for (Planned milestone : plan.milestones()) {
            text.append("\n# ").append(milestone.name()).append('\n');
            line(text, "We", milestone.ours());
            line(text, "They", milestone.theirs());
            line(text, "Within", milestone.days() + " days");
            line(text, "After", String.join(", ", milestone.after()));
            line(text, "Begins when", words(milestone.begins()));
            line(text, "Done when", milestone.done().words());
            line(text, "Next", milestone.next());
        }
        return text.toString();
    }

    private static String words(@Nullable Condition condition) {
        return condition == null ? "" : condition.words();
    }

    private static void line(StringBuilder text, String word, String said) {
        if (!said.isEmpty()) {
            text.append(word).append(": ").append(said).append('\n');
        }
    }
}
