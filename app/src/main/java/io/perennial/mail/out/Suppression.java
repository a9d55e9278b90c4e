package io.perennial.mail.out;

import io.perennial.mail.LetterPreference;
import io.perennial.mail.MailAddress;
import io.perennial.mail.out.DueLetters.Due;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Why a letter must not leave, asked right before it would: dead addresses, readers' wishes, machines that answer machines. */
@Component
public class Suppression {

    /** Automatic letters to one address; more of them in an hour is a loop that the kinds of letters did not show. */
    static final int MOST_AUTOMATIC = 20;

    private static final Duration WINDOW = Duration.ofHours(1);

    private final JdbcClient database;
    private final DueLetters letters;
    private final ObjectProvider<LetterPreference> preferences;
    private final Clock clock;

    Suppression(JdbcClient database, DueLetters letters, ObjectProvider<LetterPreference> preferences, Clock clock) {
        this.database = database;
        this.letters = letters;
        this.preferences = preferences;
        this.clock = clock;
    }

    /** @param letter that found it dead; null when it is not known any more */
    public record DeadAddress(
            String address,
            String reason,
            Instant since,
            @Nullable UUID letter) {}

    Optional<String> against(Due letter) {
        Optional<String> dead = reason(letter.to());
        if (dead.isPresent()) {
            return dead.map(reason -> "The address is dead: " + reason);
        }
        if (letter.automatic()
                && letters.automaticSince(letter.to(), clock.instant().minus(WINDOW)) >= MOST_AUTOMATIC) {
            return Optional.of("This address got " + MOST_AUTOMATIC + " automatic letters within an hour.");
        }
        if (letter.serves().mayBeRefused() && complained(letter.to())) {
            return Optional.of("Called an earlier letter of ours unwanted.");
        }
        LetterPreference.Addressed addressed = addressed(letter);
        return preferences
                .orderedStream()
                .map(preference -> preference.against(addressed).orElse(null))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Asked when nothing is against the letter; of several answers the latest counts. */
    Optional<LetterPreference.Later> later(Due letter) {
        if (!letter.serves().canWait()) {
            return Optional.empty();
        }
        LetterPreference.Addressed addressed = addressed(letter);
        return preferences
                .orderedStream()
                .flatMap(preference -> preference.later(addressed).stream())
                .max(Comparator.comparing(LetterPreference.Later::until));
    }

    private static LetterPreference.Addressed addressed(Due letter) {
        return new LetterPreference.Addressed(
                letter.id(),
                letter.key(),
                letter.purpose(),
                letter.serves(),
                letter.to(),
                letter.accountId(),
                letter.contactId(),
                letter.postedAt());
    }

    private boolean complained(String address) {
        return database.sql("select exists (select from mail.complaint where address = :address)")
                .param("address", MailAddress.folded(address))
                .query(Boolean.class)
                .single();
    }

    public void dead(String address, String reason, UUID letter) {
        database.sql("""
            insert into mail.dead_address (address, reason, letter_id, since) values (:address, :reason, :letter, :now)
            on conflict (address) do nothing
            """)
                .param("address", MailAddress.folded(address))
                .param("reason", reason)
                .param("letter", letter)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /** Letters are sent there again. @return whether it was called dead, or its reader had complained */
    public boolean revive(String address) {
        return database.sql("""
                        with dead as (delete from mail.dead_address where address = :address returning 1),
                            complained as (delete from mail.complaint where address = :address returning 1)
                        select exists (select from dead) or exists (select from complained)
                        """)
                .param("address", MailAddress.folded(address))
                .query(Boolean.class)
                .single();
    }

    public List<DeadAddress> latest(int most) {
        return database.sql("""
            select address, reason, since, letter_id letter from mail.dead_address
            union all
            select address, 'The reader complained: ' || said, since, letter_id from mail.complaint
            order by since desc, address limit :most
            """)
                .param("most", most)
                .query((row, number) -> new DeadAddress(
                        row.getString("address"),
                        row.getString("reason"),
                        row.getTimestamp("since").toInstant(),
                        row.getObject("letter", UUID.class)))
                .list();
    }

    private Optional<String> reason(String address) {
        return database.sql("select reason from mail.dead_address where address = :address")
                .param("address", MailAddress.folded(address))
                .query(String.class)
                .optional();
    }
}
