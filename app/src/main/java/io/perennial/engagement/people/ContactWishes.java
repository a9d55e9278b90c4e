package io.perennial.engagement.people;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How and when people at customers wish to be reached. What they want to read stands with notices and campaigns. */
@Component
@Transactional
public class ContactWishes implements Undoable {

    private static final String KIND = "contact-wish";
    private static final String FIELDS = "channel, days, from_hour, to_hour, note";
    private static final int LONGEST_NOTE = 300;

    private final JdbcClient database;
    private final Accounts accounts;
    private final Audit audit;
    private final Clock clock;

    ContactWishes(JdbcClient database, Accounts accounts, Audit audit, Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.audit = audit;
        this.clock = clock;
    }

    public static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    /** Ways, with their words. */
    public static final Map<String, String> CHANNELS = channels();

    private static Map<String, String> channels() {
        Map<String, String> channels = new LinkedHashMap<>();
        channels.put("any", "Any way");
        channels.put("mail", "By mail");
        channels.put("phone", "By telephone");
        channels.put("meeting", "In meetings");
        channels.put("none", "Not at all");
        return channels;
    }

    /**
     * @param channel any, mail, phone, meeting or none
     * @param days mon to sun; empty for any
     * @param fromHour first full hour in the contact's own zone; null for any
     * @param toHour the hour before which it ends
     */
    public record Wish(
            String channel,
            List<String> days,
            @Nullable Integer fromHour,
            @Nullable Integer toHour,
            @Nullable String note) {

        public static final Wish NONE = new Wish("any", List.of(), null, null, null);

        /** @throws IllegalArgumentException in words when there is no such time */
        public Wish {
            if (!CHANNELS.containsKey(channel) || !DAYS.containsAll(days)) {
                throw new IllegalArgumentException("Choose a way and days from the list.");
            }
            if ((fromHour == null) != (toHour == null)
                    || fromHour != null && (fromHour < 0 || toHour > 24 || fromHour >= toHour)) {
                throw new IllegalArgumentException("Hours go from 0 to 24, and the first is before the last.");
            }
            if (note != null && note.length() > LONGEST_NOTE) {
                throw new IllegalArgumentException("A note has up to 300 characters.");
            }
            days = List.copyOf(days);
        }

        /** By telephone, mon tue, 9 to 12. */
        public String words() {
            String when = days.isEmpty() ? "" : ", " + String.join(" ", days);
            String hours = fromHour == null ? "" : ", " + fromHour + " to " + toHour + " o'clock their time";
            return CHANNELS.get(channel) + when + hours + (note == null ? "" : ": " + note);
        }
    }

    @Transactional(readOnly = true)
    public Map<UUID, Wish> of(AccountId account) {
        Map<UUID, Wish> wishes = new LinkedHashMap<>();
        database.sql("""
                select w.* from engagement.contact_wish w join accounts.contact c on c.id = w.contact_id
                where c.account_id = :account limit 1000
                """).param("account", account.value()).query(row -> {
            wishes.put(row.getObject("contact_id", UUID.class), wish(row));
        });
        return wishes;
    }

    /** @return the change, for undo; null when nothing changed */
    public @Nullable UUID keep(AccountId account, UUID contact, Wish wish, Viewer viewer) {
        if (!viewer.role().mayWork()) {
            throw new AccessDeniedException("Only people who work accounts write down wishes.");
        }
        if (!accounts.isVisible(account, viewer)) {
            throw new NoSuchElementException("There is no such account in your portfolio.");
        }
        Contact person = accounts.contacts(account).stream()
                .filter(one -> one.id().equals(contact))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("There is no such person at this account."));
        String before = snapshot(contact);
        write(contact, wish, viewer.name());
        String after = snapshot(contact);
        if (after != null && after.equals(before)) {
            return null;
        }
        return audit.record(
                viewer.actor(),
                KIND,
                "How " + person.name() + " wishes to be reached was written down",
                List.of(new ChangedThing(KIND, contact.toString(), account, before, after)));
    }

    private void write(UUID contact, Wish wish, String by) {
        database.sql("""
                insert into engagement.contact_wish (contact_id, channel, days, from_hour, to_hour, note, changed_by, changed_at)
                values (:contact, :channel, :days, :from, :to, :note, :by, :now)
                on conflict (contact_id) do update set channel = excluded.channel, days = excluded.days,
                    from_hour = excluded.from_hour, to_hour = excluded.to_hour, note = excluded.note,
                    changed_by = excluded.changed_by, changed_at = excluded.changed_at
                """)
                .param("contact", contact)
                .param("channel", wish.channel())
                .param("days", new SqlArrayValue("text", wish.days().toArray()))
                .param("from", wish.fromHour())
                .param("to", wish.toHour())
                .param("note", wish.note())
                .param("by", by)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private @Nullable String snapshot(UUID contact) {
        return database.sql("select to_jsonb(f)::text from (select " + FIELDS
                        + " from engagement.contact_wish where contact_id = :id) f")
                .param("id", contact)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private static Wish wish(ResultSet row) throws SQLException {
        return new Wish(
                row.getString("channel"),
                List.of((String[]) row.getArray("days").getArray()),
                row.getObject("from_hour", Integer.class),
                row.getObject("to_hour", Integer.class),
                row.getString("note"));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(things, thing -> {
            UUID contact = UUID.fromString(thing.id());
            if (!String.valueOf(thing.after()).equals(snapshot(contact))) {
                return "the wish was changed since";
            }
            if (thing.before() == null) {
                database.sql("delete from engagement.contact_wish where contact_id = :id")
                        .param("id", contact)
                        .update();
            } else {
                database.sql("update engagement.contact_wish set (" + FIELDS + ") = (select " + FIELDS
                                + " from jsonb_populate_record(null::engagement.contact_wish, cast(:before as jsonb)))"
                                + " where contact_id = :id")
                        .param("before", thing.before())
                        .param("id", contact)
                        .update();
            }
            return null;
        });
    }
}
