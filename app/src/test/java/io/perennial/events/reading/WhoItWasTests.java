package io.perennial.events.reading;

import static io.perennial.events.reading.Sent.group;
import static io.perennial.events.reading.Sent.identify;
import static io.perennial.events.reading.Sent.used;
import static io.perennial.events.reading.Sent.visited;
import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.PerennialTest;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Whose events they are: visitors, newcomers, people who change the employer, and what is said about them. */
@PerennialTest
class WhoItWasTests extends ReadingStory {

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
}
