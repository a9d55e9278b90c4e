package io.perennial.playbooks.text;

import io.perennial.accounts.list.AccountCondition;
import io.perennial.platform.text.Section;
import io.perennial.platform.text.Spelling;
import io.perennial.platform.text.TextProblem;
import io.perennial.playbooks.text.Step.AccountField;
import io.perennial.playbooks.text.Step.Who;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads steps. The first word of each says what it is. */
final class StepText {

    private static final int MOST_STEPS = 50;
    private static final int DEEPEST = 4;
    private static final int LONGEST_TITLE = 250;
    private static final int USUAL_DAYS = 3;
    private static final int LONGEST_WAIT = 730;
    private static final List<String> KINDS =
            List.of("task", "mail", "notice", "set", "webhook", "wait_days", "wait_until", "if");

    /** Roles of the team as people write them. */
    private static final Map<String, String> ROLES = Map.of(
            "leader", "LEADER",
            "admin", "ADMIN",
            "administrator", "ADMIN",
            "csm", "CSM",
            "support", "SUPPORT");

    private final List<TextProblem.Line> problems;

    StepText(List<TextProblem.Line> problems) {
        this.problems = problems;
    }

    List<Step> steps(Section parent, String key, int depth) {
        if (depth > DEEPEST) {
            parent.problem(key, "Branches within branches go " + DEEPEST + " deep at most.");
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        for (Section section : parent.list(key, MOST_STEPS, true)) {
            step(section, depth).ifPresent(steps::add);
        }
        return steps;
    }

    private Optional<Step> step(Section section, int depth) {
        List<String> said = KINDS.stream().filter(section::has).toList();
        if (said.size() != 1) {
            problems.add(new TextProblem.Line(
                    section.line(),
                    1,
                    said.isEmpty()
                            ? "A step begins with one of: " + String.join(", ", KINDS) + "."
                            : "A step is one thing, not " + String.join(" and ", said) + "."));
            return Optional.empty();
        }
        Optional<Step> step = switch (said.getFirst()) {
            case "task" -> Optional.of(task(section));
            case "mail" -> Optional.of(mail(section));
            case "notice" -> Optional.of(notice(section));
            case "set" -> field(section);
            case "webhook" -> webhook(section);
            case "wait_days" -> Optional.of(new Step.Wait(days(section, "wait_days", 1)));
            case "wait_until" -> waitUntil(section);
            default -> branch(section, depth);
        };
        section.close();
        return step;
    }

    private Step task(Section section) {
        return new Step.Task(
                line(section, "task"),
                longText(section, "script"),
                who(section),
                days(section, "due_in_days", USUAL_DAYS));
    }

    private Step mail(Section section) {
        String subject = line(section, "mail");
        String body = longText(section, "text");
        if (body.isEmpty() && !section.has("text")) {
            section.problem("mail", "A mail needs a text, such as  text: Hello {first_name}, ...");
        }
        String role = section.word("to").orElse("");
        if (role.isEmpty()) {
            section.problem(
                    "mail", "Say to whom: a role of contacts such as  to: decision_maker , or  to: everybody .");
        }
        return new Step.Mail(subject, body, role.toLowerCase(Locale.ROOT).replace(' ', '_'));
    }

    private Step notice(Section section) {
        return new Step.Notice(line(section, "notice"), who(section));
    }

    private Optional<Step> field(Section section) {
        String name = section.required("set").toLowerCase(Locale.ROOT).replace(' ', '_');
        String value = section.required("to");
        List<String> names =
                Arrays.stream(AccountField.values()).map(AccountField::column).toList();
        Optional<AccountField> field = Arrays.stream(AccountField.values())
                .filter(one -> one.column().equals(name))
                .findFirst();
        if (field.isEmpty()) {
            section.problem("set", "A playbook sets " + String.join(", ", names) + "." + Spelling.hint(name, names));
        }
        if (field.isPresent() && field.get() == AccountField.NEXT_STEP_ON && !value.matches("in \\d{1,3} days")) {
            try {
                LocalDate.parse(value);
            } catch (DateTimeParseException e) {
                section.problem("to", "A day is  in 7 days  or 2026-12-01.");
            }
        }
        place(section, "to", value);
        return field.map(one -> new Step.SetField(one, value));
    }

    private static Optional<Step> webhook(Section section) {
        String name = section.required("webhook");
        if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            section.problem("webhook", "The name of a webhook has small letters, digits and hyphens.");
        }
        return Optional.of(new Step.Webhook(name));
    }

    private static Optional<Step> waitUntil(Section section) {
        String words = section.required("wait_until");
        int days = section.number("at_most_days", 1, LONGEST_WAIT)
                .map(Double::intValue)
                .orElse(0);
        if (days == 0 && !section.has("at_most_days")) {
            section.problem("wait_until", "Say how long at most, such as  at_most_days: 14.");
        }
        if (words.equalsIgnoreCase("the signal is closed") || words.equalsIgnoreCase("signal closed")) {
            return Optional.of(new Step.WaitUntil(null, days));
        }
        return PlaybookText.condition(section, "wait_until", words)
                .map(condition -> new Step.WaitUntil(condition, days));
    }

    private Optional<Step> branch(Section section, int depth) {
        List<AccountCondition> conditions = PlaybookText.conditions(section, "if");
        List<Step> then = steps(section, "then", depth + 1);
        List<Step> otherwise = section.has("otherwise") ? steps(section, "otherwise", depth + 1) : List.of();
        return conditions.isEmpty() ? Optional.empty() : Optional.of(new Step.Branch(conditions, then, otherwise));
    }

    private static Who who(Section section) {
        String said = section.word("who").orElse("owner");
        String word = said.toLowerCase(Locale.ROOT);
        if (word.equals("owner")) {
            return Who.OWNER;
        }
        String role = ROLES.get(word);
        return role == null ? new Who(Who.Kind.NAMED, "", said) : new Who(Who.Kind.ROLE, role, "");
    }

    private static String line(Section section, String key) {
        String words = section.required(key);
        if (words.length() > LONGEST_TITLE) {
            section.problem(key, "\"" + key + "\" is one line of at most " + LONGEST_TITLE + " characters.");
        }
        place(section, key, words);
        return words;
    }

    private static String longText(Section section, String key) {
        String words = section.word(key).orElse("");
        place(section, key, words);
        return words;
    }

    private static void place(Section section, String key, String words) {
        String unknown = Places.unknown(words);
        if (!unknown.isEmpty()) {
            section.problem(
                    key,
                    "Nobody knows what {" + unknown + "} is." + Spelling.hint(unknown, Places.KNOWN) + " There are "
                            + String.join(
                                    ", ",
                                    Places.KNOWN.stream()
                                            .map(one -> "{" + one + "}")
                                            .toList()) + ".");
        }
    }

    private static int days(Section section, String key, int usual) {
        return section.number(key, 0, LONGEST_WAIT).map(Double::intValue).orElse(usual);
    }
}
