package io.perennial.renewals;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.platform.audit.ChangedRows.Row;
import io.perennial.platform.records.Ids;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whom a renewal depends on at the customer: who decides, and people of the technical, business and finance side. Nobody counts
 * before somebody has confirmed them with a day.
 */
@Component
public class RenewalPeople {

    /** A confirmation says something for so long; then it is asked again. */
    public static final int CONFIRMED_FOR_DAYS = 183;

    private static final int MOST = 30;

    private final JdbcClient database;
    private final RenewalWork work;
    private final RenewalLog log;
    private final Accounts accounts;
    private final Records records;
    private final Clock clock;

    RenewalPeople(
            JdbcClient database, RenewalWork work, RenewalLog log, Accounts accounts, Records records, Clock clock) {
        this.database = database;
        this.work = work;
        this.log = log;
        this.accounts = accounts;
        this.records = records;
        this.clock = clock;
    }

    /** On which side of the customer somebody stands. */
    public enum Side {
        BUSINESS("Business", Set.of("decision_maker", "sponsor", "champion", "executive_sponsor", "owner", "renewal")),
        TECHNICAL("Technical", Set.of("technical", "admin", "administrator", "power_user", "it")),
        FINANCE("Finance", Set.of("finance", "procurement", "purchasing", "billing"));

        private final String title;
        private final Set<String> roles;

        Side(String title, Set<String> roles) {
            this.title = title;
            this.roles = roles;
        }

        public static Optional<Side> find(String key) {
            return Arrays.stream(values())
                    .filter(side -> side.key().equals(key))
                    .findFirst();
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String title() {
            return title;
        }

        /** Whether one of these roles stands on it. */
        boolean isOf(Set<String> words) {
            return roles.stream().anyMatch(words::contains);
        }
    }

    /**
     * Somebody named for a renewal.
     *
     * @param confirmedTitle title at the customer when it was confirmed
     */
    public record Person(
            UUID id,
            UUID contact,
            String name,
            @Nullable String title,
            @Nullable String email,
            @Nullable String language,
            Side side,
            boolean decides,
            @Nullable LocalDate leftOn,
            @Nullable LocalDate confirmedOn,
            @Nullable String confirmedBy,
            @Nullable String confirmedTitle) {

        public boolean isConfirmed() {
            return confirmedOn != null;
        }

        public boolean isHereOn(LocalDate day) {
            return leftOn == null || leftOn.isAfter(day);
        }

        public boolean isStaleOn(LocalDate day) {
            return confirmedOn != null
                    && confirmedOn.plusDays(CONFIRMED_FOR_DAYS).isBefore(day);
        }

        /** Whether they were somebody else when they were confirmed. */
        public boolean titleChanged() {
            return confirmedTitle != null && title != null && !confirmedTitle.equalsIgnoreCase(title);
        }
    }

    /** Who decides first, then by side and name. */
    public List<Person> of(UUID renewal) {
        return database.sql("""
                select p.id, p.contact_id, c.name, c.title, c.email, coalesce(c.language, a.language) as language, p.role,
                    r.decider_id is not distinct from p.contact_id as decides, c.left_on, p.confirmed_on, p.confirmed_by,
                    p.confirmed_title
                from renewals.person p
                join renewals.renewal r on r.id = p.renewal_id
                join accounts.contact c on c.id = p.contact_id
                join accounts.account a on a.id = c.account_id
                where p.renewal_id = :renewal order by 8 desc, p.role, c.name, p.id limit :most
                """)
                .param("renewal", renewal)
                .param("most", MOST)
                .query((row, number) -> new Person(
                        row.getObject("id", UUID.class),
                        row.getObject("contact_id", UUID.class),
                        row.getString("name"),
                        row.getString("title"),
                        row.getString("email"),
                        row.getString("language"),
                        Side.find(row.getString("role")).orElseThrow(),
                        row.getBoolean("decides"),
                        row.getObject("left_on", LocalDate.class),
                        row.getObject("confirmed_on", LocalDate.class),
                        row.getString("confirmed_by"),
                        row.getString("confirmed_title")))
                .list();
    }

