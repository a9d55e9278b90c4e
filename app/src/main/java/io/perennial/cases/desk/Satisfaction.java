package io.perennial.cases.desk;

import io.perennial.platform.web.PublicAddress;
import io.perennial.shared.Actor;
import io.perennial.shared.SecretText;
import io.perennial.surveys.AskingSource;
import io.perennial.surveys.SurveyProtection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks the customer, some time after a case was solved, how satisfied they are. The letter leads to a page; only its button
 * answers, since mail scanners open every link. Who has the link may answer once and change the answer for a while.
 */
@Component
@Transactional
public class Satisfaction {

    public static final int BEST = 5;

    /** At most so many of five is a low score. */
    public static final int LOW = 2;

    public static final String PATH = "/satisfaction/";

    static final int LONGEST_WORDS = 2_000;

    /** A link works so long. */
    private static final Duration OPEN_FOR = Duration.ofDays(60);

    /** A question that could not be asked for so long would surprise. */
    private static final Duration TOO_LATE = Duration.ofDays(14);

    private static final int BATCH = 100;
    private static final SecretText TEXT = new SecretText("cs_");

    private final JdbcClient database;
    private final CaseVerbs verbs;
    private final CaseRows rows;
    private final CaseEvents events;
    private final CasePost post;
    private final CaseLetters letters;
    private final Readers readers;
    private final PublicAddress address;
    private final SurveyProtection protection;
    private final Clock clock;
    private final Duration pause;

