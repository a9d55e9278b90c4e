package io.perennial.training;

import static io.perennial.platform.records.ColumnType.DATE;
import static io.perennial.platform.records.ColumnType.DECIMAL;
import static io.perennial.platform.records.ColumnType.INTEGER;
import static io.perennial.platform.records.ColumnType.TEXT;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a learning system brings: its courses, and who completed them. */
@Configuration(proxyBeanMethods = false)
class TrainingRecords {

    static final String COURSES = "courses";
    static final String COMPLETIONS = "training-completions";

    @Bean
    RecordType coursesType() {
        return new RecordType(
                COURSES,
                "Courses",
                "What customers can learn, how long it takes, what it teaches, and whether it is part of what they bought.",
                "training.course",
                List.of(
                        Column.of("name", TEXT, "What people call it.", "Planning routes")
                                .upTo(200)
                                .requiredForNew()
                                .alsoKnownAs("title", "course", "course_name"),
                        Column.of("description", TEXT, "What one can do afterwards.", "Plan a day for ten drivers")
                                .upTo(2000)
                                .alsoKnownAs("summary"),
                        Column.of("url", TEXT, "Where it is taken.", "https://learn.example.com/routes")
                                .upTo(500)
                                .alsoKnownAs("link"),
                        Column.choice(
                                "kind",
                                List.of("free", "entitled"),
                                "Entitled courses draw units of the program that the customer bought.",
                                "free"),
                        Column.of("unit", TEXT, "Unit of the program that an entitled course draws.", "training")
                                .upTo(100)
                                .alsoKnownAs("entitlement"),
                        Column.of("units", DECIMAL, "How much of it for each person; one when not said.", "1")
                                .alsoKnownAs("credits"),
                        Column.of("feature", TEXT, "Feature of the product that it teaches.", "Route planner")
                                .upTo(200),
                        Column.of("minutes", INTEGER, "How long it takes.", "45")
                                .alsoKnownAs("duration"),
                        Column.of(
                                        "days",
                                        INTEGER,
                                        "Days to complete it in once it is assigned; 30 when not said.",
                                        "30")
                                .alsoKnownAs("due_days"),
                        Column.of(
                                        "expires_months",
                                        INTEGER,
                                        "Months after which it has to be taken again; never when not said.",
                                        "24")
                                .alsoKnownAs("valid_months"),
                        Column.of("badge", TEXT, "What somebody who completed it may call themselves.", "Route planner")
                                .upTo(100),
                        Column.of(
                                        "retired_on",
                                        DATE,
                                        "Day from which nobody is asked to take it any more.",
                                        "2027-01-01")
                                .alsoKnownAs("archived_on")),
                null,
                null);
    }

    @Bean
    RecordType trainingCompletionsType() {
        return new RecordType(
                COMPLETIONS,
                "Training completions",
                "Who completed which course, and when.",
                "training.completion",
                List.of(
                        Column.reference("account", "accounts", "account_id", "External id of the account.", "acme")
                                .requiredForNew()
                                .alsoKnownAs("account_id", "account_external_id", "company_id", "customer_id"),
                        Column.reference("contact", "contacts", "contact_id", "External id of the contact.", "acme-eva")
                                .requiredForNew()
                                .alsoKnownAs("contact_id", "learner", "user_id", "email"),
                        Column.reference("course", COURSES, "course_id", "External id of the course.", "routes")
                                .requiredForNew()
                                .alsoKnownAs("course_id", "course_external_id"),
                        Column.of("completed_on", DATE, "Day of completion.", "2026-10-02")
                                .requiredForNew()
                                .alsoKnownAs("completed_at", "date", "completion_date"),
                        Column.of("score", DECIMAL, "Result, in percent.", "92").alsoKnownAs("result", "grade"),
                        Column.of(
                                        "expires_on",
                                        DATE,
                                        "Last day on which it counts, when that differs from what the course says.",
                                        "2028-10-02")
                                .alsoKnownAs("valid_until", "expiry_date")),
                "account_id",
                null);
    }
}
