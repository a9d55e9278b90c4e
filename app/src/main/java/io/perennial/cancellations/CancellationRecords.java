package io.perennial.cancellations;

import static io.perennial.platform.records.ColumnType.BOOLEAN;
import static io.perennial.platform.records.ColumnType.DATE;
import static io.perennial.platform.records.ColumnType.TEXT;

import io.perennial.contracts.ReasonCategory;
import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordType;
import java.util.Arrays;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Declares what a company may bring about those who leave: save attempts and exit interviews. */
@Configuration(proxyBeanMethods = false)
class CancellationRecords {

    static final String ATTEMPTS = "save-attempts";
    static final String INTERVIEWS = "exit-interviews";

    private static final int LONG = 4000;

    @Bean
    RecordType saveAttempts() {
        return new RecordType(
                ATTEMPTS,
                "Save attempts",
                "What was offered to keep a customer or to win one back, and what came of it.",
                "cancellations.attempt",
                List.of(
                        account(),
                        cancellation(),
                        Column.choice(
                                        "purpose",
                                        List.of("save", "win_back"),
                                        "To keep or to win back; to keep when not said.",
                                        "save")
                                .alsoKnownAs("kind", "type"),
                        Column.of("offer", TEXT, "What was offered.", "Pause")
                                .requiredForNew()
                                .upTo(100),
                        Column.of("made_on", DATE, "Day of the offer.", "2026-03-16")
                                .requiredForNew()
                                .alsoKnownAs("offered_on", "date"),
                        member("External id or e-mail of the team member who made it."),
                        Column.of("answer", TEXT, "What the customer said.", "Will decide after the budget round")
                                .upTo(LONG),
                        Column.choice(
                                        "result",
                                        List.of("open", "saved", "lost"),
                                        "What came of it; open when not said.",
                                        "saved")
                                .alsoReads("saved", "won", "won_back", "accepted", "kept")
                                .alsoReads("lost", "declined", "refused"),
                        Column.of("result_on", DATE, "Day of the result.", "2026-03-20")
                                .alsoKnownAs("decided_on")),
                "account_id",
                null);
    }

    @Bean
    RecordType exitInterviews() {
        return new RecordType(
                INTERVIEWS,
                "Exit interviews",
                "What a customer who leaves told in a conversation.",
                "cancellations.interview",
                List.of(
                        account(),
                        cancellation(),
                        Column.of("held_on", DATE, "Day of the conversation.", "2026-03-18")
                                .requiredForNew()
                                .alsoKnownAs("date"),
                        Column.reference("contact", "contacts", "contact_id", "The person who told it.", "P-77"),
                        member("External id or e-mail of the team member who asked."),
                        Column.choice(
                                "reason",
                                Arrays.stream(ReasonCategory.values())
                                        .map(ReasonCategory::key)
                                        .toList(),
                                "The main reason, as the interviewer understood it.",
                                "value"),
                        text("what_changed", "What changed since they bought.", "A new head of operations"),
                        text(
                                "expected_value",
                                "What they expected and what they got.",
                                "Fewer no-shows; got half of it"),
                        text(
                                "fit_and_use",
                                "What was missing or hard to use.",
                                "Two depots could not be planned together"),
                        text(
                                "service_experience",
                                "How onboarding, support and contacts were.",
                                "Long waits in spring"),
                        text("alternatives", "What they do instead, and why.", "Initech, because of the price"),
                        text("would_have_kept", "What would have kept them.", "A smaller program"),
                        text(
                                "would_return",
                                "Under which conditions they would come back.",
                                "When depots can be joined"),
                        Column.of("finished", BOOLEAN, "Whether the interview is complete.", "true")),
                "account_id",
                null);
    }

    private static Column text(String name, String meaning, String example) {
        return Column.of(name, TEXT, meaning, example).upTo(LONG);
    }

    private static Column account() {
        return Column.reference("account", "accounts", "account_id", "External id of the account.", "acme")
                .requiredForNew()
                .alsoKnownAs("account_id", "customer", "customer_id", "company_id");
    }

    private static Column cancellation() {
        return Column.reference(
                        "cancellation",
                        "cancellations",
                        "cancellation_id",
                        "External id of the cancellation it is about.",
                        "acme-lost")
                .alsoKnownAs("cancellation_id");
    }

    private static Column member(String meaning) {
        return Column.reference("member", "team-members", "member_id", meaning, "ana.reyes@example.com")
                .alsoKnownAs("team_member", "owner", "csm");
    }
}
