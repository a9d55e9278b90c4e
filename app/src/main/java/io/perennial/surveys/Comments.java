package io.perennial.surveys;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What customers wrote, with its tone; of all surveys or one. */
@Component
@Transactional(readOnly = true)
public class Comments {

    public static final int PAGE = 50;

    /** Themes are counted over so many of the latest comments. */
    static final int LATEST = 2_000;

    private final JdbcClient database;

    Comments(JdbcClient database) {
        this.database = database;
    }

    /**
     * What is looked for.
     *
     * @param survey null for all
     * @param kind of answers, or empty
     * @param tone negative, neutral, positive, or empty
     * @param word that must occur, or empty
     */
    public record Asked(@Nullable UUID survey, String kind, String tone, String word) {}

    /**
     * A comment.
     *
     * @param tone as it counts; null while it was not read
     * @param corrected who said so; null when the model did
     * @param followUp true open, false closed, null none
     */
    public record Row(
            UUID id,
            AccountId account,
            String accountName,
            @Nullable String person,
            String kind,
            @Nullable String survey,
            @Nullable Integer score,
            int best,
            String comment,
            @Nullable String language,
            Instant at,
            @Nullable String tone,
            @Nullable String corrected,
            @Nullable Boolean followUp) {}

    public record Page(List<Row> rows, @Nullable String next) {}

    /** Latest first. */
    public Page page(Asked asked, @Nullable String before, Viewer viewer) {
        LeftOut.Cursor cursor = LeftOut.Cursor.of(before);
        List<Row> rows = database.sql(SELECT + """
                 and (cast(:at as timestamptz) is null or (r.answered_at, r.id) < (:at, :id))
                order by r.answered_at desc, r.id desc limit :most
                """)
                .params(parameters(asked, viewer))
                .param("at", cursor.at())
                .param("id", cursor.id())
                .param("most", PAGE + 1)
                .query((row, number) -> row(row))
                .list();
        boolean more = rows.size() > PAGE;
        List<Row> shown = more ? rows.subList(0, PAGE) : rows;
        return new Page(
                shown, more ? shown.getLast().at() + "~" + shown.getLast().id() : null);
    }

    private static Map<String, Object> parameters(Asked asked, Viewer viewer) {
        Map<String, Object> values = new java.util.HashMap<>();
        values.put("survey", asked.survey());
        values.put("kind", asked.kind());
        values.put("tone", asked.tone());
        values.put(
                "word",
                asked.word().isEmpty()
                        ? ""
                        : "%"
                                + asked.word()
                                        .replace("\\", "\\\\")
                                        .replace("%", "\\%")
                                        .replace("_", "\\_")
                                + "%");
        values.put("everything", viewer.everything());
        values.put("me", viewer.memberId());
        return values;
    }

    /** How often each tone occurs, whatever tone is asked for. */
    public Map<String, Long> tones(Asked asked, Viewer viewer) {
        Map<String, Long> tones = new java.util.HashMap<>();
        database.sql("select w.tone, count(*) from (" + SELECT + ") w where w.tone is not null group by 1")
                .params(parameters(new Asked(asked.survey(), asked.kind(), "", asked.word()), viewer))
                .query(row -> {
                    tones.put(row.getString(1), row.getLong(2));
                });
        return tones;
    }

    /** What the latest comments are about. */
    public List<ThemeWords.Theme> themes(Asked asked, Viewer viewer) {
        List<ThemeWords.Said> said = database.sql(SELECT + " order by r.answered_at desc, r.id desc limit :most")
                .params(parameters(new Asked(asked.survey(), asked.kind(), asked.tone(), ""), viewer))
                .param("most", LATEST)
                .query((row, number) -> new ThemeWords.Said(row.getString("comment"), row.getString("tone")))
                .list();
        return ThemeWords.of(said);
    }

    /** Any answer, with or without a comment. */
    public Optional<Row> find(UUID answer, Viewer viewer) {
        return database.sql(SELECT.replace("r.comment is not null", "r.id = :answer"))
                .params(parameters(new Asked(null, "", "", ""), viewer))
                .param("answer", answer)
                .query((row, number) -> row(row))
                .optional();
    }

    /** Comments without names, in no order that says when they came; none while they are too few. */
    public record Nameless(
            UUID id, int score, String comment, @Nullable String tone) {}

    public List<Nameless> nameless(Survey survey, Viewer viewer, int most) {
        if (!viewer.everything() && !viewer.memberId().equals(survey.portfolioOf())) {
            return List.of();
        }
        return database.sql("""
                select n.id, n.score, n.comment, coalesce(t.corrected, t.said) as tone
                from surveys.anonymous_answer n left join surveys.tone t on t.answer_id = n.id
                where n.survey_id = :survey and n.comment is not null
                  and (select count(*) from surveys.anonymous_answer c where c.survey_id = :survey) >= :few
                order by n.id limit :most
                """)
                .param("survey", survey.id())
                .param("few", Estimate.FEW)
                .param("most", most)
                .query((row, number) -> new Nameless(
                        row.getObject("id", UUID.class),
                        row.getInt("score"),
                        row.getString("comment"),
                        row.getString("tone")))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        Timestamp at = row.getTimestamp("answered_at");
        return new Row(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("account_name"),
                row.getString("person"),
                row.getString("kind"),
                row.getString("survey"),
                row.getObject("score", Integer.class),
                row.getInt("best"),
                java.util.Objects.requireNonNullElse(row.getString("comment"), ""),
                row.getString("language"),
                at.toInstant(),
                row.getString("tone"),
                row.getString("corrected_by"),
                row.getObject("follow_up", Boolean.class));
    }

    private static final String SELECT = """
            select r.id, r.account_id, a.name as account_name, p.name as person, r.kind, r.survey, round(r.score)::int as score,
                coalesce(r.scale_max, case r.kind when 'nps' then 10 else 5 end)::int as best, r.comment, coalesce(p.language, a.language) as language,
                r.answered_at, coalesce(t.corrected, t.said) as tone, case when t.corrected is not null then t.corrected_by end as corrected_by,
                case when f.response_id is not null then k.done_at is null end as follow_up
            from surveys.survey_response r
            join accounts.account a on a.id = r.account_id
            left join accounts.contact p on p.id = r.contact_id
            left join surveys.tone t on t.answer_id = r.id
            left join surveys.follow_up f on f.response_id = r.id
            left join engagement.task k on k.id = f.task_id
            where r.comment is not null and (:everything or a.owner_id = :me)
              and (cast(:survey as uuid) is null or r.id in (select i.response_id from surveys.invitation i where i.survey_id = :survey))
              and (:kind = '' or r.kind = :kind) and (:tone = '' or coalesce(t.corrected, t.said) = :tone)
              and (:word = '' or r.comment ilike :word)
            """;
}
