package io.perennial.cases.tone;

import io.perennial.sentiment.Sentiment;
import io.perennial.sentiment.Tone;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@code cases.tone}. */
@Repository
class ToneRows {

    private static final String SEPARATOR = "\u001f";

    private final JdbcClient database;

    ToneRows(JdbcClient database) {
        this.database = database;
    }

    /** Words of a customer that are to be read. */
    record Heard(
            UUID message,
            UUID caseId,
            Instant at,
            String text,
            @Nullable String language) {}

    /**
     * Reads them all and keeps what was found; what a person said stays.
     *
     * @return whether any of them sounds upset
     */
    boolean read(Collection<Heard> messages) {
        if (messages.isEmpty()) {
            return false;
        }
        List<Tone> tones = messages.stream()
                .map(message -> Sentiment.read(message.text(), message.language()))
                .toList();
        database.sql("""
                insert into cases.tone (message_id, case_id, at, model, score, upset, said, sentence, words)
                select t.message, t.of_case, t.at, :model, t.score, t.upset, t.said, t.sentence,
                    array_remove(string_to_array(t.words, :separator), '')
                from unnest(cast(:messages as uuid[]), cast(:cases as uuid[]), cast(:times as timestamptz[]),
                    cast(:scores as real[]), cast(:upsets as real[]), cast(:saids as bool[]), cast(:sentences as text[]),
                    cast(:words as text[])) as t (message, of_case, at, score, upset, said, sentence, words)
                on conflict (message_id) do update set case_id = excluded.case_id, at = excluded.at, model = excluded.model,
                    score = excluded.score, upset = excluded.upset, said = excluded.said, sentence = excluded.sentence,
                    words = excluded.words
                """)
                .param("model", Sentiment.version())
                .param("separator", SEPARATOR)
                .param("messages", messages.stream().map(Heard::message).toArray(UUID[]::new))
                .param("cases", messages.stream().map(Heard::caseId).toArray(UUID[]::new))
                .param(
                        "times",
                        messages.stream()
                                .map(message -> message.at().toString())
                                .toArray(String[]::new))
                .param("scores", tones.stream().map(Tone::score).toArray(Double[]::new))
                .param("upsets", tones.stream().map(Tone::upset).toArray(Double[]::new))
                .param("saids", tones.stream().map(Tone::isUpset).toArray(Boolean[]::new))
                .param("sentences", tones.stream().map(Tone::sentence).toArray(String[]::new))
                .param(
                        "words",
                        tones.stream()
                                .map(tone -> String.join(SEPARATOR, tone.words()))
                                .toArray(String[]::new))
                .update();
        return tones.stream().anyMatch(Tone::isUpset);
    }

    /** Customers' messages among these, with the language of who wrote them. */
    List<Heard> heard(Collection<UUID> messages) {
        return database.sql(HEARD + " where m.kind = 'customer' and m.id = any(:ids)")
                .param("ids", messages.toArray(UUID[]::new))
                .query((row, number) -> heard(row))
                .list();
    }

    /** The next customers' messages in order of their identities. */
    List<Heard> after(@Nullable UUID last, int most) {
        return database.sql(HEARD + """
                 where m.kind = 'customer' and (cast(:last as uuid) is null or m.id > :last)
                order by m.id limit :most
                """)
                .param("last", last)
                .param("most", most)
                .query((row, number) -> heard(row))
                .list();
    }

    private static Heard heard(ResultSet row) throws SQLException {
        return new Heard(
                row.getObject("id", UUID.class),
                row.getObject("case_id", UUID.class),
                row.getTimestamp("at").toInstant(),
                row.getString("body"),
                row.getString("language"));
    }

    private static final String HEARD = """
            select m.id, m.case_id, m.at, m.body, coalesce(m.language, p.language, a.language) as language
            from cases.message m
            join cases.support_case c on c.id = m.case_id
            join accounts.account a on a.id = c.account_id
            left join accounts.contact p on p.id = coalesce(m.contact_id, c.contact_id)
            """;

    /** By message, of this case and of those merged into it. */
    Map<UUID, Mark> of(UUID caseId) {
        return database
                .sql("""
                select message_id, said, upset, sentence, words, corrected, corrected_by from cases.tone
                where case_id = any(array(
                    select cast(:id as uuid) union all select id from cases.support_case where merged_into = :id))
                """)
                .param("id", caseId)
                .query((row, number) -> Map.entry(row.getObject("message_id", UUID.class), mark(row)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Mark mark(ResultSet row) throws SQLException {
        boolean corrected = row.getBoolean("corrected");
        Boolean given = row.wasNull() ? null : corrected;
        return new Mark(
                row.getBoolean("said"),
                row.getDouble("upset"),
                row.getString("sentence"),
                words(row.getArray("words")),
                given,
                row.getString("corrected_by"));
    }

    private static List<String> words(Array array) throws SQLException {
        return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
    }

    /** @return whether it was otherwise before */
    boolean correct(UUID message, @Nullable Boolean upset, String by, Instant now) {
        return database.sql("""
                update cases.tone set corrected = cast(:upset as boolean),
                    corrected_by = case when cast(:upset as boolean) is null then null else :by end,
                    corrected_at = case when cast(:upset as boolean) is null then null else cast(:now as timestamptz) end
                where message_id = :message and corrected is distinct from cast(:upset as boolean)
                """)
                        .param("message", message)
                        .param("upset", upset)
                        .param("by", by)
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    /** What a person said of it, as JSON for the audit; null when nobody said anything. */
    @Nullable
    String corrected(UUID message) {
        return database.sql("""
                select jsonb_build_object('upset', corrected, 'by', corrected_by)::text from cases.tone
                where message_id = :message and corrected is not null
                """)
                .param("message", message)
                .query(String.class)
                .optional()
                .orElse(null);
    }
}
