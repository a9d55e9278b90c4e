package io.perennial.playbooks.text;

import io.perennial.accounts.list.AccountCondition;
import io.perennial.playbooks.text.Playbook.Limits;
import io.perennial.playbooks.text.Playbook.Start;
import io.perennial.playbooks.text.Playbook.Stop;
import io.perennial.playbooks.text.Playbook.Success;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A playbook as people tell it. */
public final class Sentences {

    private final List<Line> lines = new ArrayList<>();

    private Sentences() {}

    /**
     * @param depth how far it is moved in
     * @param icon what kind of line it is: {@code start}, a kind of step, {@code stop}, {@code limits}, {@code success}
     */
    public record Line(int depth, String icon, String words) {}

    /** @param moment the sentence of a moment that starts it, without its conditions */
    public static List<Line> of(Playbook playbook, Function<Start, String> moment) {
        Sentences sentences = new Sentences();
        sentences.add(0, "start", start(playbook.start(), moment));
        sentences.steps(playbook.steps(), 0);
        if (!playbook.stops().isEmpty()) {
            sentences.add(
                    0,
                    "stop",
                    "It ends at once when "
                            + playbook.stops().stream().map(Stop::words).collect(Collectors.joining(", or when "))
                            + ".");
        }
        sentences.add(0, "limits", limits(playbook.limits()));
        Success success = playbook.success();
        if (success != null) {
            sentences.add(
                    0,
                    "success",
                    "It worked when " + success.measure().sentence() + ", within " + days(success.days())
                            + (playbook.heldOutPercent() == 0
                                    ? ". Nobody is held out, so its effect cannot be measured."
                                    : "; for " + playbook.heldOutPercent()
                                            + " % of the accounts, drawn at random, nothing is done, to compare."));
        }
        return List.copyOf(sentences.lines);
    }

    private static String start(Start start, Function<Start, String> moment) {
        String facts = all(start.onlyIf());
        String present = start.presentToo() ? " Those for whom it holds already are meant as well." : "";
        if (start.isSegment()) {
            return "When an account comes to have " + facts + "." + present;
        }
        String when = moment.apply(start);
        String shift = start.shiftDays() == 0
                ? "When " + when
                : days(Math.abs(start.shiftDays())) + (start.shiftDays() < 0 ? " before " : " after ") + when;
        String begun = shift.substring(0, 1).toUpperCase(Locale.ROOT) + shift.substring(1);
        return begun + (facts.isEmpty() ? "" : ", if " + facts) + ":" + present;
    }

    private static String all(List<AccountCondition> conditions) {
        return conditions.stream().map(AccountCondition::words).collect(Collectors.joining(" and "));
    }

    private static String limits(Limits limits) {
        return "At most %,d a day, the dearest first, %,d in all, at %,d accounts; the same account not again within %s."
                .formatted(limits.aDay(), limits.inAll(), limits.accounts(), days(limits.quietDays()));
    }

    private void steps(List<Step> steps, int depth) {
        for (Step step : steps) {
            switch (step) {
                case Step.Task task ->
                    add(
                            depth,
                            "task",
                            "Task for " + task.who().words() + ", due in " + days(task.dueInDays()) + ": "
                                    + task.title()
                                    + (task.script().isEmpty() ? "" : ". Script: " + short_(task.script())));
                case Step.Mail mail ->
                    add(depth, "mail", "Mail to " + people(mail.role()) + ": " + mail.subject() + ".");
                case Step.Notice notice ->
                    add(depth, "notice", "Tell " + notice.who().words() + ": " + notice.text() + ".");
                case Step.SetField set ->
                    add(
                            depth,
                            "field",
                            "Set " + set.field().title().toLowerCase(Locale.ROOT) + " to " + set.value() + ".");
                case Step.Webhook hook -> add(depth, "webhook", "Call the webhook " + hook.name() + ".");
                case Step.Wait wait -> add(depth, "wait", "Wait " + days(wait.days()) + ".");
                case Step.WaitUntil wait ->
                    add(depth, "wait", "Wait until " + waited(wait) + ", at most " + days(wait.atMostDays()) + ".");
                case Step.Branch branch -> branch(branch, depth);
            }
        }
    }

    /** What a step waits for. */
    public static String waited(Step.WaitUntil wait) {
        AccountCondition condition = wait.condition();
        return condition == null ? "the signal is closed" : condition.words();
    }

    private void branch(Step.Branch branch, int depth) {
        add(depth, "branch", "If " + all(branch.conditions()) + ":");
        steps(branch.then(), depth + 1);
        if (!branch.otherwise().isEmpty()) {
            add(depth, "branch", "Otherwise:");
            steps(branch.otherwise(), depth + 1);
        }
    }

    /** Whom a role of contacts means. */
    public static String people(String role) {
        return role.equals(Step.Mail.EVERYBODY) ? "everybody there" : "the " + role.replace('_', ' ');
    }

    private static String short_(String script) {
        String line = script.replaceAll("\\s+", " ").strip();
        return line.length() <= 160 ? line : line.substring(0, 159) + "…";
    }

    static String days(int days) {
        return days == 1 ? "1 day" : days + " days";
    }

    private void add(int depth, String icon, String words) {
        lines.add(new Line(depth, icon, words.endsWith("..") ? words.substring(0, words.length() - 1) : words));
    }
}
