package io.perennial.mail.out;

import io.perennial.mail.Letter;
import io.perennial.mail.MailAddress;
import io.perennial.mail.MailSettings;
import io.perennial.mail.Outbox.Timed;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of many letters at once. */
@Component
public class ManyLetters {

    private final JdbcClient database;
    private final MailSettings settings;
    private final Clock clock;

    ManyLetters(JdbcClient database, MailSettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws IllegalArgumentException for letters with files, which are posted one by one */
    public Map<String, UUID> post(List<Timed> letters, Actor actor) {
        if (letters.stream().anyMatch(timed -> !timed.letter().files().isEmpty())) {
            throw new IllegalArgumentException("Letters with files are posted one by one.");
        }
        // The identity of each letter is written before any server hears of it, and stays for as long as it is tried.
        database.sql("""
            insert into mail.letter (id, key, message_id, purpose, to_address, to_name, subject, body, html, headers,
                automatic, account_id, contact_id, serves, next_try_at, held_until, posted_by, posted_at)
            select id, key, '<' || gen_random_uuid() || '@' || :domain || '>', purpose, address, name, subject, body, html,
                case headers when '' then '{}' else string_to_array(headers, chr(10)) end, automatic, account, contact, serves,
                greatest(not_before, :now), nullif(greatest(not_before, :now), :now), :by, :now
            from unnest(cast(:ids as uuid[]), cast(:keys as text[]), cast(:purposes as text[]), cast(:addresses as text[]),
                    cast(:names as text[]), cast(:subjects as text[]), cast(:bodies as text[]), cast(:htmls as text[]),
                    cast(:headers as text[]), cast(:automatic as boolean[]), cast(:accounts as uuid[]),
                    cast(:contacts as uuid[]), cast(:serves as text[]), cast(cast(:not_before as text[]) as timestamptz[]))
                as l (id, key, purpose, address, name, subject, body, html, headers, automatic, account, contact, serves,
                    not_before)
            on conflict (key) do nothing
            """)
                .param("domain", settings.domain())
                .param("ids", letters.stream().map(letter -> Ids.next()).toArray(UUID[]::new))
                .param("keys", texts(letters, Letter::key))
                .param("purposes", texts(letters, Letter::purpose))
                .param("addresses", texts(letters, Letter::to))
                .param("names", texts(letters, Letter::toName))
                .param("subjects", texts(letters, letter -> LetterStore.printable(letter.subject())))
                .param("bodies", texts(letters, letter -> LetterStore.printable(letter.text())))
                .param("htmls", texts(letters, letter -> LetterStore.printable(letter.html())))
                .param("headers", texts(letters, letter -> String.join("\n", LetterStore.headers(letter))))
                .param(
                        "automatic",
                        letters.stream()
                                .map(timed -> timed.letter().isAutomatic())
                                .toArray(Boolean[]::new))
                .param("accounts", ids(letters, Letter::accountId))
                .param("contacts", ids(letters, Letter::contactId))
                .param("serves", texts(letters, letter -> letter.serves().key()))
                .param(
                        "not_before",
                        letters.stream()
                                .map(timed -> timed.notBefore().toString())
                                .toArray(String[]::new))
                .param("by", actor.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        Map<String, UUID> posted = HashMap.newHashMap(letters.size());
        database.sql("select key, id from mail.letter where key = any(:keys)")
                .param("keys", texts(letters, Letter::key))
                .query(row -> {
                    posted.put(row.getString(1), row.getObject(2, UUID.class));
                });
        return posted;
    }

    public int withdraw(Collection<UUID> letters, String why) {
        return database.sql("""
            update mail.letter set state = 'withheld', settled_at = :now, words = :why
            where id = any(:ids) and state = 'waiting'
            """)
                .param("now", Timestamp.from(clock.instant()))
                .param("why", why)
                .param("ids", letters.toArray(UUID[]::new))
                .update();
    }

    public int release(Collection<UUID> letters, String why) {
        return database.sql("""
            update mail.letter set state = 'waiting', settled_at = null, words = null, held_until = :now, next_try_at = :now
            where id = any(:ids) and state = 'withheld' and words = :why
            """)
                .param("now", Timestamp.from(clock.instant()))
                .param("why", why)
                .param("ids", letters.toArray(UUID[]::new))
                .update();
    }

    public void welcomeAgain(String address) {
        database.sql("delete from mail.complaint where address = :address")
                .param("address", MailAddress.folded(address))
                .update();
    }

    public int hurry(Collection<UUID> letters) {
        return database.sql("""
            update mail.letter set next_try_at = :now
            where id = any(:ids) and state = 'waiting' and attempts = 0 and next_try_at > :now and held_until <= next_try_at
            """)
                .param("now", Timestamp.from(clock.instant()))
                .param("ids", letters.toArray(UUID[]::new))
                .update();
    }

    private static @Nullable String[] texts(List<Timed> letters, Function<Letter, @Nullable String> part) {
        return letters.stream().map(timed -> part.apply(timed.letter())).toArray(String[]::new);
    }

    private static @Nullable UUID[] ids(List<Timed> letters, Function<Letter, @Nullable UUID> part) {
        return letters.stream().map(timed -> part.apply(timed.letter())).toArray(UUID[]::new);
    }
}
