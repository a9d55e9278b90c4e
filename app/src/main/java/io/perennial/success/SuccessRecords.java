package io.perennial.success;

import static io.perennial.platform.records.ColumnType.BOOLEAN;
import static io.perennial.platform.records.ColumnType.CURRENCY;
import static io.perennial.platform.records.ColumnType.DATE;
import static io.perennial.platform.records.ColumnType.DECIMAL;
import static io.perennial.platform.records.ColumnType.MONEY;
import static io.perennial.platform.records.ColumnType.TEXT;
import static io.perennial.platform.records.ColumnType.TEXT_LIST;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Plans and outcomes as records that a company may bring from where it kept them before. */
@Configuration(proxyBeanMethods = false)
class SuccessRecords {

    static final String OUTCOMES = "outcomes";

    @Bean
    RecordType successPlansType() {
        return new RecordType(
                "success-plans",
                "Success plans",
                "What customers want to reach with the product, by their own definition.",
                "success.plan",
                List.of(
                        account(),
                        Column.of("name", TEXT, "What the customer wants to reach.", "Departures on a plan that holds")
                                .upTo(200)
                                .requiredForNew()
                                .alsoKnownAs("title", "plan_name", "success_plan"),
                        Column.choice(
                                        "state",
                                        List.of("draft", "open", "closed"),
                                        "How far the plan is; open when nothing is said.",
                                        "open")
                                .alsoReads("open", "active", "in progress", "running")
                                .alsoReads("closed", "done", "completed", "finished")
                                .alsoKnownAs("status"),
                        Column.reference(
                                        "owner",
                                        "team-members",
                                        "owner_id",
                                        "Who leads it; else who owns the account.",
                                        "ana")
                                .alsoKnownAs("owner_id", "csm"),
                        Column.of("starts_on", DATE, "First day.", "2026-01-15").alsoKnownAs("start_date"),
                        Column.of("ends_on", DATE, "When it is to be reached.", "2026-12-31")
                                .alsoKnownAs("end_date", "target_date", "due_date"),
                        Column.of("closed_on", DATE, "When it was closed.", "2026-11-20")
                                .alsoKnownAs("completed_on"),
                        Column.of("result", TEXT, "What came of it.", "All terminals work with it")
                                .upTo(2000),
                        Column.of(
                                "features",
                                TEXT_LIST,
                                "Features that serve the goals, by their names in usage. A fall of their use is the first red"
                                        + " flag.",
                                "plans|export"),
                        Column.of("hours", DECIMAL, "Hours that the customer's people spend on it in a year.", "120"),
                        Column.of("hour_cost", MONEY, "Cost of one of these hours.", "60.00"),
                        Column.of("currency", CURRENCY, "Currency of the cost.", "EUR")
                                .alsoKnownAs("currency_code"),
                        Column.of("blueprint", TEXT, "Key of the blueprint that it began with.", "transport")
                                .upTo(60),
                        Column.of("note", TEXT, "What else matters.", "Agreed in the kick-off.")
                                .upTo(4000)
                                .alsoKnownAs("description", "notes")),
                "account_id",
                null);
    }

    @Bean
    RecordType outcomesType() {
        return new RecordType(
                OUTCOMES,
                "Outcomes",
                "What is measured in success plans: baseline, target, actual. Each actual stays in the history of its day.",
                "success.outcome",
                List.of(
                        account(),
                        Column.reference("plan", "success-plans", "plan_id", "The success plan.", "oslo-departures")
                                .requiredForNew()
                                .alsoKnownAs("plan_id", "success_plan"),
                        Column.of(
                                        "objective",
                                        TEXT,
                                        "The objective in the customer's words.",
                                        "Every departure leaves on a plan")
                                .upTo(300)
                                .alsoKnownAs("goal"),
                        Column.of("name", TEXT, "What is measured.", "Plans changed on the day")
                                .upTo(200)
                                .requiredForNew()
                                .alsoKnownAs("outcome", "measure_name", "title", "kpi"),
                        Column.of("unit", TEXT, "In which unit.", "%").upTo(40),
                        Column.of("baseline", DECIMAL, "Where it began.", "30").alsoKnownAs("start_value", "from"),
                        Column.of("target", DECIMAL, "Where it is to go.", "10").alsoKnownAs("target_value", "to"),
                        Column.of("actual", DECIMAL, "Where it is.", "18").alsoKnownAs("actual_value", "current_value"),
                        Column.of("actual_on", DATE, "The day of the actual; today when not said.", "2026-11-20")
                                .alsoKnownAs("measured_on"),
                        Column.choice(
                                        "direction",
                                        List.of("up", "down"),
                                        "Which way is better; asked only where no baseline tells.",
                                        "down")
                                .alsoReads("up", "increase", "higher")
                                .alsoReads("down", "decrease", "lower"),
                        Column.of("reached", BOOLEAN, "Of an outcome without numbers: whether it is reached.", "true"),
                        Column.of("weight", DECIMAL, "How much it counts; one when not said.", "2"),
                        Column.of("due_on", DATE, "When it is to be reached.", "2026-12-31")
                                .alsoKnownAs("due_date", "target_date"),
                        Column.of("measure", TEXT, "A live measure that the actual is read from.", "active_users")
                                .upTo(60),
                        Column.of("subject", TEXT, "Feature of the live measure.", "export")
                                .upTo(200),
                        Column.of(
                                        "value",
                                        MONEY,
                                        "What it is worth to the customer in a year when it is reached.",
                                        "40000.00")
                                .alsoKnownAs("worth", "benefit"),
                        Column.of("currency", CURRENCY, "Currency of the worth.", "EUR")
                                .alsoKnownAs("currency_code"),
                        Column.of(
                                        "value_basis",
                                        TEXT,
                                        "How the worth comes about, and who said so.",
                                        "8 hours a week at 95 EUR")
                                .upTo(500)),
                "account_id",
                null);
    }

    private static Column account() {
        return Column.reference("account", "accounts", "account_id", "External id of the account.", "acme")
                .requiredForNew()
                .alsoKnownAs("account_id", "account_external_id", "company_id", "customer_id");
    }
}
