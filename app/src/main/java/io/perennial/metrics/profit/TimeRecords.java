package io.perennial.metrics.profit;

import static io.perennial.platform.records.ColumnType.DATE;
import static io.perennial.platform.records.ColumnType.DECIMAL;
import static io.perennial.platform.records.ColumnType.TEXT;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a company may bring about the time that it spends on its customers. */
@Configuration(proxyBeanMethods = false)
class TimeRecords {

    @Bean
    RecordType timeEntriesType() {
        return new RecordType(
                "time-entries",
                "Time entries",
                "Time that somebody spent on a customer; with cost rates it says what service costs.",
                "metrics.time_entry",
                List.of(
                        Column.reference("account", "accounts", "account_id", "External id of the account.", "acme")
                                .requiredForNew()
                                .alsoKnownAs("account_id", "account_external_id", "company_id", "customer_id"),
                        Column.reference(
                                        "member",
                                        "team-members",
                                        "member_id",
                                        "External id or e-mail of the team member who spent it.",
                                        "ana.reyes@example.com")
                                .alsoKnownAs("team_member", "person", "user", "employee"),
                        Column.reference("case", "cases", "case_id", "External id of the case that it was for.", "4711")
                                .alsoKnownAs("case_id", "ticket", "ticket_id"),
                        Column.of("activity", TEXT, "What it was, in your own word.", "onboarding")
                                .upTo(60)
                                .requiredForNew()
                                .alsoKnownAs("type", "task", "category", "service"),
                        Column.of("program", TEXT, "Program that it was delivered under.", "Premier")
                                .upTo(100)
                                .alsoKnownAs("plan", "service_level"),
                        Column.of("day", DATE, "On which day.", "2026-11-20")
                                .requiredForNew()
                                .alsoKnownAs("date", "worked_on", "spent_on"),
                        Column.of("minutes", DECIMAL, "How many minutes, at most those of a day.", "45")
                                .requiredForNew()
                                .alsoKnownAs("duration_minutes", "time_minutes"),
                        Column.of("note", TEXT, "What else to know.", "Workshop with the planners")
                                .upTo(1000)
                                .alsoKnownAs("description", "comment")),
                "account_id",
                null);
    }
}
