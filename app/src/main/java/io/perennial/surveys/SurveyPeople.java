package io.perennial.surveys;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who was asked by a survey, who answered and who is silent; and its answers, row by row, for files. */
@Component
@Transactional(readOnly = true)
public class SurveyPeople {

    public static final int PAGE = 50;

    private final JdbcClient database;

    SurveyPeople(JdbcClient database) {
        this.database = database;
    }

    /** Which of those asked. */
    public enum Show {
        ALL("all", "Asked", "true"),
        ANSWERED("answered", "Answered", "i.answered_on is not null"),
        SILENT("silent", "Silent", "i.answered_on is null"),
        NOT_REACHED(
                "not-reached", "Not reached", "i.answered_on is null and l.state in ('bounced', 'failed', 'withheld')");

        private final String key;
        private final String title;
        private final String condition;

        Show(String key, String title, String condition) {
            this.key = key;
            this.title = title;
            this.condition = condition;
        }

        public String key() {
            return key;
        }

        public String title() {
            return title;
        }

        public static Show of(String key) {
            for (Show show : values()) {
                if (show.key.equals(key)) {
                    return show;
                }
            }
            return ALL;
        }
    }

    /**
     * @param letter what became of the letter, in words of the product
     * @param answeredOn null where answers are anonymous: who answered is not shown
     * @param response to look at; null without or where answers are anonymous
     */
    public record Row(
            UUID id,
            AccountId account,
            String accountName,
            String person,
            @Nullable String role,
            String language,
            Instant askedAt,
            boolean reminded,
            @Nullable String letter,
            @Nullable String words,
            @Nullable LocalDate answeredOn,
            @Nullable Integer score,
            @Nullable UUID response) {}

    public record Page(List<Row> rows, @Nullable String next) {}

    /** Latest asked first. Of an anonymous survey nobody is told who answered and who did not. */
    public Page page(Survey survey, Show show, @Nullable String before, Viewer viewer) {
        LeftOut.Cursor cursor = LeftOut.Cursor.of(before);
        Show allowed = survey.anonymous() && show != Show.NOT_REACHED ? Show.ALL : show;
        List<Row> rows = database.sql("""
                select i.*, a.name as account_name, coalesce(p.name, 'Somebody who is not known any more') as person, l.state,
                    l.words, round(r.score)::int as score
                from surveys.invitation i
                join accounts.account a on a.id = i.account_id
                left join accounts.contact p on p.id = i.contact_id
                left join mail.letter l on l.id = i.letter_id
                left join surveys.survey_response r on r.id = i.response_id
                where i.survey_id = :survey and (:everything or a.owner_id = :me) and %s
                  and (cast(:at as timestamptz) is null or (i.asked_at, i.id) < (:at, :id))
                order by i.asked_at desc, i.id desc limit :most
                """.formatted(allowed.condition))
                .param("survey", survey.id())
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .param("at", cursor.at())
                .param("id", cursor.id())
                .param("most", PAGE + 1)
                .query((row, number) -> new Row(
                        row.getObject("id", UUID.class),
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getString("account_name"),
                        row.getString("person"),
                        row.getString("role"),
                        row.getString("language"),
                        row.getTimestamp("asked_at").toInstant(),
                        row.getObject("reminder_id") != null && !survey.anonymous(),
                        row.getString("state"),
                        row.getString("words"),
                        survey.anonymous() ? null : row.getObject("answered_on", LocalDate.class),
                        row.getObject("score", Integer.class),
                        row.getObject("response_id", UUID.class)))
                .list();
        boolean more = rows.size() > PAGE;
        List<Row> shown = more ? rows.subList(0, PAGE) : rows;
        return new Page(
                shown, more ? shown.getLast().askedAt() + "~" + shown.getLast().id() : null);
    }

    /** An answer as a file has it; without names, account and day where answers are anonymous. */
    public record Exported(
            @Nullable Instant answeredAt,
            @Nullable String account,
            @Nullable String accountName,
            @Nullable String contact,
            @Nullable String person,
            @Nullable String segment,
            @Nullable String role,
            String language,
            int score,
            @Nullable String comment,
            @Nullable String tone,
            @Nullable LocalDate dueOn,
            @Nullable LocalDate doneOn,
            @Nullable String outcome) {}

    /** Hands over every answer without holding them all. */
    public void each(Survey survey, Viewer viewer, Consumer<Exported> reader) {
        if (survey.anonymous()) {
            if (viewer.everything() || viewer.memberId().equals(survey.portfolioOf())) {
                eachNameless(survey, reader);
            }
            return;
        }
        database.sql("""
                select r.answered_at, a.external_id as account, a.name as account_name, p.external_id as contact, p.name as person, i.segment,
                    i.role, i.language, round(r.score)::int as score, r.comment, coalesce(t.corrected, t.said) as tone, f.due_on,
                    (k.done_at at time zone 'UTC')::date as done_on, k.outcome
                from surveys.invitation i
                join surveys.survey_response r on r.id = i.response_id
                join accounts.account a on a.id = r.account_id
                left join accounts.contact p on p.id = r.contact_id
                left join surveys.tone t on t.answer_id = r.id
                left join surveys.follow_up f on f.response_id = r.id
                left join engagement.task k on k.id = f.task_id
                where i.survey_id = :survey and r.score is not null and (:everything or a.owner_id = :me)
                order by r.answered_at, r.id
                """)
                .withFetchSize(1_000)
                .param("survey", survey.id())
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query(row -> {
                    Timestamp at = row.getTimestamp("answered_at");
                    reader.accept(new Exported(
                            at.toInstant(),
                            row.getString("account"),
                            row.getString("account_name"),
                            row.getString("contact"),
                            row.getString("person"),
                            row.getString("segment"),
                            row.getString("role"),
                            row.getString("language"),
                            row.getInt("score"),
                            row.getString("comment"),
                            row.getString("tone"),
                            row.getObject("due_on", LocalDate.class),
                            row.getObject("done_on", LocalDate.class),
                            row.getString("outcome")));
                });
    }

    private void eachNameless(Survey survey, Consumer<Exported> reader) {
        database.sql("""
                select n.score, n.comment, n.language, coalesce(t.corrected, t.said) as tone
                from surveys.anonymous_answer n left join surveys.tone t on t.answer_id = n.id
                where n.survey_id = :survey and (select count(*) from surveys.anonymous_answer c where c.survey_id = :survey) >= :few
                order by n.id
                """)
                .withFetchSize(1_000)
                .param("survey", survey.id())
                .param("few", Estimate.FEW)
                .query(row -> {
                    reader.accept(new Exported(
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            "",
                            row.getInt("score"),
                            row.getString("comment"),
                            row.getString("tone"),
                            null,
                            null,
                            null));
                });
    }
}
