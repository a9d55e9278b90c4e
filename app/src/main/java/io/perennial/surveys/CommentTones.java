package io.perennial.surveys;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.sentiment.Sentiment;
import io.perennial.sentiment.Tone;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How comments sound: read by the model as they come, corrected by people, who have the last word. */
@Component
@Transactional
public class CommentTones implements Undoable {

    static final String KIND = "survey-tone";

    public static final List<String> TONES = List.of("negative", "neutral", "positive");

    /** From this score on a comment counts as glad; what is neither upset nor glad is neutral. */
    static final double GLAD = 0.3;

    private static final int BATCH = 500;

    /** Rows that were committed later than others with a later time are found so. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private static final String SEPARATOR = "\u001f";

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    CommentTones(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    record Heard(UUID answer, String text, @Nullable String language) {}

    static String word(Tone tone) {
        return tone.isUpset() ? "negative" : tone.score() >= GLAD ? "positive" : "neutral";
    }

    /** What a person said of a comment stays. */
    void read(Collection<Heard> comments) {
        read(comments, clock.instant());
    }

    /** The same without the time, by which one could find who answered. */
    void readAnonymous(Heard comment) {
        read(List.of(comment), clock.instant().truncatedTo(ChronoUnit.DAYS));
    }

    private void read(Collection<Heard> comments, Instant now) {
        List<Tone> tones = comments.stream()
                .map(heard -> Sentiment.read(heard.text(), heard.language()))
                .toList();
        database.sql("""
                insert into surveys.tone (answer_id, model, said, score, sentence, words, read_at)
                select t.answer, :model, t.said, t.score, t.sentence, array_remove(string_to_array(t.words, :separator), ''), :now
                from unnest(cast(:answers as uuid[]), cast(:saids as text[]), cast(:scores as real[]), cast(:sentences as text[]),
                    cast(:words as text[])) as t (answer, said, score, sentence, words)
                on conflict (answer_id) do update set model = excluded.model, said = excluded.said, score = excluded.score,
                    sentence = excluded.sentence, words = excluded.words, read_at = excluded.read_at
                """)
                .param("model", Sentiment.version())
                .param("separator", SEPARATOR)
                .param("now", Timestamp.from(now))
                .param("answers", comments.stream().map(Heard::answer).toArray(UUID[]::new))
                .param("saids", tones.stream().map(CommentTones::word).toArray(String[]::new))
                .param("scores", tones.stream().map(Tone::score).toArray(Double[]::new))
                .param("sentences", tones.stream().map(Tone::sentence).toArray(String[]::new))
                .param(
                        "words",
                        tones.stream()
                                .map(tone -> String.join(SEPARATOR, tone.words()))
                                .toArray(String[]::new))
                .update();
    }

    void forget(UUID answer) {
        database.sql("delete from surveys.tone where answer_id = :id")
                .param("id", answer)
                .update();
    }

    /** Reads comments that came by import or API. @return how many */
    int catchUp() {
        String model = Sentiment.version();
        Instant upto = database.sql("select upto from surveys.tone_reading where model = :model")
                .param("model", model)
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .optional()
                .orElse(Instant.EPOCH);
        record Next(Heard heard, Instant at) {}
        List<Next> next = database.sql("""
                select r.id, r.comment, coalesce(p.language, a.language) as language, r.updated_at
                from surveys.survey_response r
                join accounts.account a on a.id = r.account_id
                left join accounts.contact p on p.id = r.contact_id
                where r.comment is not null and r.updated_at >= :from
                  and not exists (select from surveys.tone t where t.answer_id = r.id and t.model = :model and t.read_at >= r.updated_at)
                order by r.updated_at limit :most
                """)
                .param("from", Timestamp.from(upto.equals(Instant.EPOCH) ? upto : upto.minus(OVERLAP)))
                .param("model", model)
                .param("most", BATCH)
                .query((row, number) -> new Next(
                        new Heard(row.getObject("id", UUID.class), row.getString("comment"), row.getString("language")),
                        row.getTimestamp("updated_at").toInstant()))
                .list();
        if (next.isEmpty()) {
            return 0;
        }
        read(next.stream().map(Next::heard).toList());
        database.sql("""
                insert into surveys.tone_reading (model, upto) values (:model, :upto)
                on conflict (model) do update set upto = greatest(tone_reading.upto, excluded.upto)
                """)
                .param("model", model)
                .param("upto", Timestamp.from(next.getLast().at()))
                .update();
        return next.size();
    }

    /**
     * Says how a comment really sounds.
     *
     * @param tone one of {@link #TONES}, or null to leave it to the model again
     * @return the change, to undo it by; null when it was so already
     */
    public @Nullable UUID correct(UUID answer, @Nullable String tone, Viewer viewer) {
        if (viewer.role() != Role.SUPPORT && !viewer.role().mayWork()) {
            throw new AccessDeniedException("Only people who work with customers say how a comment sounds.");
        }
        if (tone != null && !TONES.contains(tone)) {
            throw new SurveyRefused("tone", "A comment is negative, neutral or positive.");
        }
        AccountId account = database.sql("""
                select r.account_id from surveys.survey_response r join accounts.account a on a.id = r.account_id
                where r.id = :id and r.comment is not null and (:everything or a.owner_id = :me)
                """)
                .param("id", answer)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .optional()
                .orElseThrow(() -> new NoSuchElementException("There is no such comment in your portfolio."));
        String before = corrected(answer);
        if (Objects.equals(before, tone)) {
            return null;
        }
        set(answer, tone, viewer.name());
        return audit.record(
                viewer.actor(),
                KIND,
                tone == null ? "Tone of a comment left to the model again" : "A comment called " + tone,
                List.of(new ChangedThing(KIND, answer.toString(), account, json(before), json(tone))));
    }

    private @Nullable String corrected(UUID answer) {
        return database.sql("select corrected from surveys.tone where answer_id = :id")
                .param("id", answer)
                .query((row, number) -> java.util.Optional.ofNullable(row.getString(1)))
                .optional()
                .flatMap(found -> found)
                .orElse(null);
    }

    private void set(UUID answer, @Nullable String tone, String by) {
        int changed = database.sql("""
                update surveys.tone set corrected = :tone, corrected_by = :by, corrected_at = :now where answer_id = :id
                """)
                .param("tone", tone)
                .param("by", by)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", answer)
                .update();
        if (changed == 0) {
            // not read yet
            database.sql("select comment from surveys.survey_response where id = :id and comment is not null")
                    .param("id", answer)
                    .query(String.class)
                    .optional()
                    .ifPresent(comment -> {
                        read(List.of(new Heard(answer, comment, null)));
                        set(answer, tone, by);
                    });
        }
    }

    private static String json(@Nullable String tone) {
        return tone == null ? "{}" : "{\"tone\": \"" + tone + "\"}";
    }

    private static @Nullable String tone(@Nullable String json) {
        return json == null
                ? null
                : TONES.stream().filter(json::contains).findFirst().orElse(null);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(things, thing -> {
            UUID answer = UUID.fromString(thing.id());
            if (!Objects.equals(corrected(answer), tone(thing.after()))) {
                return "somebody judged the comment anew since";
            }
            set(answer, tone(thing.before()), actor.name());
            return null;
        });
    }
}
