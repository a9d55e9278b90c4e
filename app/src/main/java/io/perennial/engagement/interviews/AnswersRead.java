package io.perennial.engagement.interviews;

import io.perennial.engagement.interviews.Questionnaire.Question;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.math3.distribution.TDistribution;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What customers answered to each question, across accounts: how many, the mean with its interval, moods, and the words. */
@Component
public class AnswersRead {

    public static final int PAGE = 50;

    /** Fewer say nothing about others. */
    private static final int FEWEST = 2;

    private final JdbcClient database;
    private final Questionnaires questionnaires;
    private final Clock clock;

    AnswersRead(JdbcClient database, Questionnaires questionnaires, Clock clock) {
        this.database = database;
        this.questionnaires = questionnaires;
        this.clock = clock;
    }

    /**
     * @param accounts customers who answered
     * @param mean of 1 to 5; null when nobody rated
     * @param low and high: 95 % interval of the mean by Student's t; null for fewer than two ratings
     * @param before mean of the same time before; null when nobody rated then
     */
    public record OfQuestion(
            Question question,
            long answers,
            long accounts,
            long rated,
            @Nullable Double mean,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double before,
            long positive,
            long negative,
            long openTasks) {}

    private record Sums(
            long answers,
            long accounts,
            long rated,
            double sum,
            double squares,
            long positive,
            long negative,
            long tasks,
            long ratedBefore,
            double sumBefore) {}

    /** Every question of every questionnaire in force, also those that nobody answered yet. @param days of the period, ending today */
    public List<OfQuestion> all(String segment, int days, Viewer viewer) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Map<String, Sums> sums = new HashMap<>();
        database.sql("""
                select w.question,
                    count(*) filter (where i.held_on > :from) as answers,
                    count(distinct w.account_id) filter (where i.held_on > :from) as accounts,
                    count(w.score) filter (where i.held_on > :from) as rated,
                    coalesce(sum(w.score) filter (where i.held_on > :from), 0) as total,
                    coalesce(sum(w.score * w.score) filter (where i.held_on > :from), 0) as squares,
                    count(*) filter (where i.held_on > :from and lower(w.sentiment) = 'content') as positive,
                    count(*) filter (where i.held_on > :from and lower(w.sentiment) in ('anxious', 'restless', 'angry')) as negative,
                    count(k.id) filter (where i.held_on > :from and k.done_at is null) as tasks,
                    count(w.score) filter (where i.held_on <= :from) as rated_before,
                    coalesce(sum(w.score) filter (where i.held_on <= :from), 0) as total_before
                from engagement.interview_answer w
                join engagement.interview i on i.id = w.interview_id
                join accounts.account a on a.id = i.account_id
                left join engagement.task k on k.id = w.task_id
                where i.held_on > :earlier and i.held_on <= :today and (:segment = '' or a.segment = :segment)
                  and (:everything or a.owner_id = :member)
                group by 1 limit 500
                """)
                .param("from", today.minusDays(days))
                .param("earlier", today.minusDays(2L * days))
                .param("today", today)
                .param("segment", segment)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query(row -> {
                    sums.put(
                            row.getString("question"),
                            new Sums(
                                    row.getLong("answers"),
                                    row.getLong("accounts"),
                                    row.getLong("rated"),
                                    row.getDouble("total"),
                                    row.getDouble("squares"),
                                    row.getLong("positive"),
                                    row.getLong("negative"),
                                    row.getLong("tasks"),
                                    row.getLong("rated_before"),
                                    row.getDouble("total_before")));
                });
        List<OfQuestion> all = new ArrayList<>();
        for (Questionnaires.Version version : questionnaires.inForce()) {
            for (Question question : version.read().questions()) {
                Sums known = sums.remove(question.key());
                if (all.stream().noneMatch(one -> one.question().key().equals(question.key()))) {
                    all.add(of(question, known == null ? new Sums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0) : known));
                }
            }
        }
        sums.forEach((key, known) ->
                all.add(of(new Question(key, "Asked earlier", key, "", known.rated() > 0), known)));
        return all;
    }

    private static OfQuestion of(Question question, Sums sums) {
        Double mean = sums.rated() == 0 ? null : sums.sum() / sums.rated();
        Double half = null;
        if (mean != null && sums.rated() >= FEWEST) {
            double variance = Math.max(0, (sums.squares() - sums.rated() * mean * mean) / (sums.rated() - 1));
            half = new TDistribution(sums.rated() - 1).inverseCumulativeProbability(0.975)
                    * Math.sqrt(variance / sums.rated());
        }
        return new OfQuestion(
                question,
                sums.answers(),
                sums.accounts(),
                sums.rated(),
                mean,
                mean == null || half == null ? null : Double.valueOf(Math.max(1, mean - half)),
                mean == null || half == null ? null : Double.valueOf(Math.min(5, mean + half)),
                sums.ratedBefore() == 0 ? null : sums.sumBefore() / sums.ratedBefore(),
                sums.positive(),
                sums.negative(),
                sums.tasks());
    }

    /** One answer among others. */
    public record Said(
            UUID interview,
            AccountId account,
            String accountName,
            LocalDate heldOn,
            @Nullable String contact,
            @Nullable String body,
            @Nullable Integer score,
            @Nullable String sentiment) {}

    /** Newest first. @param before the last of the page before; null for the first */
    public List<Said> to(
            String question, String segment, InterviewRows.@Nullable Before before, int most, Viewer viewer) {
        return database.sql("""
                select i.id, i.account_id, a.name, i.held_on, c.name as contact, w.body, w.score, w.sentiment
                from engagement.interview_answer w
                join engagement.interview i on i.id = w.interview_id
                join accounts.account a on a.id = i.account_id
                left join accounts.contact c on c.id = i.contact_id
                where w.question = :question and (:segment = '' or a.segment = :segment) and (:everything or a.owner_id = :member)
                  and (cast(:day as date) is null or (i.held_on, i.id) < (:day, :last))
                order by i.held_on desc, i.id desc limit :most
                """)
                .param("question", question)
                .param("segment", segment)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("day", before == null ? null : before.day(), Types.DATE)
                .param("last", before == null ? null : before.id(), Types.OTHER)
                .param("most", most)
                .query((row, number) -> new Said(
                        row.getObject(1, UUID.class),
                        new AccountId(row.getObject(2, UUID.class)),
                        row.getString(3),
                        row.getObject(4, LocalDate.class),
                        row.getString(5),
                        row.getString(6),
                        row.getObject(7, Integer.class),
                        row.getString(8)))
                .list();
    }
}
