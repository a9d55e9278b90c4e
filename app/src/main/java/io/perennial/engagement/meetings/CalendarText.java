package io.perennial.engagement.meetings;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.Status;
import io.perennial.engagement.Task;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes calendar files (RFC 5545). A task is an entry of its whole day, because most calendars show no other kind. */
final class CalendarText {

    private CalendarText() {}

    /** @param base of links; null for none */
    static String of(List<Meeting> meetings, List<Task> tasks, @Nullable String base, Instant now) {
        ICalendar calendar = new ICalendar();
        calendar.setProductId("-//Perennial//Calendar//EN");
        calendar.setMethod("PUBLISH");
        meetings.forEach(meeting -> calendar.addEvent(event(meeting, base, now)));
        tasks.stream()
                .filter(task -> task.dueOn() != null)
                .forEach(task -> calendar.addEvent(event(task, task.dueOn(), base, now)));
        return Biweekly.write(calendar).go();
    }

    private static VEvent event(Meeting meeting, @Nullable String base, Instant now) {
        VEvent event = new VEvent();
        event.setUid(meeting.occurrence().isEmpty() ? meeting.uid() : meeting.id() + "@perennial");
        event.setDateTimeStamp(Date.from(now));
        event.setSequence(meeting.sequence());
        event.setSummary(meeting.title() + " · " + meeting.accountName());
        event.setDateStart(Date.from(meeting.startsAt()));
        event.setDateEnd(Date.from(meeting.endsAt()));
        if (meeting.place() != null) {
            event.setLocation(meeting.place());
        }
        event.setDescription("With " + String.join(", ", meeting.guests()));
        if (base != null) {
            event.setUrl(base + "/accounts/" + meeting.account());
        }
        event.setStatus(meeting.cancelled() ? Status.cancelled() : Status.confirmed());
        return event;
    }

    private static VEvent event(Task task, LocalDate due, @Nullable String base, Instant now) {
        VEvent event = new VEvent();
        event.setUid("task-" + task.id() + "@perennial");
        event.setDateTimeStamp(Date.from(now));
        event.setSummary("Task: " + task.title() + " · " + task.accountName());
        event.setDateStart(day(due), false);
        event.setDateEnd(day(due.plusDays(1)), false);
        event.setTransparency(true);
        if (task.note() != null) {
            event.setDescription(task.note());
        }
        if (base != null) {
            event.setUrl(base + "/accounts/" + task.account());
        }
        return event;
    }

    /** The library writes a date in the zone of the machine. */
    private static Date day(LocalDate day) {
        return Date.from(day.atStartOfDay(java.time.ZoneId.systemDefault()).toInstant());
    }
}
