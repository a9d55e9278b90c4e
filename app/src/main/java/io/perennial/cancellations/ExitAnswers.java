package io.perennial.cancellations;

import io.perennial.contracts.ReasonCategory;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.Records.Formats;
import io.perennial.platform.records.Records.Write;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.shared.Actor;
import io.perennial.shared.SecretText;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
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

/** Takes the answers of exit surveys. Looking changes nothing; an answer replaces the one before, and is a survey response too. */
@Component
@Transactional
public class ExitAnswers {

    static final int LONGEST_WORDS = 4_000;

    private final JdbcClient database;
    private final Records records;
    private final Clock clock;

    ExitAnswers(JdbcClient database, Records records, Clock clock) {
        this.database = database;
        this.records = records;
        this.clock = clock;
    }

    /**
     * What the page may show to whoever has the link: no name, no account.
     *
     * @param category given before; null when nothing was answered
     */
    public record Question(
            String language,
            @Nullable String category,
            @Nullable String comeBack,
            @Nullable String words) {}

    private record Found(UUID id, String account, @Nullable String contact, Instant sentAt, Question question) {}

    /** Changes nothing, whoever asks and however often. Empty for links that are not ours or are over. */
    @Transactional(readOnly = true)
    public Optional<Question> question(String token) {
        return find(token, "").map(Found::question);
    }

    /**
     * @param category one that the survey offers
     * @param comeBack yes, maybe, no or empty
     * @return empty for links that are not ours or are over
     * @throws CannotRecord when there is no such answer
     */
    public Optional<Question> answer(String token, String category, String comeBack, String words) {
        boolean known = ReasonCategory.of(category)
                .filter(SurveyWords.REASONS::contains)
                .isPresent();
        if (!known || !comeBack.isEmpty() && !SurveyWords.RETURNS.contains(comeBack)) {
            throw new CannotRecord("category", "There is no such answer.");
        }
        Found found = find(token, " for update of s").orElse(null);
        if (found == null) {
            return Optional.empty();
        }
        String said = words.replace("\0", "").replace("\r\n", "\n").strip();
        String kept = said.length() > LONGEST_WORDS ? said.substring(0, LONGEST_WORDS) : said;
        Question before = found.question();
        boolean same = category.equals(before.category())
                && comeBack.equals(Objects.requireNonNullElse(before.comeBack(), ""))
                && kept.equals(Objects.requireNonNullElse(before.words(), ""));
        if (!same) {
            keep(found, category, comeBack, kept);
        }
        return find(token, "").map(Found::question);
    }

    private void keep(Found found, String category, String comeBack, String words) {
        Instant now = clock.instant();
        database.sql("""
                update cancellations.survey set category = :category, come_back = nullif(:back, ''), words = nullif(:words, ''),
                    changes = changes + case when answered_at is null then 0 else 1 end, answered_at = :now
                where id = :id
                """)
                .param("category", category)
                .param("back", comeBack)
                .param("words", words)
                .param("now", Timestamp.from(now))
                .param("id", found.id())
                .update();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("account", found.account());
        values.put("contact", found.contact());
        values.put("kind", "exit");
        values.put("comment", words.isEmpty() ? null : words);
        values.put("survey", "Exit survey: " + ReasonCategory.titleOf(category));
        values.put("asked_at", found.sentAt().toString());
        values.put("answered_at", now.toString());
        Map<String, @Nullable Object> more = new LinkedHashMap<>();
        more.put("reason", category);
        more.put("come_back", comeBack.isEmpty() ? null : comeBack);
        RowOutcome outcome = records.upsert(
                        records.type("survey-responses").orElseThrow(),
                        List.of(new RecordRow(1, "exit-survey-" + found.id(), values, more)),
                        Actor.SYSTEM,
                        new Write(null, "An exit survey was answered", Formats.ISO))
                .getFirst();
        if (outcome.result() == Result.INVALID) {
            throw new IllegalStateException("The answer of an exit survey cannot be written: " + outcome.problems());
        }
    }

    private Optional<Found> find(String token, String lock) {
        if (!ExitSurvey.TEXT.isWellFormed(token)) {
            return Optional.empty();
        }
        return database.sql("""
                select s.*, a.external_id as account, p.external_id as contact
                from cancellations.survey s join accounts.account a on a.id = s.account_id
                left join accounts.contact p on p.id = s.contact_id
                where s.token_hash = :hash and s.expires_at > :now""" + lock)
                .param("hash", SecretText.hashAsText(token))
                .param("now", Timestamp.from(clock.instant()))
                .query((row, number) -> new Found(
                        row.getObject("id", UUID.class),
                        row.getString("account"),
                        row.getString("contact"),
                        row.getTimestamp("sent_at").toInstant(),
                        new Question(
                                row.getString("language"),
                                row.getString("category"),
                                row.getString("come_back"),
                                row.getString("words"))))
                .optional();
    }
}
