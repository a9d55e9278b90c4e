package io.perennial.cancellations;

import io.perennial.contracts.ReasonCategory;
import io.perennial.metrics.Interval;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What customers who left said, over all of them: how many were asked and answered, and their words. */
@Component
@Transactional(readOnly = true)
public class ExitVoices {

    public static final int PAGE = 30;

    /** The question of the survey's own words, beside those of the interview. */
    public static final String SURVEY = "survey";

    private static final int PERCENT = 100;

    private final JdbcClient database;

    ExitVoices(JdbcClient database) {
        this.database = database;
    }

    /**
     * How many losses of the period have a voice.
     *
     * @param asked cancellations asked by letter in the period
     * @param answered those of them that answered
     * @param interviewed interviews held in the period
     * @param finished those that were finished
     * @param wouldReturn answered that they would come back, or perhaps
     */
    public record Heard(long asked, long answered, long interviewed, long finished, long wouldReturn) {

        /** In percent; null when nobody was asked. */
        public @Nullable Long rate() {
            return asked == 0 ? null : Math.round((double) PERCENT * answered / asked);
        }

        public @Nullable Interval interval() {
            return asked == 0 ? null : Wilson.percent(answered, asked);
        }
    }

    /**
     * Something said.
     *
     * @param question column of the interview, or {@link #SURVEY}
     * @param reason that was answered or understood; null when none
     */
    public record Voice(
            LocalDate day,
            UUID account,
            String name,
            String question,
            @Nullable String reason,
            String words) {

        public String questionTitle() {
            return title(question);
        }

        public String reasonTitle() {
            return reason == null ? "" : ReasonCategory.titleOf(reason);
        }
    }

    /** @param more whether there are older ones */
    public record Page(List<Voice> voices, boolean more) {}

    public static String title(String question) {
        return Interviews.QUESTIONS.stream()
                .filter(one -> one.column().equals(question))
                .map(Interviews.Question::title)
                .findFirst()
                .orElse("In their own words, in the survey");
    }

    public static boolean isQuestion(String text) {
        return text.equals(SURVEY)
                || Interviews.QUESTIONS.stream().anyMatch(one -> one.column().equals(text));
    }

    public Heard heard(LossQuestion question) {
        return asked("""
                select s.asked, s.answered, s.back, i.held, i.finished
                from (
                    select count(distinct s.cancellation_id) as asked,
                        count(distinct s.cancellation_id) filter (where s.answered_at is not null) as answered,
                        count(distinct s.cancellation_id) filter (where s.come_back in ('yes', 'maybe')) as back
                    from cancellations.survey s join accounts.account a on a.id = s.account_id
                    where s.sent_at >= cast(:from as date)::timestamp at time zone 'UTC'
                      and s.sent_at < cast(:until as date)::timestamp at time zone 'UTC'
                      and (cast(:owner as uuid) is null or a.owner_id = :owner)
                ) s, (
                    select count(*) as held, count(*) filter (where i.finished) as finished
                    from cancellations.interview i join accounts.account a on a.id = i.account_id
                    where i.held_on >= :from and i.held_on < :until and (cast(:owner as uuid) is null or a.owner_id = :owner)
                ) i""", question)
                .query((row, number) -> new Heard(
                        row.getLong("asked"),
                        row.getLong("answered"),
                        row.getLong("held"),
                        row.getLong("finished"),
                        row.getLong("back")))
                .single();
    }

    /**
     * The latest first.
     *
     * @param reason only this category; empty for all
     * @param about only this question; empty for all
     */
    public Page page(LossQuestion question, String reason, String about, int page) {
        String told = Interviews.QUESTIONS.stream()
                .map(one -> "('%1$s', i.%1$s)".formatted(one.column()))
                .collect(Collectors.joining(", "));
        List<Voice> voices = asked("""
                select v.*, a.name
                from (
                    select (r.answered_at at time zone 'UTC')::date as day, r.account_id, '%s' as question,
                        case when jsonb_exists(r.attributes, 'reason') then contracts.reason_category(r.attributes ->> 'reason') end as reason,
                        r.comment as words
                    from surveys.survey_response r
                    where r.kind = 'exit' and r.answered_at >= cast(:from as date)::timestamp at time zone 'UTC'
                      and r.answered_at < cast(:until as date)::timestamp at time zone 'UTC' and r.comment <> ''
                    union all
                    select i.held_on, i.account_id, q.question, i.reason, q.words
                    from cancellations.interview i cross join lateral (values %s) as q (question, words)
                    where i.held_on >= :from and i.held_on < :until and q.words <> ''
                ) v
                join accounts.account a on a.id = v.account_id
                where (cast(:owner as uuid) is null or a.owner_id = :owner)
                  and (:reason = '' or v.reason = :reason) and (:about = '' or v.question = :about)
                order by v.day desc, a.name, v.account_id, v.question limit :limit offset :offset""".formatted(SURVEY, told), question)
                .param("reason", reason)
                .param("about", about)
                .param("limit", PAGE + 1)
                .param("offset", (page - 1) * PAGE)
                .query((row, number) -> new Voice(
                        row.getObject("day", LocalDate.class),
                        row.getObject("account_id", UUID.class),
                        row.getString("name"),
                        row.getString("question"),
                        row.getString("reason"),
                        Objects.requireNonNullElse(row.getString("words"), "")))
                .list();
        return new Page(voices.stream().limit(PAGE).toList(), voices.size() > PAGE);
    }

    private JdbcClient.StatementSpec asked(String sql, LossQuestion question) {
        return database.sql(sql)
                .param("from", question.from())
                .param("until", question.until())
                .param("owner", question.owner());
    }
}
