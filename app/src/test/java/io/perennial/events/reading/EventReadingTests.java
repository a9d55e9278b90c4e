package io.perennial.events.reading;

import static io.perennial.events.reading.Sent.group;
import static io.perennial.events.reading.Sent.used;
import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.usage.UsageFacts;
import io.perennial.world.PerennialTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Events are counted once, on their own day, whatever comes when. */
@PerennialTest
class EventReadingTests extends ReadingStory {

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
}
