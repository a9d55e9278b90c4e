package io.perennial.playbooks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.accounts.list.AccountCondition;
import io.perennial.accounts.list.Filter.BadView;
import io.perennial.platform.text.TextProblem;
import io.perennial.playbooks.text.Playbook.KnownKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a playbook's text may say, and how it is told what is wrong. */
class PlaybookTextTests {

    private static final Map<String, KnownKind> KINDS = Map.of(
            "signal", new KnownKind(false, Map.of("falling_usage", "Use is falling", "silence", "Silence")),
            "date", new KnownKind(true, Map.of("renewal", "it renews", "account *", "own")));

    private static final String RIGHT = """
            format: 1
            name: Win them back
            start: {when: signal, of: falling_usage, only_if: [ARR > 5000, Segment is enterprise or smb]}
            stop_if: [the signal is closed, the customer left, Health > 80]
            limits: {a_day: 3, in_all: 10, accounts: 8, not_again_within_days: 60}
            hold_out_percent: 10
            success: {is: signal closed, within_days: 45}
            steps:
              - task: Call {account}
                script: Ask what changed.
                who: leader
                due_in_days: 2
              - wait_until: Health > 60
                at_most_days: 14
              - if: [Health < 45]
                then:
                  - mail: Hello {first_name}
                    to: decision maker
                    text: We are here.
                otherwise:
                  - set: stage
                    to: Saved
              - webhook: billing
            """;

    private static Playbook read(String text) throws TextProblem {
        return Playbook.parse(text, KINDS);
    }

    private static List<String> wrong(String text) {
        try {
            read(text);
            return List.of();
        } catch (TextProblem e) {
            return e.lines().stream().map(TextProblem.Line::toString).toList();
        }
    }

    @Test
    void aPlaybookReadsAsSentences() throws TextProblem {
        List<String> words = Sentences.of(read(RIGHT), start -> "use falls").stream()
                .map(line -> "  ".repeat(line.depth()) + line.words())
                .toList();
        assertThat(words)
                .containsExactly(
                        "When use falls, if ARR > 5000 and Segment is enterprise or smb:",
                        "Task for a leader, due in 2 days: Call {account}. Script: Ask what changed.",
                        "Wait until Health > 60, at most 14 days.",
                        "If Health < 45:",
                        "  Mail to the decision maker: Hello {first_name}.",
                        "Otherwise:",
                        "  Set stage to Saved.",
                        "Call the webhook billing.",
                        "It ends at once when the signal is closed, or when the customer left, or when Health > 80.",
                        "At most 3 a day, the dearest first, 10 in all, at 8 accounts; the same account not again within 60 days.",
                        "It worked when the signal closed because its cause is gone, within 45 days; for 10 % of the accounts,"
                                + " drawn at random, nothing is done, to compare.");
    }

    @Test
    void everyProblemNamesItsLineAndWhatWasMeant() {
        assertThat(wrong(RIGHT.replace("falling_usage", "faling_usage")))
                .singleElement()
                .asString()
                .startsWith("Line 3: There is no signal \"faling_usage\". Did you mean \"falling_usage\"?");
        assertThat(wrong(RIGHT.replace("due_in_days: 2", "due_in_day: 2")))
                .containsExactly("Line 12: \"due_in_day\" is not known here. Did you mean \"due_in_days\"?");
        assertThat(wrong(RIGHT.replace("{first_name}", "{firstname}")))
                .singleElement()
                .asString()
                .startsWith("Line 17: Nobody knows what {firstname} is. Did you mean {first_name}?"
                        .replace("{first_name}", "\"first_name\""));
        assertThat(wrong(RIGHT.replace("Health < 45", "Helth < 45")))
                .singleElement()
                .asString()
                .startsWith("Line 15: \"Helth < 45\" does not begin with a fact of accounts.");
        assertThat(wrong(RIGHT.replace("when: signal, of: falling_usage", "when: date, of: renewal")))
                .singleElement()
                .asString()
                .contains("asks whether the signal is closed, but the playbook does not start with one");
        assertThat(wrong(RIGHT.replace("success: {is: signal closed, within_days: 45}\n", "")))
                .singleElement()
                .asString()
                .startsWith("Line 6: Nothing is measured");
        assertThat(wrong("format: 1\nname: x\nsteps:\n  - wait: 3\n"))
                .anyMatch(line -> line.startsWith("Line 4: A step begins with one of: task"))
                .anyMatch(line -> line.contains("\"start:\" is missing here."));
        assertThat(wrong("a: &x [1]\nb: *x")).singleElement().asString().contains("References (& and *)");
        assertThat(wrong("{".repeat(200))).hasSize(1);
        assertThat(wrong("x".repeat(300_000))).singleElement().asString().contains("A playbook has at most 200000");
    }

