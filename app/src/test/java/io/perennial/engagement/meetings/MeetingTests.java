package io.perennial.engagement.meetings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import biweekly.Biweekly;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.mail.LetterBox;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ana invites Mia of Harbor to a review on 1 December. */
@PerennialTest
class MeetingTests {

    @Autowired
    JdbcClient database;

    @Autowired
    Meetings meetings;

    @Autowired
    LetterBox box;

    @Autowired
    MovableClock clock;

    @Autowired
    People people;

    private Visitor ana;
    private Viewer all;
    private AccountId harbor;

    @BeforeEach
    void anaKnowsMia() {
        ana = people.csm("Ana Reyes");
        all = new Viewer(ana.id(), "Ana Reyes", "ana.reyes@perennial.example", Role.CSM, true);
        Book book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight Lines");
        UUID mia = book.contact(harbor, "Mia Okafor", "champion", null, null);
        database.sql("update accounts.contact set email = 'mia@harbor.example' where id = :id")
                .param("id", mia)
                .update();
        database.sql("update accounts.account set owner_id = :ana where id = :id")
                .param("ana", ana.id())
                .param("id", harbor.value())
                .update();
    }

    @Test
    void anInvitationBecomesAMeetingAnUpdateMovesItAndACancellationEndsIt() throws IOException {
        mailed("REQUEST", event("DTSTART:20261201T090000Z", 0, ""), "i1", "ana.reyes@perennial.example");
        mailed("REQUEST", event("DTSTART:20261201T090000Z", 0, ""), "i2", "ana.reyes@perennial.example");
        assertThat(planned()).containsExactly("Review 2026-12-01T09:00:00Z Ana Reyes, Mia Okafor");

        mailed("REQUEST", event("DTSTART:20261202T100000Z", 2, ""), "i3", "ana.reyes@perennial.example");
        mailed("REQUEST", event("DTSTART:20261203T100000Z", 1, ""), "i4", "ana.reyes@perennial.example");
        assertThat(planned())
                .as("an older word about it")
                .containsExactly("Review 2026-12-02T10:00:00Z Ana Reyes, Mia Okafor");
        assertThat(touchpoint()).isEqualTo("meeting Review true");

        mailed("CANCEL", event("DTSTART:20261202T100000Z", 3, ""), "i5", "mia@harbor.example");
        assertThat(planned()).as("of somebody who did not call it").hasSize(1);
        mailed("CANCEL", event("DTSTART:20261202T100000Z", 3, ""), "i6", "ana.reyes@perennial.example");
        assertThat(planned()).isEmpty();
        assertThat(touchpoint()).isEqualTo("meeting Cancelled: Review false");
    }

    @Test
    void aGuestWhoDeclinesForThemselvesMakesItNoConversation() throws IOException {
        upload(event("DTSTART:20261201T090000Z", 0, ""));
        mailed(
                "REPLY",
                event("DTSTART:20261201T090000Z", 0, "").replace("NEEDS-ACTION", "DECLINED"),
                "r1",
                "mia@harbor.example");
        assertThat(touchpoint()).isEqualTo("meeting Review false");
        assertThat(ana.get("/engagement/calendar").body()).contains("Mia Okafor (declined)");
    }

    @Test
    void aSeriesIsTakenForAYearAndAMovedTimeStandsOnce() throws IOException {
        upload(event("DTSTART;TZID=Europe/Berlin:20261201T100000\r\nRRULE:FREQ=WEEKLY;COUNT=4", 0, "")
                + event("DTSTART:20261209T120000Z\r\nRECURRENCE-ID:20261208T090000Z", 0, ""));
        assertThat(meetings.next(null, all, 50).stream()
                        .map(one -> one.startsAt().toString()))
                .containsExactly(
                        "2026-12-01T09:00:00Z", "2026-12-09T12:00:00Z", "2026-12-15T09:00:00Z", "2026-12-22T09:00:00Z");
        upload(event("DTSTART;TZID=Europe/Berlin:20261201T100000\r\nRRULE:FREQ=WEEKLY;COUNT=2", 1, ""));
        assertThat(meetings.next(null, all, 50))
                .as("times that the series has no more")
                .hasSize(2);
    }

