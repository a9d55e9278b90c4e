package io.perennial.engagement.capture;

import io.perennial.engagement.people.Correspondents.Person;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.shared.Actor;
import io.perennial.shared.SecretText;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes touchpoints of letters: one for each customer, thread and day, so that ten short answers in an hour are one conversation. It
 * is a conversation as soon as the customer wrote in the thread.
 */
@Component
class Filing {

    private static final String NEXT = "\n\n---\n\n";

    private final Records records;
    private final JdbcClient database;

    Filing(Records records, JdbcClient database) {
        this.records = records;
        this.database = database;
    }

    private record Known(String body, boolean conversation) {}

    /**
     * @param people to whom or from whom it is; one touchpoint for each of their accounts
     * @param conversation whether both sides wrote
     * @param change to add to; null makes one of its own
     */
    void file(Captured letter, List<Person> people, boolean conversation, @Nullable UUID change, Actor actor) {
        Map<UUID, Person> first = new LinkedHashMap<>();
        people.forEach(person -> first.putIfAbsent(person.account().value(), person));
        List<RecordRow> rows = first.values().stream()
                .map(person -> row(letter, person, conversation))
                .toList();
        if (!rows.isEmpty()) {
            records.upsert(
                    records.type("touchpoints").orElseThrow(),
                    rows,
                    actor,
                    new Records.Write(
                            change,
                            "Letter \"" + Captured.cut(letter.subject(), 80) + "\" filed",
                            Records.Formats.ISO));
        }
        if (conversation) {
            answered(letter.thread());
        }
    }

    private RecordRow row(Captured letter, Person person, boolean conversation) {
        LocalDate day = LocalDate.ofInstant(letter.at(), ZoneOffset.UTC);
        String externalId = "mail-"
                + SecretText.hashAsText(letter.thread() + "|" + person.account() + "|" + day)
                        .substring(0, 32);
        Known known = database.sql("select body, conversation from engagement.touchpoint where external_id = :id")
                .param("id", externalId)
                .query((row, number) -> new Known(row.getString(1) == null ? "" : row.getString(1), row.getBoolean(2)))
                .optional()
                .orElse(new Known("", false));
        boolean both = conversation || known.conversation();
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("account", person.accountExternalId());
        values.put("contact", person.externalId());
        values.put("at", letter.at().toString());
        values.put("kind", "mail");
        values.put("direction", both ? "both" : letter.member() == null ? "in" : "out");
        values.put("two_way", both);
        values.put("subject", letter.subject().isBlank() ? "(no subject)" : letter.subject());
        values.put("body", body(known.body(), letter.body()));
        if (letter.member() != null) {
            values.put("member", member(letter.member()));
        }
        return new RecordRow(1, externalId, values, Map.of("thread", letter.thread()));
    }

    private static @Nullable String body(String before, String next) {
        String all =
                before.isEmpty() || before.equals(next) || before.endsWith(NEXT + next) ? next : before + NEXT + next;
        String kept = before.endsWith(NEXT + next) ? before : all;
        return kept.isBlank() ? null : Captured.cut(kept, Captured.LONGEST_BODY);
    }

    private @Nullable String member(UUID id) {
        return database.sql("select external_id from identity.team_member where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** What we had written in the thread is answered now: the day on which it was written becomes a conversation too. */
    private void answered(String thread) {
        List<RecordRow> rows = database.sql("""
                select t.external_id, a.external_id from engagement.touchpoint t
                join accounts.account a on a.id = t.account_id
                where t.attributes->>'thread' = :thread and t.kind = 'mail' and not t.conversation
                  and t.account_id in (
                    select o.account_id from engagement.touchpoint o
                    where o.attributes->>'thread' = :thread and o.conversation)
                order by t.at desc limit 100
                """)
                .param("thread", thread)
                .query((row, number) ->
                        new RecordRow(number, row.getString(1), Map.of("two_way", true, "direction", "both"), Map.of()))
                .list();
        if (!rows.isEmpty()) {
            records.upsert(
                    records.type("touchpoints").orElseThrow(),
                    rows,
                    Actor.SYSTEM,
                    new Records.Write(null, "A letter was answered", Records.Formats.ISO));
        }
    }
}
