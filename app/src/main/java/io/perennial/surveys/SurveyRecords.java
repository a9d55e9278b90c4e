package io.perennial.surveys;

import io.perennial.accounts.AccountReferences;
import io.perennial.platform.records.Column;
import io.perennial.platform.records.ColumnType;
import io.perennial.platform.records.RecordType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Declares the record type {@code survey-responses}. */
@Configuration(proxyBeanMethods = false)
class SurveyRecords {

    static final String TYPE = "survey-responses";

    static final List<String> KINDS = List.of("nps", "csat", "ces", "success", "renewal", "exit");

    @Bean
    RecordType surveyResponses() {
        return new RecordType(
                TYPE,
                "Survey responses",
                "What a customer answered when asked: recommendation, satisfaction, effort, success, renewal, exit.",
                "surveys.survey_response",
                columns(),
                "account_id",
                null);
    }

    private static List<Column> columns() {
        return List.of(
                Column.reference("account", "accounts", "account_id", "Who answered.", "ACME-1")
                        .requiredForNew()
                        .alsoKnownAs("account_id", "customer", "customer_id", "company"),
                AccountReferences.contract(),
                AccountReferences.contractLine(),
                Column.reference("contact", "contacts", "contact_id", "The person who answered.", "P-77")
                        .alsoKnownAs("contact_id", "respondent", "respondent_id"),
                Column.choice("kind", KINDS, "What was asked.", "nps")
                        .requiredForNew()
                        .alsoKnownAs("type", "survey_type"),
                Column.of("score", ColumnType.DECIMAL, "The answer as a number.", "9")
                        .alsoKnownAs("rating", "answer"),
                Column.of(
                        "scale_max",
                        ColumnType.DECIMAL,
                        "The best possible answer; 10 for nps and 5 for the others when not given.",
                        "10"),
                Column.of("comment", ColumnType.TEXT, "The answer in words.", "Great support, slow exports.")
                        .upTo(10_000)
                        .alsoKnownAs("feedback", "feedback_text", "verbatim"),
                Column.of("survey", ColumnType.TEXT, "Which survey it belongs to.", "Spring 2026")
                        .upTo(200)
                        .alsoKnownAs("survey_name", "campaign"),
                Column.of("asked_at", ColumnType.INSTANT, "When the question was sent.", "2026-11-01T08:00:00Z")
                        .alsoKnownAs("sent_at"),
                Column.of("answered_at", ColumnType.INSTANT, "When the answer came.", "2026-11-03T10:15:00Z")
                        .requiredForNew()
                        .alsoKnownAs("responded_at", "submitted_at", "date"));
    }
}
