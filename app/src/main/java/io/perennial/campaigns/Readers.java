package io.perennial.campaigns;

import io.perennial.campaigns.Consents.Reader;
import io.perennial.mail.LetterPreference.Addressed;
import io.perennial.mail.Outbox;
import io.perennial.mail.Purpose;
import io.perennial.mail.UnsubscribeLinks;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What readers decide by themselves, through the link in their letter and without signing in. It counts at once. */
@Component
public class Readers {

    static final String STOPPED = "The reader wants no letters of this kind any more.";

    private final JdbcClient database;
    private final UnsubscribeLinks links;
    private final Consents consents;
    private final Wishes wishes;
    private final Outbox outbox;
    private final Clock clock;

    Readers(JdbcClient database, UnsubscribeLinks links, Consents consents, Wishes wishes, Outbox outbox, Clock clock) {
        this.database = database;
        this.links = links;
        this.consents = consents;
        this.wishes = wishes;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Whose link it is and what they want.
     *
     * @param purpose of the letter that the link stood in
     * @param language two letters, empty when none is known
     * @param welcome kinds of letters that they did not refuse
     */
    public record Door(String address, Purpose purpose, String language, Set<Purpose> welcome, Wish wish) {}

    /** Empty when the link leads nowhere. Changes nothing. */
    public Optional<Door> door(String token) {
        return links.letter(token)
                .filter(letter -> letter.serves().mayBeRefused())
                .map(letter -> {
                    Reader reader = Reader.of(letter);
                    Wish wish = wishes.of(letter.contactId());
                    Set<Purpose> welcome = EnumSet.noneOf(Purpose.class);
                    for (Purpose purpose : Purpose.values()) {
                        if (purpose.mayBeRefused()
                                && consents.latest(reader, purpose)
                                        .map(Consent::granted)
                                        .orElse(true)) {
                            welcome.add(purpose);
                        }
                    }
                    return new Door(letter.to(), letter.serves(), language(letter.contactId(), wish), welcome, wish);
                });
    }

    /** No more letters of the kind of this one. Doing it again changes nothing. @return whether the link leads somewhere */
    @Transactional
    public boolean stop(String token, String source) {
        Addressed letter = links.letter(token)
                .filter(known -> known.serves().mayBeRefused())
                .orElse(null);
        if (letter == null) {
            return false;
        }
        stop(letter, letter.serves(), source);
        return true;
    }

    /** @throws CampaignRefused when nobody could ever be written to in these hours */
    @Transactional
    public boolean choose(String token, Set<Purpose> welcome, Wish wish) {
        Addressed letter = links.letter(token)
                .filter(known -> known.serves().mayBeRefused())
                .orElse(null);
        if (letter == null) {
            return false;
        }
        UUID contact = letter.contactId();
        if (contact != null) {
            wishes.set(contact, wish, new Actor(Actor.Kind.SYSTEM, null, letter.to() + ", by link"));
        }
        for (Purpose purpose : Purpose.values()) {
            if (!purpose.mayBeRefused()) {
                continue;
            }
            if (!welcome.contains(purpose)) {
                stop(letter, purpose, Consents.CHOICES);
            } else if (consents.latest(Reader.of(letter), purpose)
                    .map(said -> !said.granted())
                    .orElse(false)) {
                consents.say(Reader.of(letter), purpose, true, Consents.CHOICES, null);
                outbox.welcomeAgain(letter.to());
            }
        }
        return true;
    }

    /** What waits in the outbox does not leave, and campaigns end for this reader. */
    private void stop(Addressed letter, Purpose purpose, String source) {
        consents.say(Reader.of(letter), purpose, false, source, "Link in the letter " + letter.purpose());
        if (purpose == Purpose.CAMPAIGN) {
            end(letter.contactId());
        }
    }

    void end(@Nullable UUID contact) {
        if (contact == null) {
            return;
        }
        List<UUID> letters = database.sql(
                        "select letter_id from campaigns.sent where contact_id = :contact and letter_id is not null")
                .param("contact", contact)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        outbox.withdraw(letters, STOPPED);
        database.sql("""
                update campaigns.person set state = 'refused', why = 'Wants no letters of this kind.', ended_at = :now
                where contact_id = :contact and state in ('due', 'done')
                """)
                .param("contact", contact)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private String language(@Nullable UUID contact, Wish wish) {
        String chosen = wish.language();
        return chosen != null
                ? chosen
                : database.sql("""
                        select lower(left(coalesce(nullif(p.language, ''), a.language, ''), 2)) from accounts.contact p
                        join accounts.account a on a.id = p.account_id where p.id = :id
                        """)
                        .param("id", contact)
                        .query(String.class)
                        .optional()
                        .orElse("");
    }
}