    /**
     * Names a person and confirms that they are the right one.
     *
     * @param decides whether this is who decides; there is one such person
     */
    @Transactional
    public @Nullable UUID confirm(UUID id, UUID contact, Side side, boolean decides, Worker worker) {
        Renewal renewal = work.open(id, worker);
        Contact person = contact(renewal, contact);
        if (!person.isHereOn(today())) {
            throw new RenewalRefused(person.name() + " has left. Confirm somebody who is still there.");
        }
        Person known = named(id, contact);
        if (known == null && of(id).size() >= MOST) {
            throw new RenewalRefused("A renewal has at most " + MOST + " people. Take somebody off first.");
        }
        UUID row = known == null ? Ids.next() : known.id();
        UUID change = log.changed(
                renewal,
                "confirmed " + person.name()
                        + (decides
                                ? ", who decides"
                                : " for the " + side.title().toLowerCase(Locale.ROOT) + " side"),
                List.of(new Row(Thing.PERSON, row), new Row(Thing.RENEWAL, id)),
                worker.actor(),
                () -> write(row, renewal, person, side, decides, worker));
        if (decides && !today().equals(person.confirmedOn())) {
            tellAccounts(person, worker);
        }
        return change;
    }

    /** Health asks the contact itself whether somebody on whom the renewal depends is confirmed. */
    private void tellAccounts(Contact person, Worker worker) {
        RecordType type = records.type("contacts").orElseThrow();
        RowOutcome outcome = records.upsert(
                        type,
                        List.of(new RecordRow(
                                1, person.externalId(), Map.of("confirmed_on", today().toString()), Map.of())),
                        worker.actor(),
                        new Records.Write(null, person.name() + " confirmed", Records.Formats.ISO))
                .getFirst();
        if (!outcome.problems().isEmpty()) {
            throw new RenewalRefused(outcome.problems().getFirst().message());
        }
    }

    private void write(UUID row, Renewal renewal, Contact person, Side side, boolean decides, Worker worker) {
        database.sql("""
                insert into renewals.person
                    (id, renewal_id, contact_id, role, confirmed_on, confirmed_by, confirmed_title, added_by, added_on)
                values (:id, :renewal, :contact, :role, :today, :by, :title, :by, :today)
                on conflict (renewal_id, contact_id) do update set role = excluded.role,
                    confirmed_on = excluded.confirmed_on, confirmed_by = excluded.confirmed_by,
                    confirmed_title = excluded.confirmed_title
                """)
                .param("id", row)
                .param("renewal", renewal.id())
                .param("contact", person.id())
                .param("role", side.key())
                .param("today", today())
                .param("by", worker.name())
                .param("title", person.title())
                .update();
        database.sql("""
                update renewals.departure set settled_on = :today
                where renewal_id = :renewal and contact_id = :contact and settled_on is null
                """)
                .param("today", today())
                .param("renewal", renewal.id())
                .param("contact", person.id())
                .update();
        if (decides) {
            database.sql("update renewals.renewal set decider_id = :contact, confirmed_on = :today where id = :id")
                    .param("contact", person.id())
                    .param("today", today())
                    .param("id", renewal.id())
                    .update();
            work.reached(renewal.id(), Stage.CONFIRMED);
        } else {
            database.sql("""
                    update renewals.renewal set decider_id = null, confirmed_on = null
                    where id = :id and decider_id = :contact
                    """)
                    .param("contact", person.id())
                    .param("id", renewal.id())
                    .update();
        }
    }

    /** No letter goes to them any more, and nobody waits for their answer. */
    @Transactional
    public @Nullable UUID remove(UUID id, UUID contact, Worker worker) {
        Renewal renewal = work.open(id, worker);
        Person known = named(id, contact);
        if (known == null) {
            return null;
        }
        return log.changed(
                renewal,
                "took " + known.name() + " off",
                List.of(new Row(Thing.PERSON, known.id()), new Row(Thing.RENEWAL, id)),
                worker.actor(),
                () -> {
                    database.sql("delete from renewals.person where id = :id")
                            .param("id", known.id())
                            .update();
                    database.sql("""
                            update renewals.renewal set decider_id = null, confirmed_on = null
                            where id = :id and decider_id = :contact
                            """).param("id", id).param("contact", contact).update();
                });
    }

    private Contact contact(Renewal renewal, UUID contact) {
        return accounts.contacts(renewal.account()).stream()
                .filter(one -> one.id().equals(contact))
                .findFirst()
                .orElseThrow(() -> new RenewalRefused("There is no such person at " + renewal.accountName() + "."));
    }

    private @Nullable Person named(UUID renewal, UUID contact) {
        return of(renewal).stream()
                .filter(one -> one.contact().equals(contact))
                .findFirst()
                .orElse(null);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
