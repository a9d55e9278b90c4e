package io.perennial.campaigns;

import io.perennial.identity.Viewer;
import io.perennial.mail.LetterPreference.Addressed;
import io.perennial.mail.MailAddress;
import io.perennial.mail.Purpose;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people at customers said about letters, statement by statement. The latest of the person or of the same mailbox counts: it is
 * one mailbox, and whoever reads it was asked once.
 */
@Component
public class Consents {

    static final String KIND = "consent";

    public static final String ONE_CLICK = "one-click";
    public static final String CHOICES = "choices";
    public static final String COMPLAINT = "complaint";
    public static final String BY_LETTER = "letter";

    private static final int LONGEST_SOURCE = 200;
    private static final int LONGEST_WORDING = 2_000;
    private static final String ROW =
            "select id, purpose, state, given_at, source, wording, said_by from campaigns.consent";
    private static final String LATEST = " order by given_at desc, created_at desc, id desc ";

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    Consents(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** Somebody at a customer, or only a mailbox. */
    public record Reader(
            @Nullable UUID contact,
            @Nullable UUID account,
            @Nullable String address,
            String name) {

        static Reader of(Addressed letter) {
            return new Reader(letter.contactId(), letter.accountId(), letter.to(), letter.to());
        }

        @Nullable
        String folded() {
            return address == null || address.isBlank() ? null : MailAddress.folded(address.strip());
        }
    }

    /** The latest word on letters of this kind; empty when nothing was ever said. */
    public Optional<Consent> latest(Reader reader, Purpose purpose) {
        return database.sql(ROW + " where purpose = :purpose and (contact_id = :contact or address = :address)" + LATEST
                        + "limit 1")
                .param("purpose", purpose.key())
                .param("contact", reader.contact())
                .param("address", reader.folded())
                .query(Consents::consent)
                .optional();
    }

    /** Everything that was said, latest first. */
    public List<Consent> history(Reader reader) {
        return database.sql(ROW + " where contact_id = :contact or address = :address" + LATEST + "limit 100")
                .param("contact", reader.contact())
                .param("address", reader.folded())
                .query(Consents::consent)
                .list();
    }

    /** What counts, by person and kind of letter; whoever said nothing is left out. For the people of one account. */
    public Map<UUID, Map<Purpose, Consent>> of(AccountId account) {
        Map<UUID, Map<Purpose, Consent>> all = new HashMap<>();
        database.sql("""
                select distinct on (p.id, c.purpose) p.id as person, c.id, c.purpose, c.state, c.given_at, c.source, c.wording,
                    c.said_by
                from accounts.contact p join campaigns.consent c
                    on c.contact_id = p.id or c.address = lower(btrim(nullif(p.email, '')))
                where p.account_id = :account
                order by p.id, c.purpose, c.given_at desc, c.created_at desc, c.id desc
                """).param("account", account.value()).query(row -> {
            Consent consent = consent(row, 0);
            all.computeIfAbsent(row.getObject("person", UUID.class), none -> new EnumMap<>(Purpose.class))
                    .put(consent.purpose(), consent);
        });
        return all;
    }

    /** By the reader, or by a machine that speaks for them. Saying the same again adds nothing. @return whether it was news */
    @Transactional
    public boolean say(Reader reader, Purpose purpose, boolean granted, String source, @Nullable String wording) {
        // Two clicks at once are one statement.
        database.sql("select pg_advisory_xact_lock(hashtextextended(:who, 370))")
                .param("who", purpose.key() + reader.contact() + reader.folded())
                .query((row, number) -> 1)
                .list();
        if (latest(reader, purpose).filter(said -> said.granted() == granted).isPresent()) {
            return false;
        }
        write(
                reader,
                purpose,
                granted,
                source,
                wording,
                new Actor(Actor.Kind.SYSTEM, null, reader.name() + ", " + source));
        return true;
    }

    /**
     * What a customer told somebody of ours.
     *
     * @return the change, for undo
     * @throws CampaignRefused when it is not said how we know
     */
    @Transactional
    public UUID record(
            UUID contact, Purpose purpose, boolean granted, String source, @Nullable String wording, Viewer viewer) {
        if (!viewer.role().mayWork()) {
            throw new AccessDeniedException("Only people who work accounts write down what a customer said.");
        }
        String how = source.strip();
        if (!purpose.mayBeRefused()) {
            throw new CampaignRefused("Nobody is asked about answers to their own requests.");
        }
        if (how.isEmpty() || how.length() > LONGEST_SOURCE) {
            throw new CampaignRefused("Say in up to 200 characters how you know: a call, a form, a fair.");
        }
        if (wording != null && wording.length() > LONGEST_WORDING) {
            throw new CampaignRefused("Up to 2,000 characters of what was said.");
        }
        Reader reader = reader(contact, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such person in your portfolio."));
        return write(reader, purpose, granted, how, wording, viewer.actor());
    }

    public Optional<Reader> reader(UUID contact, Viewer viewer) {
        return database.sql("""
                select p.id, p.account_id, p.email, p.name from accounts.contact p
                join accounts.account a on a.id = p.account_id
                where p.id = :id and (:everything or a.owner_id = :me)
                """)
                .param("id", contact)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query((row, number) -> new Reader(
                        row.getObject("id", UUID.class),
                        row.getObject("account_id", UUID.class),
                        row.getString("email"),
                        row.getString("name")))
                .optional();
    }

    private UUID write(
            Reader reader, Purpose purpose, boolean granted, String source, @Nullable String wording, Actor actor) {
        UUID id = Ids.next();
        Timestamp now = Timestamp.from(clock.instant());
        database.sql("""
                insert into campaigns.consent (id, external_id, contact_id, account_id, address, purpose, state, given_at, source,
                    wording, said_by, created_at, updated_at)
                values (:id, :external, :contact, :account, :address, :purpose, :state, :now, :source, :wording, :by, :now, :now)
                """)
                .param("id", id)
                .param("external", "consent-" + id)
                .param("contact", reader.contact())
                .param("account", reader.account())
                .param("address", reader.folded())
                .param("purpose", purpose.key())
                .param("state", granted ? "granted" : "refused")
                .param("source", source)
                .param("wording", wording)
                .param("by", actor.name())
                .param("now", now)
                .update();
        String after = database.sql("select to_jsonb(c)::text from campaigns.consent c where id = :id")
                .param("id", id)
                .query(String.class)
                .single();
        AccountId account = reader.account() == null ? null : new AccountId(reader.account());
        return audit.record(
                actor,
                KIND,
                reader.name() + (granted ? " agreed to letters: " : " wants no letters: ")
                        + purpose.title().toLowerCase(Locale.ROOT) + " (" + source + ")",
                List.of(new ChangedThing(KIND, id.toString(), account, null, after)));
    }

    /** Takes statements back that staff wrote down. @return those that were there */
    int remove(Collection<UUID> statements) {
        return database.sql("delete from campaigns.consent where id = any(:ids)")
                .param("ids", statements.toArray(UUID[]::new))
                .update();
    }

    static Consent consent(ResultSet row, int number) throws SQLException {
        return new Consent(
                row.getObject("id", UUID.class),
                Purpose.valueOf(row.getString("purpose").toUpperCase(Locale.ROOT)),
                row.getString("state").equals("granted"),
                row.getTimestamp("given_at").toInstant(),
                row.getString("source"),
                row.getString("wording"),
                row.getString("said_by"));
    }
}