    Satisfaction(
            JdbcClient database,
            CaseVerbs verbs,
            CaseRows rows,
            CaseEvents events,
            CasePost post,
            CaseLetters letters,
            Readers readers,
            PublicAddress address,
            SurveyProtection protection,
            Clock clock,
            @Value("${perennial.cases.satisfaction-after:PT24H}") Duration pause) {
        this.database = database;
        this.verbs = verbs;
        this.rows = rows;
        this.events = events;
        this.post = post;
        this.letters = letters;
        this.readers = readers;
        this.address = address;
        this.protection = protection;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * What the page may show to whoever has the link.
     *
     * @param language one that we write
     * @param score given before; null when none was
     */
    public record Question(
            long number,
            String subject,
            String language,
            @Nullable Integer score,
            @Nullable String words) {}

    /** The case was solved: the question comes after the pause, unless it was asked before. */
    void askLater(CaseRows.Known known, Instant now) {
        if (known.contactId() == null) {
            return;
        }
        database.sql("""
                insert into cases.satisfaction (case_id, contact_id, due_at) values (:id, :contact, :due)
                on conflict (case_id) do update set due_at = excluded.due_at, contact_id = excluded.contact_id
                where satisfaction.asked_at is null
                """)
                .param("id", known.id())
                .param("contact", known.contactId())
                .param("due", Timestamp.from(now.plus(pause)))
                .update();
    }

    /**
     * Asks what is due. A case that was reopened is asked about when it is solved again; who was asked something else not long ago is
     * left out.
     *
     * @return how many questions were posted
     */
    public int ask() {
        Instant now = clock.instant();
        database.sql("""
                delete from cases.satisfaction s using cases.support_case c
                where s.asked_at is null and s.due_at <= :now and c.id = s.case_id
                  and (s.due_at < :late or c.state not in ('resolved', 'closed') or c.merged_into is not null)
                """)
                .param("now", Timestamp.from(now))
                .param("late", Timestamp.from(now.minus(TOO_LATE)))
                .update();
        if (!address.isKnown()) {
            return 0;
        }
        List<UUID> due = database.sql("""
                select case_id from cases.satisfaction where asked_at is null and due_at <= :now
                order by due_at, case_id limit :batch for update skip locked
                """)
                .param("now", Timestamp.from(now))
                .param("batch", BATCH)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        due.forEach(id -> ask(id, now));
        return due.size();
    }

    private void ask(UUID id, Instant now) {
        CaseRows.Known known = verbs.lockAny(id).orElseThrow();
        UUID contact = known.contactId();
        String name = "Case #" + known.number();
        if (contact != null
                && protection.against(AskingSource.CASE, id, name, contact).isPresent()) {
            database.sql("delete from cases.satisfaction where case_id = :id and asked_at is null")
                    .param("id", id)
                    .update();
            return;
        }
        CaseLetters.Reader reader = readers.of(contact).orElse(null);
        String token = TEXT.fresh();
        database.sql("update cases.satisfaction set asked_at = :now, token_hash = :hash where case_id = :id")
                .param("now", Timestamp.from(now))
                .param("hash", SecretText.hashAsText(token))
                .param("id", id)
                .update();
        if (reader != null) {
            String text = letters.satisfaction(reader, known.number());
            String link = address.of(PATH + token).orElseThrow();
            post.say(
                    id,
                    new CasePost.Words(
                            "satisfaction-" + id,
                            CasePost.Purpose.SATISFACTION,
                            text,
                            text + "\n\n" + link,
                            null,
                            List.of()),
                    Actor.SYSTEM);
            verbs.tell(id);
            protection.asked(AskingSource.CASE, id, name, Objects.requireNonNull(contact));
        }
    }

    /** Changes nothing, whoever asks and however often. Empty for links that are not ours or are over. */
    @Transactional(readOnly = true)
    public Optional<Question> question(String token) {
        return find(token, "").map(Found::question);
    }

    /**
     * @param score from 1 to {@value #BEST}
     * @param words what could be better, or empty
     * @return empty for links that are not ours or are over
     * @throws CaseRefused when the score is none
     */
    public Optional<Question> answer(String token, int score, String words) {
        if (score < 1 || score > BEST) {
            throw new CaseRefused("There is no such answer.");
        }
        Found found = find(token, " for update of s").orElse(null);
        if (found == null) {
            return Optional.empty();
        }
        String said = words.replace("\0", "").replace("\r\n", "\n").strip();
        String kept = said.length() > LONGEST_WORDS ? said.substring(0, LONGEST_WORDS) : said;
        Integer before = found.question().score();
        boolean again = before != null;
        boolean same = before != null
                && before == score
                && kept.equals(Objects.requireNonNullElse(found.question().words(), ""));
        if (!same) {
            keep(found, score, kept, again);
        }
        return find(token, "").map(Found::question);
    }

    private void keep(Found found, int score, String words, boolean again) {
        UUID id = found.caseId();
        CaseRows.Known known = verbs.lockAny(id).orElseThrow();
        Actor customer = new Actor(Actor.Kind.SYSTEM, null, found.person());
        String did = (again ? "has another score of satisfaction: " : "has a score of satisfaction: ") + score + " of "
                + BEST;
        verbs.change(known, Seen.WHATEVER, customer, CaseVerbs.SAID, did, now -> {
            database.sql("""
                    update cases.satisfaction set score = :score, words = nullif(:words, ''), answered_at = :now,
                        changes = changes + :again
                    where case_id = :id
                    """)
                    .param("score", score)
                    .param("words", words)
                    .param("now", Timestamp.from(now))
                    .param("again", again ? 1 : 0)
                    .param("id", id)
                    .update();
            database.sql(
                            "update cases.support_case set satisfaction = :score, satisfaction_scale = :best where id = :id")
                    .param("score", score)
                    .param("best", BEST)
                    .param("id", id)
                    .update();
            events.append(id, CaseEvents.SATISFACTION, String.valueOf(score), words.isEmpty() ? null : words, customer);
            if (score <= LOW) {
                rows.attention(id, "The customer is not satisfied: " + score + " of " + BEST + ".");
            }
        });
    }

    private record Found(UUID caseId, String person, Question question) {}

    private Optional<Found> find(String token, String lock) {
        if (token.length() > 100) {
            return Optional.empty();
        }
        return database.sql("""
                select s.case_id, s.score, s.words, c.number, coalesce(c.subject, '') as subject,
                    coalesce(p.name, 'The customer') as person, coalesce(p.language, a.language) as language
                from cases.satisfaction s join cases.support_case c on c.id = s.case_id
                join accounts.account a on a.id = c.account_id
                left join accounts.contact p on p.id = s.contact_id
                where s.token_hash = :hash and s.asked_at > :since""" + lock)
                .param("hash", SecretText.hashAsText(token))
                .param("since", Timestamp.from(clock.instant().minus(OPEN_FOR)))
                .query((row, number) -> found(row))
                .optional();
    }

    private static Found found(ResultSet row) throws SQLException {
        int score = row.getInt("score");
        Integer given = row.wasNull() ? null : Integer.valueOf(score);
        return new Found(
                row.getObject("case_id", UUID.class),
                row.getString("person"),
                new Question(
                        row.getLong("number"),
                        row.getString("subject"),
                        CaseLetters.written(row.getString("language")),
                        given,
                        row.getString("words")));
    }
}
