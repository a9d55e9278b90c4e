package io.perennial.surveys;

import io.perennial.mail.MailAddress;
import io.perennial.mail.Outbox;
import io.perennial.platform.web.PublicAddress;
import io.perennial.shared.Actor;
import io.perennial.shared.SecretText;
import io.perennial.surveys.SurveyAudience.Person;
import io.perennial.surveys.SurveyLetters.Written;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reminds who has not answered, once. The reminder carries a link of its own, since only the hash of the first is kept; both lead to
 * the same question.
 */
@Component
@Transactional
public class SurveyReminders {

    private static final int BATCH = 100;

    private final JdbcClient database;
    private final SurveyDefinitions definitions;
    private final Outbox outbox;
    private final PublicAddress address;
    private final Clock clock;

    SurveyReminders(
            JdbcClient database, SurveyDefinitions definitions, Outbox outbox, PublicAddress address, Clock clock) {
        this.database = database;
        this.definitions = definitions;
        this.outbox = outbox;
        this.address = address;
        this.clock = clock;
    }

    private record Due(UUID id, UUID survey, String language, Instant expires, Person person) {}

    /** @return how many were taken off the list; call again until none is */
    public int remind() {
        if (!address.isKnown()) {
            return 0;
        }
        List<Due> due = database.sql("""
                select i.id, i.survey_id, i.language, i.expires_at, p.id as person, p.name, p.email, i.account_id, a.name as account_name,
                    m.name as owner_name
                from surveys.invitation i
                join surveys.survey s on s.id = i.survey_id
                join accounts.account a on a.id = i.account_id
                left join accounts.contact p on p.id = i.contact_id
                left join identity.team_member m on m.id = a.owner_id
                where i.remind_at <= :now and s.state = 'running'
                order by i.remind_at limit :most for update of i skip locked
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("most", BATCH)
                .query((row, number) -> new Due(
                        row.getObject("id", UUID.class),
                        row.getObject("survey_id", UUID.class),
                        row.getString("language"),
                        row.getTimestamp("expires_at").toInstant(),
                        new Person(
                                row.getObject("person", UUID.class),
                                row.getString("name") == null ? "" : row.getString("name"),
                                row.getString("email"),
                                row.getObject("account_id", UUID.class),
                                row.getString("account_name"),
                                row.getString("owner_name"),
                                row.getString("language"),
                                null,
                                null,
                                "",
                                null,
                                null)))
                .list();
        due.forEach(this::remind);
        return due.size();
    }

    private void remind(Due due) {
        String email = due.person().email();
        boolean open = database.sql("""
                update surveys.invitation set remind_at = null
                where id = :id returning answered_on is null and expires_at > :now
                """)
                .param("id", due.id())
                .param("now", Timestamp.from(clock.instant()))
                .query(Boolean.class)
                .single();
        if (!open || email == null || !MailAddress.isAddress(email)) {
            return;
        }
        Survey survey = definitions.find(due.survey()).orElseThrow();
        String token = SurveyRounds.TEXT.fresh();
        String link = address.of(SurveyLetters.PATH + token).orElseThrow();
        Written letter = SurveyLetters.write(
                survey,
                due.language(),
                due.person().values(),
                link,
                LocalDate.ofInstant(due.expires(), ZoneOffset.UTC),
                true);
        UUID posted = outbox.post(
                SurveyLetters.letter(
                        "survey-reminder:" + due.id(),
                        due.person(),
                        letter,
                        link,
                        SurveyGuard.REMINDER,
                        due.person().id()),
                Actor.SYSTEM);
        database.sql("update surveys.invitation set reminder_id = :letter, reminder_hash = :hash where id = :id")
                .param("letter", posted)
                .param("hash", SecretText.hashAsText(token))
                .param("id", due.id())
                .update();
    }
}
