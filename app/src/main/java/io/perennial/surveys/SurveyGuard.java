package io.perennial.surveys;

import io.perennial.mail.LetterPreference;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Speaks for the reader right before a survey's letter leaves: the wish, the answer or the end may have come meanwhile. */
@Component
class SurveyGuard implements LetterPreference {

    static final String QUESTION = "survey-question";
    static final String REMINDER = "survey-reminder";
    static final String HEARD = "survey-heard";
    static final String REPLY = "survey-reply";

    private static final Set<String> QUESTIONS = Set.of(QUESTION, REMINDER);

    private final JdbcClient database;
    private final Clock clock;

    SurveyGuard(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<String> against(Addressed letter) {
        UUID contact = letter.contactId();
        if (!QUESTIONS.contains(letter.purpose()) || contact == null) {
            return Optional.empty();
        }
        return database.sql("""
                select case
                    when exists (select from surveys.unwilling u where u.contact_id = :contact or u.address_hash = %s)
                        then 'Wants no more surveys.'
                    when exists (select from accounts.contact p where p.id = :contact and p.left_on <= :today) then 'Has left the company.'
                    when not exists (select from surveys.invitation i join surveys.survey s on s.id = i.survey_id
                        where i.contact_id = :contact and i.answered_on is null and i.expires_at > :now and s.state = 'running')
                        then 'The question is answered or over.'
                    else '' end
                """.formatted(SurveyProtection.hash(":to")))
                .param("contact", contact)
                .param("to", letter.to())
                .param("today", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("now", Timestamp.from(clock.instant()))
                .query(String.class)
                .optional()
                .filter(why -> !why.isEmpty());
    }
}
