package io.perennial.playbooks.text;

import io.perennial.accounts.list.AccountCondition;
import io.perennial.accounts.list.Filter.BadView;
import io.perennial.platform.text.Section;
import io.perennial.platform.text.Spelling;
import io.perennial.platform.text.TextProblem;
import io.perennial.platform.text.YamlTree;
import io.perennial.playbooks.text.Playbook.KnownKind;
import io.perennial.playbooks.text.Playbook.Limits;
import io.perennial.playbooks.text.Playbook.Start;
import io.perennial.playbooks.text.Playbook.Stop;
import io.perennial.playbooks.text.Playbook.Success;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a playbook's text and collects everything that is wrong with it, line by line. */
final class PlaybookText {

    private static final int FORMAT = 1;
    private static final int LONGEST_NAME = 120;
    private static final int MOST_STARTS = 1_000_000;
    private static final int MOST_QUIET_DAYS = 3_650;
    private static final int MOST_HELD_OUT = 50;

    private final String text;
    private final @Nullable Map<String, KnownKind> kinds;
    private final List<TextProblem.Line> problems = new ArrayList<>();

    PlaybookText(String text, @Nullable Map<String, KnownKind> kinds) {
        this.text = text;
        this.kinds = kinds;
    }

    Playbook playbook() throws TextProblem {
        Section root = YamlTree.read("playbook", text, problems);
        Optional<Double> format = root.number("format", 0, 1000);
        if (format.isPresent() && format.get() != FORMAT) {
            root.problem("format", "This is format " + format.get().intValue() + "; this version reads format 1.");
        }
        String name = root.required("name");
        if (name.length() > LONGEST_NAME) {
            root.problem("name", "A name has at most " + LONGEST_NAME + " characters.");
        }
        String description = root.word("description").orElse("");
        Start start = start(root);
        List<Stop> stops = stops(root);
        Limits limits = root.section("limits").map(this::limits).orElse(Limits.USUAL);
        int heldOut =
                root.number("hold_out_percent", 0, MOST_HELD_OUT).orElse(0.0).intValue();
        Success success = root.section("success").flatMap(this::success).orElse(null);
        List<Step> steps = new StepText(problems).steps(root, "steps", 0);
        root.close();
        Playbook playbook = new Playbook(name, description, start, stops, limits, heldOut, success, steps, text);
        check(root, playbook);
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(TextProblem.Line::line));
            throw new TextProblem(problems);
        }
        return playbook;
    }

    private void check(Section root, Playbook playbook) {
        if (!playbook.start().isSignal() && problems.isEmpty() && playbook.needsASignal()) {
            root.problem(
                    "start",
                    "Something here asks whether the signal is closed, but the playbook does not start with one:"
                            + " write  when: signal  or take it away.");
        }
        if (playbook.heldOutPercent() > 0 && playbook.success() == null) {
            root.problem(
                    "hold_out_percent",
                    "Nothing is measured, so nobody should be held out: add  success:  or leave this line away.");
        }
    }

    private Start start(Section root) {
        Optional<Section> found = root.section("start");
        if (found.isEmpty()) {
            if (!root.has("start")) {
                root.problem("start", "\"start:\" is missing here.");
            }
            return new Start(Playbook.SEGMENT, "", 0, List.of(), false);
        }
        Section section = found.get();
        String when = section.required("when");
        String of = section.word("of").orElse("");
        List<AccountCondition> onlyIf = conditions(section, "only_if");
        int before = section.days("days_before").orElse(0);
        int after = section.days("days_after").orElse(0);
        if (before > 0 && after > 0) {
            section.problem("days_after", "Either days_before or days_after, not both.");
        }
        boolean presentToo = yes(section, "present_too");
        kind(section, when, of, before + after > 0);
        if (when.equals(Playbook.SEGMENT) && onlyIf.isEmpty() && problems.isEmpty()) {
            section.problem(
                    "when", "A segment needs  only_if:  with at least one condition, or it would be everybody.");
        }
        section.close();
        return new Start(when, of, after - before, onlyIf, presentToo);
    }

    private void kind(Section section, String when, String of, boolean shifted) {
        if (when.isEmpty() || kinds == null) {
            return;
        }
        if (when.equals(Playbook.SEGMENT)) {
            if (!of.isEmpty()) {
                section.problem("of", "A segment has no name; its conditions stand under only_if.");
            }
            return;
        }
        KnownKind kind = kinds.get(when);
        if (kind == null) {
            Set<String> words = new HashSet<>(kinds.keySet());
            words.add(Playbook.SEGMENT);
            section.problem(
                    "when",
                    "Nothing is called \"" + when + "\"." + Spelling.hint(when, words) + " There are "
                            + String.join(", ", words.stream().sorted().toList()) + ".");
            return;
        }
        if (shifted && !kind.shifts()) {
            section.problem("when", "Only a date has days before and after it.");
        }
        if (!of.isEmpty()
                && !kind.names().isEmpty()
                && !kind.names().containsKey(of)
                && kind.names().keySet().stream()
                        .noneMatch(name -> name.endsWith("*") && of.startsWith(name.substring(0, name.length() - 1)))) {
            section.problem(
                    "of",
                    "There is no " + when + " \"" + of + "\"."
                            + Spelling.hint(of, kind.names().keySet()) + " There are "
                            + String.join(
                                    ", ",
                                    kind.names().keySet().stream().sorted().toList()) + ".");
        }
    }

    private List<Stop> stops(Section root) {
        List<Stop> stops = new ArrayList<>();
        for (String word : root.words("stop_if")) {
            switch (word.toLowerCase(Locale.ROOT)) {
                case "the signal is closed", "signal closed" -> stops.add(new Stop.SignalClosed());
                case "the customer left", "customer left" -> stops.add(new Stop.CustomerLeft());
                default -> condition(root, "stop_if", word).ifPresent(one -> stops.add(new Stop.Holds(one)));
            }
        }
        return stops;
    }

    private Limits limits(Section section) {
        Limits limits = new Limits(
                number(section, "a_day", Limits.USUAL.aDay()),
                number(section, "in_all", Limits.USUAL.inAll()),
                number(section, "accounts", Limits.USUAL.accounts()),
                section.number("not_again_within_days", 0, MOST_QUIET_DAYS)
                        .map(Double::intValue)
                        .orElse(Limits.USUAL.quietDays()));
        section.close();
        return limits;
    }

    private static int number(Section section, String key, int usual) {
        return section.number(key, 1, MOST_STARTS).map(Double::intValue).orElse(usual);
    }

    private Optional<Success> success(Section section) {
        String is = section.required("is");
        int days = section.days("within_days").orElse(60);
        if (days == 0) {
            section.problem("within_days", "It needs at least one day.");
        }
        Optional<Success.Measure> measure = Arrays.stream(Success.Measure.values())
                .filter(one -> one.word().equals(is))
                .findFirst();
        if (measure.isEmpty() && !is.isEmpty()) {
            List<String> words = Arrays.stream(Success.Measure.values())
                    .map(Success.Measure::word)
                    .toList();
            section.problem("is", "Success is one of: " + String.join(", ", words) + "." + Spelling.hint(is, words));
        }
        section.close();
        return measure.map(one -> new Success(one, days));
    }

    private static boolean yes(Section section, String key) {
        Optional<String> word = section.word(key).map(said -> said.toLowerCase(Locale.ROOT));
        if (word.isPresent() && !List.of("yes", "no", "true", "false").contains(word.get())) {
            section.problem(key, "\"" + key + "\" is yes or no.");
        }
        return word.filter(said -> said.equals("yes") || said.equals("true")).isPresent();
    }

    static List<AccountCondition> conditions(Section section, String key) {
        List<AccountCondition> conditions = new ArrayList<>();
        for (String word : section.words(key)) {
            condition(section, key, word).ifPresent(conditions::add);
        }
        return conditions;
    }

    static Optional<AccountCondition> condition(Section section, String key, String words) {
        try {
            return Optional.of(AccountCondition.parse(words));
        } catch (BadView e) {
            section.problem(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
