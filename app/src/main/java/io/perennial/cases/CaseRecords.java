package io.perennial.cases;

import io.perennial.accounts.AccountReferences;
import io.perennial.platform.records.Column;
import io.perennial.platform.records.ColumnType;
import io.perennial.platform.records.RecordType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Declares the record types {@code cases}, {@code case-messages} and {@code case-events}. */
@Configuration(proxyBeanMethods = false)
class CaseRecords {

    static final String TYPE = "cases";
    static final String EVENTS = "case-events";

    static final List<String> PRIORITIES = List.of("urgent", "high", "medium", "low");

    @Bean
    RecordType cases() {
        return new RecordType(
                TYPE,
                "Cases",
                "What a customer asked support for, with the times that say how well it was answered.",
                "cases.support_case",
                columns(),
                "account_id",
                null);
    }

    @Bean
    RecordType caseMessages() {
        return new RecordType(
                "case-messages",
                "Case messages",
                "What was said on cases: the customer's words, answers, and notes among colleagues.",
                "cases.message",
                List.of(
                        Column.reference("case", "cases", "case_id", "The case it was said on.", "case-77")
                                .requiredForNew()
                                .alsoKnownAs("case_id", "ticket", "ticket_id"),
                        Column.choice(
                                        "kind",
                                        List.of("customer", "reply", "note", "automatic"),
                                        "Who said it: the customer, a person of ours to the customer, a colleague to"
                                                + " colleagues, or a machine.",
                                        "reply")
                                .requiredForNew()
                                .alsoKnownAs("type", "message_type"),
                        Column.of("at", ColumnType.INSTANT, "When it was said.", "2026-11-18T09:40:00Z")
                                .requiredForNew()
                                .alsoKnownAs("created_at", "sent_at", "timestamp"),
                        Column.of("body", ColumnType.TEXT, "The words, as plain text.", "We can reproduce it.")
                                .requiredForNew()
                                .upTo(50_000)
                                .alsoKnownAs("text", "comment", "description"),
                        Column.of("author", ColumnType.TEXT, "Who said it, by name.", "Ana Reyes")
                                .upTo(200)
                                .alsoKnownAs("author_name", "from"),
                        Column.of(
                                "promised_at",
                                ColumnType.INSTANT,
                                "When we said that we would write again.",
                                "2026-11-18T16:00:00Z")),
                null,
                null);
    }

    @Bean
    RecordType caseEvents() {
        return new RecordType(
                EVENTS,
                "Case events",
                "What happened to cases beside words: changes of state, of priority, of hands.",
                "cases.event",
                List.of(
                        Column.reference("case", "cases", "case_id", "The case it happened to.", "case-77")
                                .requiredForNew()
                                .alsoKnownAs("case_id", "ticket", "ticket_id"),
                        Column.choice(
                                        "kind",
                                        List.of("state", "priority", "assigned", "other"),
                                        "What changed.",
                                        "state")
                                .requiredForNew()
                                .alsoReads("state", "status")
                                .alsoReads("assigned", "assignee", "assignee_id", "owner", "group", "group_id")
                                .alsoKnownAs("field", "field_name"),
                        Column.of("at", ColumnType.INSTANT, "When it happened.", "2026-11-18T09:40:00Z")
                                .requiredForNew()
                                .alsoKnownAs("updated", "updated_at", "timestamp"),
                        Column.of(
                                        "value",
                                        ColumnType.TEXT,
                                        "What it became: of a state open, waiting, on-hold, resolved or closed; of a"
                                                + " priority urgent, high, medium or low; else any text.",
                                        "waiting")
                                .upTo(200),
                        Column.of(
                                        "note",
                                        ColumnType.TEXT,
                                        "More about it, as the help desk says it.",
                                        "Awaiting User Info")
                                .upTo(500),
                        Column.of("actor", ColumnType.TEXT, "Who did it.", "Ana Reyes")
                                .requiredForNew()
                                .upTo(200)
                                .alsoKnownAs("user", "user_id", "changed_by")),
                null,
                null);
    }

