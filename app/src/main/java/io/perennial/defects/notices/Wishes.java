package io.perennial.defects.notices;

import io.perennial.defects.DefectEditing;
import io.perennial.defects.DefectMoved;
import io.perennial.defects.DefectRefused;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What contacts want to be told, and how often. Changed by staff, and by the contact through a link that nobody can guess. */
@Component
public class Wishes {

    private static final int TOKEN_BYTES = 24;

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    Wishes(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** Somebody whom we may write to. @param language two letters; empty where neither the person nor the account has one */
    public record Person(
            UUID id,
            String name,
            @Nullable String email,
            AccountId account,
            String company,
            String language,
            Wish wish) {}

    /** What a form says; empty words stand for what it does not say. */
    public record Choice(boolean byMail, String knownIssue, String news, String maintenance) {

        public static final Choice NOTHING = new Choice(false, "", "", "");
    }

    public Wish of(UUID contact) {
        return database.sql("select * from defects.wish where id = :id")
                .param("id", contact)
                .query(Wishes::wish)
                .optional()
                .orElse(Wish.unsaid(contact));
    }

    /**
     * Whether somebody else with the same address wants no letters and said so later than this contact said anything: it is
     * one mailbox, and whoever reads it was asked once.
     */
    boolean isMute(String address, UUID contact) {
        return database.sql("""
                select exists (select from defects.wish w join accounts.contact p on p.id = w.id
                    where w.channel = 'none' and lower(btrim(p.email)) = lower(btrim(:address)) and p.id <> :contact
                      and w.changed_at > coalesce(
                          (select o.changed_at from defects.wish o where o.id = :contact), '-infinity'))
                """)
                .param("address", address)
                .param("contact", contact)
                .query(Boolean.class)
                .single();
    }

    /** The people of an account, by name; whoever asks has checked that the viewer may see it. */
    public List<Person> people(AccountId account) {
        return database.sql(
                        PERSON + " where p.account_id = :account and p.left_on is null order by p.name, p.id limit 200")
                .param("account", account.value())
                .query(Wishes::person)
                .list();
    }

    public Optional<Person> person(UUID contact, Viewer viewer) {
        return database.sql(PERSON + " where p.id = :id and (:everything or a.owner_id = :me)")
                .param("id", contact)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query(Wishes::person)
                .optional();
    }

    /** Whose link it is. Tokens are compared by the database as a whole; there is nothing to learn from how long it takes. */
    public Optional<Person> byToken(String token) {
        return token.length() > 100 || token.indexOf('\0') >= 0
                ? Optional.empty()
                : database.sql(PERSON + " join defects.wish_link l on l.contact_id = p.id where l.token = :token")
                        .param("token", token)
                        .query(Wishes::person)
                        .optional();
    }

    /** The secret of a contact's link, made when it is first needed. */
    @Transactional
    public String token(UUID contact) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        database.sql("""
                insert into defects.wish_link (contact_id, token, made_at) values (:contact, :token, :now)
                on conflict (contact_id) do nothing
                """)
                .param("contact", contact)
                .param("token", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return database.sql("select token from defects.wish_link where contact_id = :contact")
                .param("contact", contact)
                .query(String.class)
                .single();
    }

    /**
     * @param seen version that the form showed
     * @return the change; null when nothing is different
     * @throws DefectMoved when the contact or a colleague changed it since
     */
    @Transactional
    public @Nullable UUID change(UUID contact, int seen, Choice choice, Viewer viewer) {
        DefectEditing.requireWriter(viewer);
        Person person = person(contact, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such person in your portfolio."));
        return write(person, seen, choice, viewer.actor());
    }

    /** By the contact: the last word always counts. */
    @Transactional
    public void change(Person person, Choice choice) {
        write(person, -1, choice, new Actor(Actor.Kind.SYSTEM, null, person.name() + ", by link"));
    }

    private @Nullable UUID write(Person person, int seen, Choice choice, Actor actor) {
        Wish before = database.sql("select * from defects.wish where id = :id for update")
                .param("id", person.id())
                .query(Wishes::wish)
                .optional()
                .orElse(Wish.unsaid(person.id()));
        Wish after = new Wish(
                person.id(),
                choice.byMail(),
                frequency(choice.knownIssue(), before.knownIssue()),
                frequency(choice.news(), before.news()),
                frequency(choice.maintenance(), before.maintenance()),
                actor.name(),
                clock.instant(),
                before.version() + 1);
        if (same(before, after)) {
            return null;
        }
        if (seen >= 0 && seen != before.version()) {
            throw new DefectMoved(before.changedBy() + " changed it to: " + before.words() + ".");
        }
        String was = snapshot(person.id());
        store(after);
        return audit.record(
                actor,
                WishUndo.KIND,
                "What " + person.name() + " of " + person.company() + " is told: " + after.words(),
                List.of(new ChangedThing(
                        WishUndo.KIND, person.id().toString(), person.account(), was, snapshot(person.id()))));
    }

    private void store(Wish wish) {
        database.sql("""
                insert into defects.wish (id, channel, known_issue, news, maintenance, changed_by, changed_at)
                values (:id, :channel, :known, :news, :maintenance, :by, :now)
                on conflict (id) do update set channel = excluded.channel, known_issue = excluded.known_issue,
                    news = excluded.news, maintenance = excluded.maintenance, changed_by = excluded.changed_by,
                    changed_at = excluded.changed_at, version = wish.version + 1
                """)
                .param("id", wish.contact())
                .param("channel", wish.byMail() ? "mail" : "none")
                .param("known", wish.knownIssue().key())
                .param("news", wish.news().key())
                .param("maintenance", wish.maintenance().key())
                .param("by", wish.changedBy())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private @Nullable String snapshot(UUID contact) {
        return database.sql("select to_jsonb(w) - 'version' from defects.wish w where id = :id")
                .param("id", contact)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private static boolean same(Wish before, Wish after) {
        return before.byMail() == after.byMail()
                && before.knownIssue() == after.knownIssue()
                && before.news() == after.news()
                && before.maintenance() == after.maintenance();
    }

    private static Frequency frequency(String key, Frequency before) {
        if (key.isEmpty()) {
            return before;
        }
        return Frequency.find(key).orElseThrow(() -> new DefectRefused("Choose how often."));
    }

    private static Wish wish(ResultSet row, int number) throws SQLException {
        return new Wish(
                row.getObject("id", UUID.class),
                "mail".equals(row.getString("channel")),
                Frequency.find(row.getString("known_issue")).orElseThrow(),
                Frequency.find(row.getString("news")).orElseThrow(),
                Frequency.find(row.getString("maintenance")).orElseThrow(),
                row.getString("changed_by"),
                row.getTimestamp("changed_at").toInstant(),
                row.getInt("version"));
    }

    private static Person person(ResultSet row, int number) throws SQLException {
        UUID id = row.getObject("person", UUID.class);
        return new Person(
                id,
                row.getString("name"),
                row.getString("email"),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("company"),
                row.getString("speaks"),
                row.getString("channel") == null ? Wish.unsaid(id) : wish(row, number));
    }

    private static final String PERSON = """
            select p.id as person, p.name, p.email, p.account_id, a.name as company, w.*,
                lower(left(coalesce(nullif(p.language, ''), a.language, ''), 2)) as speaks
            from accounts.contact p join accounts.account a on a.id = p.account_id
            left join defects.wish w on w.id = p.id
            """;
}
