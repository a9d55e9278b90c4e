package io.perennial.engagement.interviews;

import static io.perennial.platform.records.ColumnType.DATE;
import static io.perennial.platform.records.ColumnType.INTEGER;
import static io.perennial.platform.records.ColumnType.TEXT;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a company may bring about relationship interviews. */
@Configuration(proxyBeanMethods = false)
class InterviewRecords {

    static final String INTERVIEWS = "interviews";
    static final String ANSWERS = "interview-answers";

    @Bean
    RecordType interviewsType() {
        return new RecordType(
                INTERVIEWS,
                "Interviews",
                "Relationship interviews: with whom, when, by which questionnaire, and what came of it.",
                "engagement.interview",
                List.of(
                        Column.reference("account", "accounts", "account_id", "External id of the account.", "acme")
                                .requiredForNew()
                                .alsoKnownAs("account_id", "account_external_id", "company_id", "customer_id"),
                        Column.of("held_on", DATE, "Day of the interview.", "2026-11-20")
                                .requiredForNew()
                                .alsoKnownAs("date", "interview_date"),
                        Column.of("questionnaire", TEXT, "Name of the questionnaire.", Questionnaire.USUAL_NAME)
                                .requiredForNew()
                                .upTo(100)
                                .alsoKnownAs("template"),
                        Column.of("questionnaire_version", INTEGER, "Its version; 0 for the shipped one.", "1"),
                        Column.reference("contact", "contacts", "contact_id", "External id of the person.", "mia")
                                .alsoKnownAs("contact_id", "person"),
                        Column.reference(
                                        "member",
                                        "team-members",
                                        "member_id",
                                        "External id or e-mail of the team member who asked.",
                                        "ana.reyes@example.com")
                                .alsoKnownAs("team_member", "interviewer"),
                        Column.of("summary", TEXT, "What came of it.", "Content, but the sponsor leaves in March.")
                                .upTo(20_000),
                        Column.of("sentiment", TEXT, "How it felt; your own word.", "content")
                                .upTo(60)
                                .alsoKnownAs("mood")),
                "account_id",
                null);
    }

    @Bean
    RecordType interviewAnswersType() {
        return new RecordType(
                ANSWERS,
                "Interview answers",
                "What was answered to one question of an interview, in words and as 1 to 5.",
                "engagement.interview_answer",
                List.of(
                        Column.reference("account", "accounts", "account_id", "External id of the account.", "acme")
                                .requiredForNew()
                                .alsoKnownAs("account_id", "customer_id"),
                        Column.reference(
                                        "interview",
                                        INTERVIEWS,
                                        "interview_id",
                                        "External id of the interview.",
                                        "acme-2026")
                                .requiredForNew()
                                .alsoKnownAs("interview_id"),
                        Column.of("question", TEXT, "Key of the question in the questionnaire.", "goals")
                                .requiredForNew()
                                .upTo(40)
                                .alsoKnownAs("question_key"),
                        Column.of("body", TEXT, "The answer in words.", "Two warehouses live by June.")
                                .upTo(10_000)
                                .alsoKnownAs("answer", "text"),
                        Column.of("score", INTEGER, "1 to 5, where the question is rated.", "4")
                                .alsoKnownAs("rating"),
                        Column.of("sentiment", TEXT, "How the answer sounded; your own word.", "anxious")
                                .upTo(60)
                                .alsoKnownAs("mood")),
                "account_id",
                null);
    }
}
