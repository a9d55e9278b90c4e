package io.perennial.engagement.interviews;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads interviews, newest first. */
@Repository
public class InterviewRows {

    public static final int PAGE = 50;

    private static final String SELECT = """
            select i.*, a.name as account_name, c.name as contact_name, m.name as member_name
            from engagement.interview i join accounts.account a on a.id = i.account_id
            left join accounts.contact c on c.id = i.contact_id
            left join identity.team_member m on m.id = i.member_id
            where (:everything or a.owner_id = :member)
            """;

    private final JdbcClient database;

    InterviewRows(JdbcClient database) {
        this.database = database;
    }

    public Optional<Interview> find(UUID id, Viewer viewer) {
        return database.sql(SELECT + " and i.id = :id")
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("id", id)
                .query((row, number) -> interview(row, answers(id)))
                .optional();
    }

    /**
     * Without their answers.
     *
     * @param account null for all
     * @param before day and identity of the last of the page before; null for the first page
     */
    public List<Interview> list(
            @Nullable AccountId account, String segment, @Nullable Before before, int most, Viewer viewer) {
        return database.sql(SELECT + """
                 and (cast(:account as uuid) is null or i.account_id = :account) and (:segment = '' or a.segment = :segment)
                 and (cast(:day as date) is null or (i.held_on, i.id) < (:day, :last))
                order by i.held_on desc, i.id desc limit :most
                """)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("account", account == null ? null : account.value(), Types.OTHER)
                .param("segment", segment)
                .param("day", before == null ? null : before.day(), Types.DATE)
                .param("last", before == null ? null : before.id(), Types.OTHER)
                .param("most", most)
                .query((row, number) -> interview(row, List.of()))
                .list();
    }

    /** The last of a page. */
    public record Before(LocalDate day, UUID id) {}

    /** The last few of an account with their answers, newest first. */
    public List<Interview> of(AccountId account, int most, Viewer viewer) {
        return list(account, "", null, most, viewer).stream()
                .map(one -> new Interview(
                        one.id(),
                        one.externalId(),
                        one.version(),
                        one.account(),
                        one.accountName(),
                        one.heldOn(),
                        one.contact(),
                        one.contactName(),
                        one.memberName(),
                        one.questionnaire(),
                        one.questionnaireVersion(),
                        one.summary(),
                        one.sentiment(),
                        answers(one.id())))
                .toList();
    }

    private List<Interview.Answer> answers(UUID interview) {
        return database.sql("""
                select w.id, w.question, w.body, w.score, w.sentiment, k.id as task_id, k.title as task, k.done_at is not null as done
                from engagement.interview_answer w left join engagement.task k on k.id = w.task_id
                where w.interview_id = :interview order by w.created_at, w.id limit 200
                """)
                .param("interview", interview)
                .query((row, number) -> new Interview.Answer(
                        row.getObject("id", UUID.class),
                        row.getString("question"),
                        row.getString("body"),
                        row.getObject("score", Integer.class),
                        row.getString("sentiment"),
                        row.getObject("task_id", UUID.class),
                        row.getString("task"),
                        row.getBoolean("done")))
                .list();
    }

    private static Interview interview(ResultSet row, List<Interview.Answer> answers) throws SQLException {
        return new Interview(
                row.getObject("id", UUID.class),
                row.getString("external_id"),
                row.getInt("version"),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("account_name"),
                row.getObject("held_on", LocalDate.class),
                row.getObject("contact_id", UUID.class),
                row.getString("contact_name"),
                row.getString("member_name"),
                row.getString("questionnaire"),
                row.getObject("questionnaire_version", Integer.class),
                row.getString("summary"),
                row.getString("sentiment"),
                answers);
    }
}