    private static List<Column> columns() {
        return List.of(
                Column.reference("account", "accounts", "account_id", "Who asked.", "ACME-1")
                        .requiredForNew()
                        .alsoKnownAs("account_id", "customer", "customer_id", "company", "organization_id"),
                AccountReferences.contract(),
                AccountReferences.contractLine(),
                Column.reference("contact", "contacts", "contact_id", "The person who asked.", "P-77")
                        .alsoKnownAs("contact_id", "requester", "requester_id", "caller_id"),
                Column.of("subject", ColumnType.TEXT, "What it is about, in a line.", "Export stops at 10,000 rows")
                        .alsoKnownAs("title", "summary"),
                Column.of("opened_at", ColumnType.INSTANT, "When the customer asked.", "2026-11-18T09:12:00Z")
                        .requiredForNew()
                        .alsoKnownAs("created_at", "submitted_at", "opened", "created"),
                Column.of(
                                "first_response_at",
                                ColumnType.INSTANT,
                                "When a person first answered; an automatic receipt is no answer.",
                                "2026-11-18T09:40:00Z")
                        .alsoKnownAs("first_reply_at", "responded_at"),
                Column.of(
                                "first_response_minutes",
                                ColumnType.DECIMAL,
                                "Minutes to the first answer, where only the duration is known.",
                                "28")
                        .alsoKnownAs("first_response_time_minutes", "reply_time_in_minutes"),
                Column.of(
                                "resolved_at",
                                ColumnType.INSTANT,
                                "When the solution was given: not the automatic closing weeks later.",
                                "2026-11-19T15:00:00Z")
                        .alsoKnownAs("solved_at", "resolved"),
                Column.of("closed_at", ColumnType.INSTANT, "When nothing more could happen.", "2026-11-26T15:00:00Z")
                        .alsoKnownAs("closed"),
                Column.of("status", ColumnType.TEXT, "As the help desk names it.", "waiting for customer")
                        .upTo(100)
                        .alsoKnownAs("state", "incident_state"),
                priority(),
                Column.of("cause", ColumnType.TEXT, "Why it came up: how-to, defect, usability, request.", "how-to")
                        .upTo(200)
                        .alsoKnownAs("root_cause", "service_type", "category"),
                Column.of("product", ColumnType.TEXT, "The product concerned.", "Reports")
                        .upTo(200),
                Column.of("channel", ColumnType.TEXT, "How it came in: portal, mail, phone, chat.", "mail")
                        .upTo(100)
                        .alsoKnownAs("contact_type", "via"),
                Column.of("assignee", ColumnType.TEXT, "Who works on it.", "Ana Reyes")
                        .upTo(200)
                        .alsoKnownAs("assigned_to", "resource"),
                Column.reference("team", "teams", "team_id", "The team whose work it is.", "support-emea")
                        .alsoKnownAs("group", "group_id", "assignment_group"),
                Column.of(
                                "tags",
                                ColumnType.TEXT,
                                "Words that mark it, separated by commas.",
                                "billing, urgent customer")
                        .upTo(1000)
                        .alsoKnownAs("labels"),
                Column.of("satisfaction", ColumnType.DECIMAL, "What the customer answered afterwards.", "4")
                        .alsoKnownAs("satisfaction_score", "csat"),
                Column.of(
                        "satisfaction_scale",
                        ColumnType.DECIMAL,
                        "The best possible answer; 5 when not given. Never inferred from the answers.",
                        "5"),
                Column.of("reopened", ColumnType.INTEGER, "How often it was reopened.", "0")
                        .alsoKnownAs("reopen_count", "reopens"),
                Column.of("takeovers", ColumnType.INTEGER, "How often somebody took it in charge.", "1")
                        .alsoKnownAs("assignee_stations", "takeover_count"),
                Column.of("reassignments", ColumnType.INTEGER, "How often it was given to somebody else.", "0")
                        .alsoKnownAs("reassignment_count"),
                Column.of(
                                "waits",
                                ColumnType.INTEGER,
                                "How often it stood still until somebody else had acted: the customer, a supplier.",
                                "0")
                        .alsoKnownAs("wait_count", "on_hold_count"),
                Column.of("escalated", ColumnType.BOOLEAN, "Whether it was escalated.", "false")
                        .alsoKnownAs("escalation_flag", "is_escalated"),
                Column.of(
                                "promise_kept",
                                ColumnType.BOOLEAN,
                                "Whether the help desk that it comes from says that its service level was met.",
                                "true")
                        .alsoKnownAs("made_sla", "sla_met"));
    }

    /** Help desks number their priorities from 1, or have words of their own for four steps. */
    private static Column priority() {
        return Column.choice(
                        "priority",
                        PRIORITIES,
                        "How urgent it is. P1 to P4, 1 to 4, critical, normal and other usual words are understood.",
                        "high")
                .alsoReads("urgent", "p1", "1", "1 - critical", "critical", "blocker", "highest", "emergency", "sev1")
                .alsoReads("high", "p2", "2", "2 - high", "major", "important", "sev2")
                .alsoReads("medium", "p3", "3", "3 - moderate", "moderate", "normal", "standard", "default", "sev3")
                .alsoReads("low", "p4", "4", "4 - low", "minor", "lowest", "trivial", "p5", "5", "5 - planning", "sev4")
                .alsoKnownAs("severity", "urgency");
    }
}
