package io.perennial.engagement.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.mail.BounceListener.Bounce;
import io.perennial.mail.IncomingLetter;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Mia is the champion of Harbor, Uma only uses it; the account is Ana's. */
@PerennialTest
class DepartureTests {

    @Autowired
    JdbcClient database;

    @Autowired
    Departures departures;

    @Autowired
    DepartureMail mail;

    @Autowired
    io.perennial.engagement.DepartureHandled elsewhere;

    @Autowired
    MovableClock clock;

    @Autowired
    People people;

    private Visitor ana;
    private AccountId harbor;
    private UUID mia;
    private UUID uma;

    @BeforeEach
    void harborHasAChampion() {
        ana = people.csm("Ana Reyes");
        Book book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight Lines");
        database.sql("update accounts.account set owner_id = :ana where id = :id")
                .param("ana", ana.id())
                .param("id", harbor.value())
                .update();
        mia = book.contact(harbor, "Mia Okafor", "champion", null, null);
        uma = book.contact(harbor, "Uma User", "user", null, null);
    }

    @Test
    void aChampionWhoseLetterComesBackIsOneTaskForTheOwnerHoweverOftenItIsTold() {
        for (int time = 0; time < 3; time++) {
            mail.bounced(new Bounce(
                    UUID.randomUUID(),
                    "k",
                    "test",
                    "mia@harbor.example",
                    harbor.value(),
                    mia,
                    true,
                    "no such user",
                    clock.instant()));
            mail.receive(letter("Automatic reply", "Mia Okafor has left the company. Write to Noor.", true));
            departures.look();
            clock.moveBy(Duration.ofHours(1));
        }
        assertThat(tasks()).containsExactly("Find who follows Mia Okafor at Harbor Freight Lines for Ana Reyes");
        assertThat(people.csm("Ana Reyes")
                        .get("/accounts/" + harbor + "?tab=people")
                        .body())
                .contains("Mia Okafor may be gone", "no such user");

        database.sql("update accounts.contact set confirmed_on = date '2026-11-25' where id = :mia")
                .param("mia", mia)
                .update();
        clock.moveBy(Duration.ofDays(40));
        assertThat(departures.look()).as("she is seen again").isZero();
        database.sql("update accounts.contact set left_on = date '2027-01-02' where id = :mia")
                .param("mia", mia)
                .update();
        assertThat(departures.look()).as("and leaves for good").isEqualTo(1);
    }

    @Test
    void aNewTitleIsNoticedOnceAndTheFirstOneIsOnlyRemembered() {
        database.sql("update accounts.contact set title = 'Head of Operations' where id = :mia")
                .param("mia", mia)
                .update();
        assertThat(departures.look()).isZero();
        database.sql("update accounts.contact set title = 'Adviser' where id = :mia")
                .param("mia", mia)
                .update();
        assertThat(departures.look()).isEqualTo(1);
        assertThat(departures.look()).isZero();
        assertThat(database.sql("select note from engagement.task")
                        .query(String.class)
                        .single())
                .contains("Was Head of Operations, is Adviser now.", "Was champion.");
    }

    @Test
    void aHolidayAnUnprovenMachineAndSomebodyWhoOnlyUsesItAreNoReasonToAct() {
        mail.receive(letter("Out of office", "I am on holiday until Monday and have left my phone at home.", true));
        mail.receive(letter("Automatic reply", "Mia Okafor has left the company.", false));
        mail.bounced(new Bounce(
                UUID.randomUUID(),
                "k",
                "test",
                "uma@harbor.example",
                harbor.value(),
                uma,
                true,
                "gone",
                clock.instant()));
        departures.look();
        assertThat(tasks()).isEmpty();
    }

    @Test
    void whoIsAskedForElsewhereIsNotAskedForTwice() {
        assertThat(elsewhere.handles(mia, "bounce", "A letter came back")).isFalse();
        departures.heard(mia, "bounce", "A letter came back");
        assertThat(departures.look()).isEqualTo(1);
    }

    @Test
    void howSomebodyWishesToBeReachedIsWrittenDownAndTakenBack() {
        String address = "/accounts/" + harbor + "/contacts/" + mia + "/wish";
        ana.post(
                address,
                Map.of("channel", "phone", "day", "mon", "fromHour", "9", "toHour", "12", "note", "Not before school"));
        String page = org.jsoup.Jsoup.parse(
                        ana.get("/accounts/" + harbor + "?tab=people").body())
                .text();
        assertThat(page).contains("By telephone, mon, 9 to 12 o'clock their time: Not before school");
        ana.post(address, Map.of("channel", "phone", "fromHour", "12", "toHour", "9"));
        assertThat(ana.get("/accounts/" + harbor + "?tab=people").body())
                .contains("Hours go from 0 to 24", "Not before school");
        assertThat(people.csmWithOwnAccounts("Ben Carter")
                        .post(address, Map.of("channel", "mail"))
                        .statusCode())
                .isEqualTo(404);
    }

    private List<String> tasks() {
        return database.sql("""
                select t.title || ' for ' || m.name from engagement.task t join identity.team_member m on m.id = t.owner_id
                """).query((row, number) -> row.getString(1)).list();
    }

    private IncomingLetter letter(String subject, String text, boolean verified) {
        database.sql("update accounts.contact set email = 'mia@harbor.example' where id = :mia")
                .param("mia", mia)
                .update();
        return new IncomingLetter(
                UUID.randomUUID(),
                "<a@b>",
                List.of(),
                "mia@harbor.example",
                null,
                List.of(),
                List.of(),
                subject,
                text,
                "",
                null,
                List.of(),
                IncomingLetter.Kind.AUTO_REPLY,
                clock.instant(),
                null,
                verified);
    }
}
