package io.perennial.surveys;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.Records.Formats;
import io.perennial.platform.records.Records.Write;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.shared.SecretText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes the answers of those who have a link. Looking changes nothing, whoever looks and however often. A named answer may be changed
 * until the survey closes or the link ends, and is a survey response like those that come by import; an anonymous one is kept so
 * that nothing leads back to who gave it, and is therefore final.
 */
@Component
@Transactional
public class SurveyAnswers {

    public static final int LONGEST_COMMENT = 5_000;

    private final JdbcClient database;
    private final SurveyDefinitions definitions;
    private final Records records;
    private final CommentTones tones;
    private final FollowUps followUps;
    private final Clock clock;

    SurveyAnswers(
            JdbcClient database,
            SurveyDefinitions definitions,
            Records records,
            CommentTones tones,
            FollowUps followUps,
            Clock clock) {
        this.database = database;
        this.definitions = definitions;
        this.records = records;
        this.tones = tones;
        this.followUps = followUps;
        this.clock = clock;
    }

    /** What the link is good for. */
    public enum Door {
        OPEN,
        /** Answered without a name: final. */
        GIVEN,
        OVER,
        UNKNOWN
    }

    /**
     * What the page may show to whoever has the link: no name, no account.
     *
     * @param score given before; null when none was, and always where answers are anonymous
     */
    public record Question(
            Door door,
            String language,
            SurveyKind kind,
            String question,
            String followUp,
            boolean anonymous,
            @Nullable Integer score,
            @Nullable String comment) {

        static Question none(Door door) {
            return new Question(door, "en", SurveyKind.NPS, "", "", false, null, null);
        }
    }

    record Found(
            UUID id,
            Survey survey,
            AccountId account,
            String accountKey,
            UUID contact,
            @Nullable String contactKey,
            String person,
            String language,
            @Nullable String segment,
            @Nullable String role,
            Instant askedAt,
            @Nullable LocalDate answeredOn,
            boolean over,
            @Nullable UUID response,
            @Nullable Integer score,
            @Nullable String comment) {

        Door door() {
            if (over || contactKey == null) {
                return Door.OVER;
            }
            return survey.anonymous() && answeredOn != null ? Door.GIVEN : Door.OPEN;
        }
    }

    @Transactional(readOnly = true)
    public Question question(String token) {
        return find(token, "").map(this::shown).orElse(Question.none(Door.UNKNOWN));
    }

    private Question shown(Found found) {
        Door door = found.door();
        if (door == Door.OVER) {
            return new Question(door, found.language(), found.survey().kind(), "", "", false, null, null);
        }
        Survey.Texts texts = found.survey().in(found.language());
        // The page names nobody: what a text says of the reader or the account is left away.
        Map<String, String> values = Map.of();
        return new Question(
                door,
                found.survey().spoken(found.language()),
                found.survey().kind(),
                AskingText.fill(texts.question(), values),
                AskingText.fill(texts.followUp(), values),
                found.survey().anonymous(),
                found.score(),
                found.comment());
    }

    /**
     * @param score as the form sends it
     * @return what the page shows now; of links that are not ours or are over, that
     * @throws SurveyRefused when there is no such answer or the comment is too long; nothing was kept
     */
    public Question answer(String token, String score, String comment) {
        Found found = find(token, " for update of i").orElse(null);
        if (found == null) {
            return Question.none(Door.UNKNOWN);
        }
        if (found.door() != Door.OPEN) {
            return shown(found);
        }
        AskingWords words = AskingWords.in(found.survey().spoken(found.language()));
        SurveyKind kind = found.survey().kind();
        int given = score.matches("[0-9]{1,2}") ? Integer.parseInt(score) : -1;
        if (!kind.isOnScale(given)) {
            throw new SurveyRefused("score", words.noScore());
        }
        String said = comment.replace("\0", "").replace("\r\n", "\n").strip();
        if (said.length() > LONGEST_COMMENT) {
            throw new SurveyRefused(
                    "comment", words.count().formatted(String.format(java.util.Locale.ROOT, "%,d", LONGEST_COMMENT)));
        }
        if (found.survey().anonymous()) {
            keepAnonymous(found, given, said);
        } else if (!Objects.equals(found.score(), given)
                || !said.equals(Objects.requireNonNullElse(found.comment(), ""))) {
            keep(found, given, said);
        }
        return question(token);
    }

