package io.perennial.onboarding;

import static io.perennial.platform.records.ColumnType.BOOLEAN;
import static io.perennial.platform.records.ColumnType.DATE;
import static io.perennial.platform.records.ColumnType.INTEGER;
import static io.perennial.platform.records.ColumnType.TEXT;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Onboardings that another system runs or ran: past ones say what is usual. */
@Configuration(proxyBeanMethods = false)
class OnboardingRecords {

    static final String TYPE = "onboardings";
    static final String MILESTONES = "onboarding-milestones";

    @Bean
    RecordType onboardingsType() {
        return new RecordType(
                TYPE,
                "Onboardings",
                "The way of a customer from the contract to first value, as another system knows it.",
                "onboarding.onboarding",
                List.of(
                        account(),
                        Column.reference(
                                        "contract",
                                        "contracts",
                                        "contract_id",
                                        "External id of the contract.",
                                        "acme-2026")
                                .alsoKnownAs("contract_id", "contract_external_id"),
                        Column.of(
                                        "template",
                                        TEXT,
                                        "What kind of onboarding it is; those of one kind are compared with each other.",
                                        "Standard onboarding")
                                .upTo(120)
                                .alsoKnownAs("type", "playbook", "project_type", "onboarding_type"),
                        Column.of("started_on", DATE, "Day from which time to first value counts.", "2026-09-01")
                                .requiredForNew()
                                .alsoKnownAs("start_date", "started", "kick_off", "started_at"),
                        Column.of("first_value_on", DATE, "Day on which the customer got first value.", "2026-10-05")
                                .alsoKnownAs("first_value", "go_live", "live_on", "first_value_date"),
                        Column.of("finished_on", DATE, "Day on which it was over.", "2026-10-20")
                                .alsoKnownAs("end_date", "completed_on", "finished", "completed_at"),
                        Column.of("stopped_on", DATE, "Day on which it was given up.", "2026-10-20")
                                .alsoKnownAs("cancelled_on", "abandoned_on"),
                        Column.of("stopped_why", TEXT, "Why it was given up.", "The project sponsor left")
                                .upTo(500)
                                .alsoKnownAs("reason")),
                "account_id",
                null);
    }

    @Bean
    RecordType onboardingMilestonesType() {
        return new RecordType(
                MILESTONES,
                "Onboarding milestones",
                "Steps of an onboarding, when they were due and when they were reached.",
                "onboarding.milestone",
                List.of(
                        account(),
                        Column.reference(
                                        "onboarding",
                                        TYPE,
                                        "onboarding_id",
                                        "External id of the onboarding.",
                                        "acme-start")
                                .requiredForNew()
                                .alsoKnownAs("onboarding_id", "project", "project_id"),
                        Column.of("name", TEXT, "What is reached.", "In daily use")
                                .upTo(120)
                                .requiredForNew()
                                .alsoKnownAs("title", "milestone", "step"),
                        Column.of("position", INTEGER, "Its place in the order.", "5")
                                .alsoKnownAs("order", "sequence", "rank"),
                        Column.of("ours", TEXT, "Role of the vendor that sees to it.", "csm")
                                .upTo(60)
                                .alsoKnownAs("vendor_role", "owner_role"),
                        Column.of("theirs", TEXT, "Role of the customer that sees to it.", "champion")
                                .upTo(60)
                                .alsoKnownAs("customer_role", "contact_role"),
                        Column.of("days", INTEGER, "Days that it is expected to take.", "21")
                                .alsoKnownAs("expected_days", "duration"),
                        Column.of("opened_on", DATE, "Day on which it could begin.", "2026-09-15")
                                .alsoKnownAs("started_on", "start_date"),
                        Column.of("due_on", DATE, "Last day on which it is not overdue.", "2026-10-06")
                                .alsoKnownAs("due", "due_date", "deadline"),
                        Column.of("reached_on", DATE, "Day on which it was reached.", "2026-10-02")
                                .alsoKnownAs("completed_on", "done_on", "finished_on", "completed_at"),
                        Column.of("reached_by", TEXT, "Who says so.", "Ana Reyes")
                                .upTo(200)
                                .alsoKnownAs("completed_by"),
                        Column.of("first_value", BOOLEAN, "Whether this is the first value.", "true")
                                .alsoKnownAs("is_first_value")),
                "account_id",
                null);
    }

    private static Column account() {
        return Column.reference("account", "accounts", "account_id", "External id of the account.", "acme")
                .requiredForNew()
                .alsoKnownAs("account_id", "account_external_id", "company_id", "customer_id");
    }
}
