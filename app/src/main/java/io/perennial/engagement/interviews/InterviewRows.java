package io.perennial.engagement.interviews;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
                .query((row, number) -> interview(row, answers(List.of(id)).getOrDefault(id, List.of())))
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
        List<Interview> found = list(account, "", null, most, viewer);
        Map<UUID, List<Interview.Answer>> answers =
                answers(found.stream().map(Interview::id).toList());
        return found.stream()
                .map(one -> one.with(answers.getOrDefault(one.id(), List.of())))
                .toList();
    }

    private Map<UUID, List<Interview.Answer>> answers(List<UUID> interviews) {
        Map<UUID, List<Interview.Answer>> answers = new HashMap<>();
        database.sql("""
                select w.interview_id, w.id, w.question, w.body, w.score, w.sentiment, k.id as task_id, k.title as task,
                    k.done_at is not null as done
                from engagement.interview_answer w left join engagement.task k on k.id = w.task_id
                where w.interview_id = any(:interviews) order by w.created_at, w.id limit 1000
                """).param("interviews", interviews.toArray(UUID[]::new)).query(row -> {
            answers.computeIfAbsent(row.getObject("interview_id", UUID.class), none -> new ArrayList<>())
                    .add(answer(row));
        });
        return answers;
    }

    private static Interview.Answer answer(ResultSet row) throws SQLException {
        return new Interview.Answer(
                row.getObject("id", UUID.class),
                row.getString("question"),
                row.getString("body"),
                row.getObject("score", Integer.class),
                row.getString("sentiment"),
                row.getObject("task_id", UUID.class),
                row.getString("task"),
                row.getBoolean("done"));
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
