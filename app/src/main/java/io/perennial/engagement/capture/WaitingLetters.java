package io.perennial.engagement.capture;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.engagement.people.Correspondents;
import io.perennial.engagement.people.Correspondents.Person;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.platform.records.Ids;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Letters to addresses that belong to no contact yet. One decision for an address files all its letters. */
@Component
@Transactional
public class WaitingLetters implements Undoable {

    public static final int MOST = 100;

    private static final String KIND = "private-address";
    private static final Duration KEPT = Duration.ofDays(90);
    private static final int MOST_LETTERS = 500;

    private final JdbcClient database;
    private final CapturedLetters letters;
    private final Correspondents correspondents;
    private final Filing filing;
    private final Accounts accounts;
    private final Records records;
    private final Audit audit;
    private final Clock clock;

    WaitingLetters(
            JdbcClient database,
            CapturedLetters letters,
            Correspondents correspondents,
            Filing filing,
            Accounts accounts,
            Records records,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.letters = letters;
        this.correspondents = correspondents;
        this.filing = filing;
        this.accounts = accounts;
        this.records = records;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * An address that nobody knows.
     *
     * @param suggested the only account with people at the same domain, and its name; null when there is none or several
     */
    public record Unknown(
            String address,
            int letters,
            String subject,
            Instant lastAt,
            @Nullable String member,
            @Nullable AccountId suggested,
            @Nullable String suggestedName) {}

    /** Of the last 90 days, newest first. A colleague sees what they wrote themselves; who sees the whole company, all. */
    @Transactional(readOnly = true)
    public List<Unknown> list(Viewer viewer) {
        List<Unknown> all = database.sql("""
                select w.*, s.id as suggested, s.name as suggested_name from (
                    select a.address, count(*) as letters, max(c.at) as last_at,
                        (array_agg(c.subject order by c.at desc))[1] as subject,
                        (array_agg(m.name order by c.at desc))[1] as member
                    from engagement.captured_address a
                    join engagement.captured c on c.letter_id = a.letter_id
                    left join identity.team_member m on m.id = c.member_id
                    where a.state = 'waiting' and c.at > :since and (:everything or c.member_id = :member)
                      and not exists (select from accounts.contact k where lower(k.email) = a.address and k.left_on is null)
                    group by 1 order by 3 desc limit :most) w
                left join lateral (
                    select case when count(*) = 1 then (array_agg(d.id))[1] end as id, min(d.name) as name from (
                        select distinct a.id, a.name from accounts.contact k join accounts.account a on a.id = k.account_id
                        where k.email ilike '%@' || split_part(w.address, '@', 2) and (:everything or a.owner_id = :member)
                        limit 2) d) s on true
                order by w.last_at desc
                """)
                .param("since", Timestamp.from(clock.instant().minus(KEPT)))
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("most", MOST)
                .query((row, number) -> {
                    UUID suggested = row.getObject("suggested", UUID.class);
                    return new Unknown(
                            row.getString("address"),
                            row.getInt("letters"),
                            row.getString("subject"),
                            row.getTimestamp("last_at").toInstant(),
                            row.getString("member"),
                            suggested == null ? null : new AccountId(suggested),
                            suggested == null ? null : row.getString("suggested_name"));
                })
                .list();
        var privately =
                correspondents.ofPrivate(all.stream().map(Unknown::address).toList());
        return all.stream().filter(one -> !privately.contains(one.address())).toList();
    }

    /**
     * Makes the address a contact of the account and files its letters there.
     *
     * @param name of the person; empty for what stands before the at sign
     * @return the change, for undo
     * @throws NoSuchElementException when nothing waits for the address, or the account is none of the viewer's
     * @throws IllegalArgumentException in words when the contact cannot be written
     */
    public UUID assign(String address, AccountId account, String name, Viewer viewer) {
        requireWork(viewer);
        AccountCard card = accounts.find(account, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such account in your portfolio."));
        String lower = address.toLowerCase(Locale.ROOT);
        List<Captured> waiting = letters.with(lower, MOST_LETTERS);
        if (waiting.isEmpty()
                || list(viewer).stream().noneMatch(one -> one.address().equals(lower))) {
            throw new NoSuchElementException("No letter waits for this address any more.");
        }
        UUID change = Ids.next();
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("account", card.externalId());
        values.put("email", lower);
        values.put("name", name.isBlank() ? spoken(lower) : name.strip());
        RowOutcome outcome = records.upsert(
                        records.type("contacts").orElseThrow(),
                        List.of(new RecordRow(1, "mail-" + lower, values, Map.of())),
                        viewer.actor(),
                        new Records.Write(
                                change, "Letters of " + lower + " assigned to " + card.name(), Records.Formats.ISO))
                .getFirst();
        if (!outcome.problems().isEmpty()) {
            throw new IllegalArgumentException(outcome.problems().getFirst().message());
        }
        file(lower, waiting, change, viewer.actor());
        return change;
    }

    /** Files what waits for addresses that somebody has made contacts meanwhile. @return addresses */
    public int fileKnown() {
        List<String> known =
                database.sql("""
                select distinct a.address from engagement.captured_address a
                join accounts.contact k on lower(k.email) = a.address and k.left_on is null
                where a.state = 'waiting' and not exists (
                    select from accounts.contact m where m.external_id = 'mail-' || a.address and m.id = k.id)
                limit 200
                """).query((row, number) -> row.getString(1)).list();
        for (String address : known) {
            file(address, letters.with(address, MOST_LETTERS), null, Actor.SYSTEM);
            letters.filed(address);
        }
        return known.size();
    }

    private void file(String address, List<Captured> waiting, @Nullable UUID change, Actor actor) {
        List<Person> people = correspondents.people(List.of(address));
        for (Captured letter : waiting) {
            boolean conversation = letter.answered() || letter.member() == null || letters.heardIn(letter.thread());
            filing.file(letter, people, conversation, change, actor);
        }
    }

    /**
     * Letters with such addresses are nobody's business from now on.
     *
     * @param pattern an address; a star stands for any letters
     * @return the change, for undo; null when it is known already
     */
    public @Nullable UUID leave(String pattern, Viewer viewer) {
        requireWork(viewer);
        String lower = pattern.strip().toLowerCase(Locale.ROOT);
        if (!lower.matches("[^\\s@\\p{Cntrl}]{1,100}@[^\\s@*\\p{Cntrl}]{0,5}[^\\s@\\p{Cntrl}]{1,150}")) {
            throw new IllegalArgumentException(
                    "Write an address such as lawyer@example.com, or *@example.com for all of them.");
        }
        int added = database.sql("""
                insert into engagement.private_address (pattern, added_by, added_at) values (:pattern, :by, :now)
                on conflict do nothing
                """)
                .param("pattern", lower)
                .param("by", viewer.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return added == 0
                ? null
                : audit.record(
                        viewer.actor(),
                        KIND,
                        "Letters with " + lower + " are left alone",
                        List.of(new ChangedThing(KIND, lower, null, null, "{}")));
    }

    @Transactional(readOnly = true)
    public List<String> privately() {
        return database.sql("select pattern from engagement.private_address order by pattern limit 500")
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(
                things,
                thing -> database.sql("delete from engagement.private_address where pattern = :pattern")
                                        .param("pattern", thing.id())
                                        .update()
                                == 1
                        ? null
                        : "it is not there any more");
    }

    private static void requireWork(Viewer viewer) {
        if (!viewer.role().mayWork()) {
            throw new AccessDeniedException("Only people who work accounts file letters.");
        }
    }

    /** {@code mia.jansen@} is Mia Jansen. */
    private static String spoken(String address) {
        StringBuilder name = new StringBuilder();
        for (String part : address.substring(0, address.indexOf('@')).split("[._+-]+", -1)) {
            if (!part.isEmpty()) {
                name.append(name.isEmpty() ? "" : " ")
                        .append(Character.toUpperCase(part.charAt(0)))
                        .append(part, 1, part.length());
            }
        }
        return name.isEmpty() ? address : name.toString();
    }
}
