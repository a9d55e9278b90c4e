package io.perennial.events.reading;

import static io.perennial.events.reading.Sent.group;
import static io.perennial.events.reading.Sent.identify;
import static io.perennial.events.reading.Sent.used;
import static io.perennial.events.reading.Sent.visited;
import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.shared.Actor;
import io.perennial.usage.UsageFacts;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@PerennialTest
class EventReadingTests {

    private static final Instant NOW = MovableClock.START;

    @Autowired
    JdbcClient database;

    @Autowired
    JdbcTemplate template;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Records records;

    @Autowired
    EventReading reading;

    @Autowired
    MovableClock clock;

    Appender inbox;
    Book book;

    @BeforeEach
    void twoCustomers() {
        inbox = new Appender(template, transactions);
        book = new Book(database);
        book.account("harbor", "Harbor Freight Lines");
        book.account("quill", "Quill & Sons");
    }

    @Test
    void aDayOfEventsBecomesUseOfTheAccountThatTheUserBelongsTo() {
        inbox.append(
                NOW,
                group("g1", "mia", "harbor", "{}"),
                used("e1", "mia", "Export", "2026-11-23T08:02:00Z"),
                used("e2", "mia", "Export", "2026-11-23T08:03:00Z"),
                used("e3", "mia", "Import", "2026-11-23T14:00:00Z"),
                used("e4", "tom", "Import", "2026-11-23T14:00:00Z").inAccount("harbor"));

        assertThat(reading.drain()).isEqualTo(5);

        assertThat(accountDay("harbor", "2026-11-23")).isEqualTo("4 uses, 2 users, 2 features, counted");
        assertThat(companyDay("2026-11-23")).isEqualTo("4 uses, 2 users, 1 accounts");
        assertThat(sessions("harbor", "mia", "2026-11-23")).as("slots").isEqualTo("96 168");
        assertThat(database.sql("select count(*) from usage.feature where reviewed_at is null")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        assertThat(changed()).isEqualTo(1);
    }

    @Test
    void whatIsSentAgainIsNotCountedAgain() {
        Sent event = used("e1", "mia", "Export", "2026-11-23T08:02:00Z").inAccount("harbor");
        inbox.append(NOW, event, event);
        reading.drain();
        inbox.append(NOW, event);
        reading.drain();

        assertThat(accountDay("harbor", "2026-11-23")).isEqualTo("1 uses, 1 users, 1 features, counted");
        assertThat(database.sql("select events || ' and ' || repeated from events.source_day")
                        .query(String.class)
                        .single())
                .isEqualTo("1 and 2");
    }

    @Test
    void theSameMessageOfAnotherSourceIsAnotherEvent() {
        Sent event = used("e1", "mia", "Export", "2026-11-23T08:02:00Z").inAccount("harbor");
        inbox.append(NOW, event, event.from(2));
        reading.drain();

        assertThat(accountDay("harbor", "2026-11-23")).isEqualTo("2 uses, 1 users, 1 features, counted");
    }

    @Test
    void whileClientsWaitForAnswersLittleIsCountedAtATimeUntilItIsOverdue() {
        inbox.append(
                NOW,
                IntStream.range(0, 12_000)
                        .mapToObj(i -> used("e" + i, "mia", "Export", "2026-11-23T08:02:00Z")
                                .inAccount("harbor"))
                        .toList());
        reading.eventsCame(Duration.ofMillis(5));
        reading.eventsCame(Duration.ofMillis(50));
        reading.step();
        assertThat(accountDay("harbor", "2026-11-23")).startsWith("5000 uses");

        clock.moveTo(NOW.plusSeconds(31));
        reading.eventsCame(Duration.ofMillis(50));
        reading.step();
        assertThat(accountDay("harbor", "2026-11-23")).startsWith("12000 uses");
    }

    @Test
    void anEventSentAgainInTheNextMonthIsFound() {
        Sent event = used("e1", "mia", "Export", "2026-11-30T23:59:00Z").inAccount("harbor");
        clock.moveTo(Instant.parse("2026-11-30T23:59:59Z"));
        inbox.append(clock.instant(), event);
        reading.drain();
        clock.moveTo(Instant.parse("2026-12-01T00:00:01Z"));
        inbox.append(clock.instant(), event);
        reading.drain();
        clock.moveTo(Instant.parse("2027-01-10T00:00:01Z"));
        inbox.append(clock.instant(), event);
        reading.drain();
        clock.moveTo(Instant.parse("2026-12-20T00:00:01Z"));
        inbox.append(clock.instant(), event);
        reading.drain();

        assertThat(accountDay("harbor", "2026-11-30")).isEqualTo("1 uses, 1 users, 1 features, counted");
    }

    @Test
    void whatAVisitorDidBeforeSigningInIsCountedOnceWeKnowWhoItWas() {
        inbox.append(NOW, visited("p1", "anon-7", "Pricing", "2026-11-20T10:00:00Z"));
        reading.drain();
        assertThat(waiting()).isEqualTo(1);

        inbox.append(NOW, identify("i1", "anon-7", "mia", "{\"company\":{\"id\":\"harbor\"},\"name\":\"Mia Okafor\"}"));
        reading.drain();

        assertThat(waiting()).isZero();
        assertThat(accountDay("harbor", "2026-11-20")).isEqualTo("1 uses, 1 users, 1 features, counted");
        assertThat(contact("mia")).isEqualTo("Mia Okafor of harbor");
    }

    @Test
    void eventsOfAnAccountThatIsNotThereYetWaitForItsImport() {
        inbox.append(
                NOW,
                used("e1", "zoe", "Export", "2026-11-20T10:00:00Z").inAccount("nova"),
                identify("i1", null, "yan", "{\"company\":\"text\",\"name\":\"Yan\"}"),
                used("e2", "yan", "Export", "2026-11-20T10:00:00Z"));
        reading.drain();
        assertThat(waiting()).isEqualTo(3);

        importAccount("nova");
        importContact("yan", "nova");
        reading.drain();

        assertThat(waiting()).isZero();
        assertThat(accountDay("nova", "2026-11-20")).isEqualTo("2 uses, 2 users, 1 features, counted");
    }

    /** More than fits into memory at once, for a customer who becomes known later, and for a user who does. */
    @Test
    void whateverWaitsForSomebodyIsCountedInPortionsAndWholly() {
        int many = 2 * Waiting.MOST + 1_000;
        database.sql("""
                insert into events.inbox (received_on, received_at, source_id, message, kind, occurred_at, user_ref,
                    account_ref, name, body)
                select '2026-11-24', :now, 1, gen_random_uuid(), 1, :now, 'mia', case when n % 2 = 0 then 'newcomer' end,
                    'Export', '{}'
                from generate_series(1, :all) n
                """)
                .param("now", NOW.atOffset(ZoneOffset.UTC))
                .param("all", 2 * many)
                .update();
        reading.drain();
        assertThat(waiting()).isEqualTo(2 * many);

        importAccount("newcomer");
        inbox.append(NOW, group("g1", "mia", "harbor", "{}"));
        reading.drain();

        assertThat(waiting()).isZero();
        assertThat(accountDay("newcomer", "2026-11-24")).isEqualTo(many + " uses, 1 users, 1 features, counted");
        assertThat(accountDay("harbor", "2026-11-24")).isEqualTo(many + " uses, 1 users, 1 features, counted");
    }

    @Test
    void aUserWhoChangesTheEmployerTakesNothingAlong() {
        inbox.append(NOW, group("g1", "mia", "harbor", "{}"), used("e1", "mia", "Export", "2026-11-20T10:00:00Z"));
        reading.drain();
        inbox.append(
                NOW,
                used("e2", "mia", "Export", "2026-11-21T10:00:00Z"),
                group("g2", "mia", "quill", "{}"),
                used("e3", "mia", "Export", "2026-11-21T11:00:00Z"));
        reading.drain();

        assertThat(accountDay("harbor", "2026-11-20")).startsWith("1 uses");
        assertThat(accountDay("harbor", "2026-11-21")).startsWith("1 uses");
        assertThat(accountDay("quill", "2026-11-21")).startsWith("1 uses");
    }

    @Test
    void aPersonKnownByTheEMailAddressIsRecognised() {
        importContact("c-17", "quill");
        database.sql("update accounts.contact set email = 'ada@quill.example' where external_id = 'c-17'")
                .update();
        inbox.append(
                NOW,
                used("e1", "Ada@Quill.example", "Export", "2026-11-20T10:00:00Z"),
                identify("i1", null, "Ada@Quill.example", "{\"title\":\"Head of Sales\"}"));
        reading.drain();

        assertThat(accountDay("quill", "2026-11-20")).startsWith("1 uses, 1 users");
        assertThat(database.sql("select title from accounts.contact where external_id = 'c-17'")
                        .query(String.class)
                        .single())
                .isEqualTo("Head of Sales");
        assertThat(database.sql("select count(*) from accounts.contact")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whoNamesTheAccountWhileAnonymousBelongsToItOnceNamed() {
        inbox.append(
                NOW,
                visited("v1", "anon-7", "Pricing", "2026-11-23T08:00:00Z"),
                visitorGroup("g1", "anon-7", "harbor"));
        reading.drain();
        inbox.append(NOW, identify("i1", "anon-7", "mia", "{}"), used("e1", "mia", "Export", "2026-11-23T09:00:00Z"));
        reading.drain();

        assertThat(accountDay("harbor", "2026-11-23")).isEqualTo("2 uses, 1 users, 2 features, counted");
    }

    @Test
    void whatAVisitorSaidDoesNotUndoWhatWasSaidLaterAndIsNotTheNextUsers() {
        inbox.append(
                NOW,
                visitorGroup("g1", "anon-7", "harbor"),
                group("g2", "mia", "quill", "{}"),
                identify("i1", "anon-7", "mia", "{}"),
                identify("i2", "anon-7", "tom", "{}"),
                used("e1", "mia", "Export", "2026-11-23T09:00:00Z"),
                used("e2", "tom", "Export", "2026-11-23T09:00:00Z"));
        reading.drain();

        assertThat(accountDay("quill", "2026-11-23")).isEqualTo("1 uses, 1 users, 1 features, counted");
        assertThat(database.sql("select count(*) from events.membership where account_ref = 'harbor'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private static Sent visitorGroup(String message, String visitor, String account) {
        return new Sent(
                1,
                message,
                Event.GROUP,
                Instant.parse("2026-11-24T08:00:00Z"),
                null,
                visitor,
                account,
                null,
                "{\"type\":\"group\",\"traits\":{}}");
    }

    @Test
    void groupDescribesAnAccountAndGarbageInItIsRemarkedNotFatal() {
        inbox.append(
                NOW,
                group(
                        "g1",
                        "mia",
                        "nova",
                        "{\"name\":\"Nova Labs\",\"industry\":\"Energy\",\"employees\":120,\"address\":{\"city\":\"Oslo\"},"
                                + "\"website\":\"" + "x".repeat(400) + "\"}"),
                used("e1", "mia", "Export", "2026-11-20T10:00:00Z"),
                identify("i1", null, "mia", "{\"email\":\"no address\",\"phone\":\"+47 1\",\"plan\":\"pro\"}"));
        reading.drain();

        assertThat(database.sql("""
                        select name || ', ' || industry || ', ' || (attributes ->> 'employees') || ', '
                            || (attributes ->> 'address.city')
                        from accounts.account where external_id = 'nova'
                        """).query(String.class).single()).isEqualTo("Nova Labs, Energy, 120, Oslo");
        assertThat(database.sql("select name || ', ' || phone || ', ' || (attributes ->> 'plan') from accounts.contact")
                        .query(String.class)
                        .single())
                .endsWith(", +47 1, pro");
        assertThat(database.sql("select subject from events.remark order by id")
                        .query(String.class)
                        .list())
                .containsExactly("nova", "mia");
        assertThat(accountDay("nova", "2026-11-20")).startsWith("1 uses");
    }

    @Test
    void sayingTheSameTraitsAgainDoesNotUndoAPersonsCorrection() {
        inbox.append(NOW, group("g1", "mia", "harbor", "{}"), identify("i1", null, "mia", "{\"name\":\"Mia O\"}"));
        reading.drain();
        database.sql("update accounts.contact set name = 'Mia Okafor'").update();
        inbox.append(NOW, identify("i2", null, "mia", "{\"name\":\"Mia O\"}"));
        reading.drain();
        assertThat(contact("mia")).isEqualTo("Mia Okafor of harbor");

        inbox.append(NOW, identify("i3", null, "mia", "{\"name\":\"Mia Lind\"}"));
        reading.drain();
        assertThat(contact("mia")).isEqualTo("Mia Lind of harbor");
    }

    @Test
    void anEventThatCannotBeReadIsParkedAndTheOthersGoOn() {
        inbox.append(
                NOW,
                used("e1", "mia", "Export", "2026-11-20T10:00:00Z").inAccount("harbor"),
                used("e2", "m".repeat(300), "Export", "2026-11-20T10:00:00Z").inAccount("harbor"),
                used("e3", "mia", "Export", "2026-11-20T10:00:00Z").inAccount("harbor"));
        // Nobody can write use of this feature: the database refuses it.
        database.sql("alter table usage.feature add constraint no_poison check (name <> 'Poison')")
                .update();
        try {
            inbox.append(
                    NOW,
                    used("e4", "mia", "Poison", "2026-11-20T10:00:00Z").inAccount("harbor"),
                    used("e5", "mia", "Export", "2026-11-20T10:00:00Z").inAccount("harbor"));
            reading.drain();
        } finally {
            database.sql("alter table usage.feature drop constraint no_poison").update();
        }

        assertThat(accountDay("harbor", "2026-11-20")).startsWith("3 uses");
        assertThat(database.sql("select error from events.parked order by seq")
                        .query(String.class)
                        .list())
                .satisfiesExactly(
                        tooLong -> assertThat(tooLong).contains("longer than 255"),
                        poison -> assertThat(poison).contains("no_poison"));
    }

    @Test
    void aFileAndEventsOfTheSameDayStandBesideEachOtherAndATotalIsNotAddedToItsParts() {
        inbox.append(NOW, used("e1", "mia", "Export", "2026-11-20T10:00:00Z").inAccount("harbor"));
        reading.drain();
        new UsageFacts(records)
                .row("harbor", "2026-11-20", Map.of("events", 20L))
                .written();
        assertThat(accountDay("harbor", "2026-11-20")).isEqualTo("20 uses, 1 users, 1 features");

        inbox.append(NOW, used("e2", "tom", "Import", "2026-11-20T10:00:00Z").inAccount("harbor"));
        reading.drain();

        assertThat(accountDay("harbor", "2026-11-20")).isEqualTo("20 uses, 2 users, 2 features");
        assertThat(companyDay("2026-11-20")).isEqualTo("20 uses, 2 users, 1 accounts");
    }

    @Test
    void aLateEventLandsOnItsOwnDayAndAnAbsurdClockOnTheDayOfArrival() {
        inbox.append(
                NOW,
                used("e1", "mia", "Export", "2026-10-25T23:59:59Z").inAccount("harbor"),
                used("e2", "mia", "Export", "2031-01-01T00:00:00Z").inAccount("harbor"),
                used("e3", "mia", "Export", "1970-01-01T00:00:00Z").inAccount("harbor"));
        reading.drain();

        assertThat(accountDay("harbor", "2026-10-25")).startsWith("1 uses");
        assertThat(accountDay("harbor", "2026-11-24")).startsWith("2 uses");
        assertThat(database.sql("select day::text from usage.first_use")
                        .query(String.class)
                        .single())
                .isEqualTo("2026-10-25");
    }

    @Test
    void rawEventsGoAfterTheirTimeAndWhatWasCountedStays() {
        inbox.append(NOW, used("e1", "mia", "Export", "2026-11-24T08:00:00Z").inAccount("harbor"));
        reading.drain();
        clock.moveBy(Duration.ofDays(91));
        inbox.append(
                clock.instant(),
                used("e2", "mia", "Export", "2027-02-23T08:00:00Z").inAccount("harbor"));
        reading.drain();

        assertThat(database.sql("select count(*) from events.inbox")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(accountDay("harbor", "2026-11-24")).startsWith("1 uses");
        clock.moveBy(Duration.ofDays(1));
    }

    private void importAccount(String id) {
        upsert("accounts", id, Map.of("name", id));
    }

    private void importContact(String id, String account) {
        upsert("contacts", id, Map.of("name", id, "account", account));
    }

    private void upsert(String type, String id, Map<String, Object> values) {
        records.upsert(
                records.type(type).orElseThrow(),
                List.of(new RecordRow(1, id, new HashMap<>(values), Map.of())),
                Actor.SYSTEM,
                new Records.Write(null, "imported", Records.Formats.ISO));
    }

    private String contact(String user) {
        return database.sql("""
                select c.name || ' of ' || a.external_id from accounts.contact c
                join accounts.account a on a.id = c.account_id where c.external_id = :user
                """).param("user", user).query(String.class).single();
    }

    private int waiting() {
        return database.sql("select count(*) from events.unresolved")
                .query(Integer.class)
                .single();
    }

    private int changed() {
        return database.sql("select count(*) from accounts.changed")
                .query(Integer.class)
                .single();
    }

    private String sessions(String account, String user, String day) {
        return database.sql("""
                select string_agg(n::text, ' ' order by n) from usage.user_day d
                join accounts.account a on a.id = d.account_id
                join usage.product_user u on u.id = d.user_id
                cross join generate_series(0, 287) n
                where a.external_id = :account and u.external_id = :user and d.day = :day::date
                    and get_bit(d.slots, n) = 1
                """)
                .param("account", account)
                .param("user", user)
                .param("day", day)
                .query(String.class)
                .single();
    }

    private String accountDay(String account, String day) {
        return database.sql("""
                select format('%s uses, %s users, %s features%s', d.events, d.active_users, cardinality(d.features),
                    case when counted then ', counted' end)
                from usage.account_day d join accounts.account a on a.id = d.account_id
                where a.external_id = :account and d.day = :day::date
                """)
                .param("account", account)
                .param("day", day)
                .query(String.class)
                .single();
    }

    private String companyDay(String day) {
        return database.sql("""
                select format('%s uses, %s users, %s accounts', events, active_users, accounts)
                from usage.company_day where day = :day::date
                """).param("day", day).query(String.class).single();
    }
}