    @Test
    void endlessOversizedAndBrokenFilesAreAnsweredInWordsAndLeaveNothing() throws IOException {
        upload(event("DTSTART:20261125T090000Z\r\nRRULE:FREQ=SECONDLY", 0, ""));
        assertThat(database.sql("select count(*) from engagement.meeting")
                        .query(Integer.class)
                        .single())
                .isLessThanOrEqualTo(60);
        for (String bad : List.of(
                "", "hello", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR", "x".repeat(1_100_000))) {
            database.sql("delete from engagement.meeting").update();
            try {
                meetings.upload(new ByteArrayInputStream(bad.getBytes(StandardCharsets.UTF_8)), all);
            } catch (IllegalArgumentException said) {
                assertThat(said.getMessage()).contains("Nothing was taken from it.");
            }
            assertThat(meetings.next(null, all, 5)).isEmpty();
        }
        Viewer reader = new Viewer(ana.id(), "Rita", "r@example.com", Role.READ_ONLY, true);
        assertThatThrownBy(() -> meetings.upload(new ByteArrayInputStream(new byte[0]), reader))
                .isInstanceOf(org.springframework.security.access.AccessDeniedException.class);
    }

    @Test
    void aMeetingThatTookPlaceEndsASilenceOnItsDay() throws IOException {
        upload(event("DTSTART:20261201T090000Z", 0, ""));
        assertThat(database.sql("select count(*) from engagement.touchpoint where conversation and at < :now")
                        .param("now", java.sql.Timestamp.from(clock.instant()))
                        .query(Integer.class)
                        .single())
                .isZero();
        clock.moveBy(Duration.ofDays(8));
        assertThat(database.sql("select count(*) from engagement.touchpoint where conversation and at < :now")
                        .param("now", java.sql.Timestamp.from(clock.instant()))
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(people.csm("Ana Reyes")
                        .get("/accounts/" + harbor + "?tab=timeline&kind=meeting")
                        .body())
                .contains("Review");
    }

    @Test
    void aColleaguesCalendarAddressShowsMeetingsAndTasksUntilItIsTakenBack() throws IOException {
        upload(event("DTSTART:20261201T090000Z", 0, ""));
        ana.post("/accounts/" + harbor + "/tasks", Map.of("title", "Send the plan; soon", "dueOn", "2026-11-30"));
        String address = Jsoup.parse(
                        ana.post("/engagement/calendar/feed", Map.of()).body())
                .select("#feed-address")
                .val();
        String path = address.substring(address.indexOf("/calendar/"));
        HttpResponse<String> feed = people.stranger().get(path);

        assertThat(feed.headers().firstValue("Content-Type").orElse("")).startsWith("text/calendar");
        var events = Biweekly.parse(feed.body()).first().getEvents();
        assertThat(events.stream().map(event -> event.getSummary().getValue()))
                .containsExactly("Review · Harbor Freight Lines", "Task: Send the plan; soon · Harbor Freight Lines");
        assertThat(feed.body())
                .contains("DTSTART;VALUE=DATE:20261130", "DTSTART:20261201T090000Z", "UID:review@perennial.example");
        assertThat(database.sql(
                                "select count(*) from engagement.calendar_feed where encode(secret_hash, 'escape') like '%cal_%'")
                        .query(Integer.class)
                        .single())
                .isZero();
        UUID meeting = meetings.next(harbor, all, 1).getFirst().id();
        assertThat(ana.get("/engagement/meetings/" + meeting + ".ics").body()).contains("SUMMARY:Review");
        assertThat(people.csmWithOwnAccounts("Ben Carter")
                        .get("/engagement/meetings/" + meeting + ".ics")
                        .statusCode())
                .isEqualTo(404);

        ana.post("/engagement/calendar/feed/revocation", Map.of());
        assertThat(people.stranger().get(path).statusCode()).isEqualTo(404);
        assertThat(people.stranger().get("/calendar/cal_guess.ics").statusCode())
                .isEqualTo(404);
    }

    private List<String> planned() {
        return meetings.next(harbor, all, 10).stream()
                .map(one -> one.title() + " " + one.startsAt() + " " + String.join(", ", one.guests()))
                .toList();
    }

    private String touchpoint() {
        return database.sql("select kind || ' ' || subject || ' ' || conversation from engagement.touchpoint")
                .query(String.class)
                .single();
    }

    private static String event(String start, int sequence, String more) {
        return "BEGIN:VEVENT\r\nUID:review@perennial.example\r\nSEQUENCE:" + sequence
                + "\r\nDTSTAMP:20261120T100000Z\r\nSUMMARY:Review\r\nORGANIZER:mailto:ana.reyes@perennial.example\r\n"
                + "ATTENDEE;CN=Mia;PARTSTAT=NEEDS-ACTION:mailto:mia@harbor.example\r\n" + more + start
                + "\r\nEND:VEVENT\r\n";
    }

    private static String calendar(String method, String events) {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nMETHOD:" + method + "\r\n" + events
                + "END:VCALENDAR\r\n";
    }

    /** As a person does it, with a form. */
    private void upload(String events) {
        String edge = "edge-of-the-form";
        String body = "--" + edge
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.ics\"\r\nContent-Type: text/calendar\r\n\r\n"
                + calendar("PUBLISH", events) + "\r\n--" + edge + "--\r\n";
        HttpResponse<String> answer = ana.send(
                "POST",
                "/engagement/calendar/files",
                BodyPublishers.ofString(body),
                Map.of("Content-Type", "multipart/form-data; boundary=" + edge));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(300, 303);
    }

    private void mailed(String method, String event, String id, String from) throws IOException {
        String letter = "From: " + from
                + "\nTo: mia@harbor.example, copy@lumenworks.example\nDate: Tue, 24 Nov 2026 08:00:00 +0000\nMessage-ID: <"
                + id
                + "@x.example>\nSubject: Invitation\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\"e\"\n\n"
                + "--e\nContent-Type: text/plain; charset=utf-8\n\nCome.\n--e\nContent-Type: text/calendar; charset=utf-8; method="
                + method + "\n\n" + calendar(method, event).replace("\r\n", "\n") + "\n--e--\n";
        box.take(new ByteArrayInputStream(letter.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
    }
}