    private void keepAnonymous(Found found, int score, String comment) {
        UUID id = UUID.randomUUID();
        database.sql("""
                insert into surveys.anonymous_answer (id, survey_id, segment, role, asked_month, language, score, comment, answered_on)
                values (:id, :survey, :segment, :role, to_char(cast(:asked as timestamptz) at time zone 'UTC', 'YYYY-MM'), :language,
                    :score, nullif(:comment, ''), :today)
                """)
                .param("id", id)
                .param("survey", found.survey().id())
                .param("segment", found.segment())
                .param("role", found.role())
                .param("asked", Timestamp.from(found.askedAt()))
                .param("language", found.language())
                .param("score", score)
                .param("comment", comment)
                .param("today", today())
                .update();
        settle(found, null);
        if (!comment.isEmpty()) {
            tones.readAnonymous(new CommentTones.Heard(id, comment, found.language()));
        }
    }

    private void keep(Found found, int score, String comment) {
        Instant now = clock.instant();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("account", found.accountKey());
        values.put("contact", found.contactKey());
        values.put("kind", found.survey().kind().key());
        values.put("score", score);
        values.put("scale_max", found.survey().kind().best());
        values.put("comment", comment.isEmpty() ? null : comment);
        values.put("survey", found.survey().name());
        values.put("asked_at", found.askedAt().toString());
        values.put("answered_at", now.toString());
        String key = "survey-" + found.id();
        RowOutcome outcome = records.upsert(
                        records.type(SurveyRecords.TYPE).orElseThrow(),
                        List.of(new RecordRow(1, key, values, Map.of())),
                        Actor.SYSTEM,
                        new Write(null, "A survey was answered", Formats.ISO))
                .getFirst();
        if (outcome.result() == Result.INVALID) {
            throw new IllegalStateException("The answer was not kept: " + outcome);
        }
        UUID response = database.sql("select id from surveys.survey_response where external_id = :key")
                .param("key", key)
                .query(UUID.class)
                .single();
        settle(found, response);
        if (comment.isEmpty()) {
            tones.forget(response);
        } else {
            tones.read(List.of(new CommentTones.Heard(response, comment, found.language())));
        }
        if (found.survey().kind().isUnhappy(score)) {
            followUps.make(found, response, score, comment);
        }
    }

    private void settle(Found found, @Nullable UUID response) {
        database.sql("""
                update surveys.invitation set answered_on = :today, response_id = :response, remind_at = null,
                    changes = changes + case when answered_on is null then 0 else 1 end
                where id = :id
                """)
                .param("today", today())
                .param("response", response)
                .param("id", found.id())
                .update();
    }

    /**
     * The reader wants no more surveys, of whichever kind. Saying it twice says it once.
     *
     * @return false for links that are not ours
     */
    public boolean noMore(String token) {
        if (!SurveyRounds.TEXT.isWellFormed(token)) {
            return false;
        }
        return database.sql("""
                        insert into surveys.unwilling (contact_id, address_hash, since, said)
                        select i.contact_id, %s, :now, 'link' from surveys.invitation i
                        left join accounts.contact p on p.id = i.contact_id
                        where i.token_hash = :hash or i.reminder_hash = :hash
                        on conflict (contact_id) do update set said = unwilling.said
                        """.formatted(SurveyProtection.hash("coalesce(nullif(p.email, ''), i.contact_id::text)")))
                        .param("now", Timestamp.from(clock.instant()))
                        .param("hash", SecretText.hashAsText(token))
                        .update()
                == 1;
    }

    private Optional<Found> find(String token, String lock) {
        if (!SurveyRounds.TEXT.isWellFormed(token)) {
            return Optional.empty();
        }
        return database.sql("""
                select i.*, a.external_id as account_key, p.external_id as contact_key, p.name as person,
                    s.state <> 'running' or i.expires_at <= :now as over, r.score, r.comment
                from surveys.invitation i
                join surveys.survey s on s.id = i.survey_id
                join accounts.account a on a.id = i.account_id
                left join accounts.contact p on p.id = i.contact_id
                left join surveys.survey_response r on r.id = i.response_id
                where i.token_hash = :hash or i.reminder_hash = :hash
                """ + lock)
                .param("hash", SecretText.hashAsText(token))
                .param("now", Timestamp.from(clock.instant()))
                .query((row, number) -> found(row))
                .optional();
    }

    private Found found(ResultSet row) throws SQLException {
        var score = row.getBigDecimal("score");
        return new Found(
                row.getObject("id", UUID.class),
                definitions.find(row.getObject("survey_id", UUID.class)).orElseThrow(),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("account_key"),
                row.getObject("contact_id", UUID.class),
                row.getString("contact_key"),
                Objects.requireNonNullElse(row.getString("person"), ""),
                row.getString("language"),
                row.getString("segment"),
                row.getString("role"),
                row.getTimestamp("asked_at").toInstant(),
                row.getObject("answered_on", LocalDate.class),
                row.getBoolean("over"),
                row.getObject("response_id", UUID.class),
                score == null ? null : score.intValue(),
                row.getString("comment"));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