    @Test
    void aConditionIsReadAgainAsItIsWritten() {
        for (String words : List.of(
                "Health < 45",
                "Health band is At risk or Watch",
                "Licences used < 50 %",
                "Use against before < -30 %",
                "Renews within 90 days",
                "Segment is not smb",
                "Next step is empty",
                "Owner is filled",
                "Renews by itself is yes",
                "Account contains Harbor")) {
            AccountCondition read = AccountCondition.parse(words);
            assertThat(read.words()).isEqualTo(words);
            assertThat(AccountCondition.parse(read.filter().text())).isEqualTo(read);
        }
        assertThat(AccountCondition.parse("arr over 10,000").words()).isEqualTo("ARR > 10000");
        for (String words :
                List.of("", "Health", "Health is", "Health < many", "Segment within 3 days", "Health band is Purple")) {
            assertThatThrownBy(() -> AccountCondition.parse(words)).as(words).isInstanceOf(BadView.class);
        }
    }

    /** Whatever the branches say, the program does what the tree of steps says. */
    @Test
    void aProgramDoesWhatItsStepsSay() {
        Random dice = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            List<Step> steps = steps(dice, 0);
            boolean[] answers = new boolean[64];
            for (int i = 0; i < answers.length; i++) {
                answers[i] = dice.nextBoolean();
            }
            List<String> wanted = new ArrayList<>();
            walk(steps, answers, wanted);
            List<String> done = new ArrayList<>();
            Program program = Program.of(steps);
            for (int position = 0; !program.isOver(position); ) {
                Program.Instruction one = program.at(position);
                if (one.step() instanceof Step.Branch branch) {
                    position = answers[number(branch)] ? one.next() : one.otherwise();
                } else {
                    done.add(((Step.Webhook) one.step()).name());
                    position = one.next();
                }
            }
            assertThat(done).as("%s", steps).isEqualTo(wanted);
        }
    }

    private static int number(Step.Branch branch) {
        return Math.floorMod(branch.hashCode(), 64);
    }

    private static void walk(List<Step> steps, boolean[] answers, List<String> done) {
        for (Step step : steps) {
            if (step instanceof Step.Branch branch) {
                walk(answers[number(branch)] ? branch.then() : branch.otherwise(), answers, done);
            } else {
                done.add(((Step.Webhook) step).name());
            }
        }
    }

    private static List<Step> steps(Random dice, int depth) {
        List<Step> steps = new ArrayList<>();
        int count = 1 + dice.nextInt(3);
        for (int i = 0; i < count; i++) {
            boolean branches = depth < 3 && dice.nextInt(3) == 0;
            steps.add(
                    branches
                            ? new Step.Branch(
                                    List.of(AccountCondition.parse("ARR > " + dice.nextInt(1_000_000))),
                                    steps(dice, depth + 1),
                                    dice.nextBoolean() ? steps(dice, depth + 1) : List.of())
                            : new Step.Webhook("w" + dice.nextInt(1_000_000)));
        }
        return steps;
    }
}
