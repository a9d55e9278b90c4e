package io.perennial.engagement.meetings;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.text.ICalReader;
import biweekly.parameter.ParticipationStatus;
import biweekly.property.Attendee;
import biweekly.util.ICalDate;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import io.perennial.engagement.meetings.Happening.Guest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads calendar files (RFC 5545) that strangers wrote: bounded in size, events, guests and times of a series. Times without a zone
 * are taken as UTC; what has no identity or no start is left out.
 */
final class CalendarReading {

    static final int MOST_BYTES = 1024 * 1024;

    private static final int MOST_EVENTS = 50;
    private static final int MOST_GUESTS = 200;
    private static final int MOST_TIMES = 60;
    /** Steps of a rule that are looked at before we give up: a meeting every second is none. */
    private static final int MOST_STEPS = 2_000;

    private static final Duration BEHIND = Duration.ofDays(31);
    private static final Duration AHEAD = Duration.ofDays(400);
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

    private CalendarReading() {}

    /** @param reply whether somebody only answers an invitation */
    record File(boolean reply, List<Happening> happenings) {}

    /** @throws IllegalArgumentException in words when it is no calendar or too large */
    static File read(InputStream content, Instant now) throws IOException {
        byte[] bytes = content.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("The calendar file is larger than 1 MB. Nothing was taken from it.");
        }
        List<Happening> happenings = new ArrayList<>();
        boolean reply = false;
        boolean any = false;
        try (ICalReader reader = new ICalReader(
                new InputStreamReader(new java.io.ByteArrayInputStream(bytes), StandardCharsets.UTF_8))) {
            reader.setDefaultTimezone(UTC);
            ICalendar calendar = reader.readNext();
            while (calendar != null && happenings.size() < MOST_EVENTS * MOST_TIMES) {
                any = true;
                String method = calendar.getMethod() == null
                        ? ""
                        : text(calendar.getMethod().getValue(), 20);
                reply |= method.equalsIgnoreCase("REPLY");
                boolean cancel = method.equalsIgnoreCase("CANCEL");
                List<VEvent> events = calendar.getEvents();
                Set<String> moved = moved(events);
                for (VEvent event : events.subList(0, Math.min(MOST_EVENTS, events.size()))) {
                    add(event, cancel, moved, now, happenings);
                }
                calendar = reader.readNext();
            }
        } catch (RuntimeException broken) {
            throw new IllegalArgumentException(
                    "This is no calendar file that can be read. Nothing was taken from it.", broken);
        }
        if (!any) {
            throw new IllegalArgumentException("This is no calendar file that can be read. Nothing was taken from it.");
        }
        return new File(reply, happenings);
    }

    /** Times of a series that have an entry of their own. */
    private static Set<String> moved(List<VEvent> events) {
        Set<String> moved = new HashSet<>();
        for (VEvent event : events) {
            if (event.getUid() != null
                    && event.getRecurrenceId() != null
                    && event.getRecurrenceId().getValue() != null) {
                moved.add(event.getUid().getValue() + "|"
                        + event.getRecurrenceId().getValue().toInstant());
            }
        }
        return moved;
    }

    private static void add(VEvent event, boolean cancel, Set<String> moved, Instant now, List<Happening> into) {
        if (event.getUid() == null
                || event.getDateStart() == null
                || event.getDateStart().getValue() == null) {
            return;
        }
        String uid = text(event.getUid().getValue(), 500);
        ICalDate start = event.getDateStart().getValue();
        Duration length = length(event, start);
        if (uid.isEmpty() || outside(start.toInstant())) {
            return;
        }
        if (event.getRecurrenceId() != null && event.getRecurrenceId().getValue() != null) {
            String occurrence = event.getRecurrenceId().getValue().toInstant().toString();
            into.add(happening(event, uid, occurrence, false, start.toInstant(), length, cancel));
        } else if (event.getRecurrenceRule() == null
                || event.getRecurrenceRule().getValue() == null) {
            into.add(happening(event, uid, "", false, start.toInstant(), length, cancel));
        } else {
            DateIterator times = event.getDateIterator(UTC);
            int taken = 0;
            for (int step = 0; step < MOST_STEPS && taken < MOST_TIMES && times.hasNext(); step++) {
                Instant at = times.next().toInstant();
                if (at.isAfter(now.plus(AHEAD))) {
                    break;
                }
                if (at.isAfter(now.minus(BEHIND)) && !moved.contains(uid + "|" + at)) {
                    into.add(happening(event, uid, at.toString(), true, at, length, cancel));
                    taken++;
                }
            }
        }
    }

    private static Happening happening(
            VEvent event,
            String uid,
            String occurrence,
            boolean series,
            Instant start,
            Duration length,
            boolean cancel) {
        boolean cancelled =
                cancel || event.getStatus() != null && event.getStatus().isCancelled();
        String title = event.getSummary() == null ? "" : text(event.getSummary().getValue(), 300);
        String place =
                event.getLocation() == null ? "" : text(event.getLocation().getValue(), 300);
        Date stamp = event.getDateTimeStamp() == null
                ? null
                : event.getDateTimeStamp().getValue();
        Integer sequence =
                event.getSequence() == null ? null : event.getSequence().getValue();
        String organizer = event.getOrganizer() == null
                ? null
                : address(event.getOrganizer().getEmail(), event.getOrganizer().getUri());
        return new Happening(
                uid,
                occurrence,
                series,
                sequence == null ? 0 : Math.max(0, sequence),
                stamp == null || outside(stamp.toInstant()) ? null : stamp.toInstant(),
                title.isEmpty() ? "Meeting" : title,
                place.isEmpty() ? null : place,
                start,
                start.plus(length),
                cancelled,
                organizer,
                guests(event, organizer));
    }

    private static List<Guest> guests(VEvent event, @Nullable String organizer) {
        Map<String, Guest> guests = new LinkedHashMap<>();
        for (Attendee attendee : event.getAttendees()) {
            String address = address(attendee.getEmail(), attendee.getUri());
            if (address != null && guests.size() < MOST_GUESTS) {
                String name = attendee.getCommonName() == null ? "" : text(attendee.getCommonName(), 200);
                guests.put(address, new Guest(address, name.isEmpty() ? null : name, answer(attendee)));
            }
        }
        if (organizer != null) {
            guests.putIfAbsent(organizer, new Guest(organizer, null, "accepted"));
        }
        return List.copyOf(guests.values());
    }

    private static String answer(Attendee attendee) {
        ParticipationStatus status = attendee.getParticipationStatus();
        if (ParticipationStatus.ACCEPTED.equals(status)) {
            return "accepted";
        }
        if (ParticipationStatus.DECLINED.equals(status)) {
            return "declined";
        }
        return ParticipationStatus.TENTATIVE.equals(status) ? "tentative" : "open";
    }

    private static @Nullable String address(@Nullable String email, @Nullable String uri) {
        String said = email != null ? email : uri == null ? "" : uri;
        String address = said.replaceFirst("(?i)^mailto:", "").strip().toLowerCase(Locale.ROOT);
        return address.length() <= 254 && address.matches("[^\\s@\\p{Cntrl}]+@[^\\s@\\p{Cntrl}]+") ? address : null;
    }

    private static Duration length(VEvent event, ICalDate start) {
        Duration length = start.hasTime() ? Duration.ofHours(1) : Duration.ofDays(1);
        if (event.getDateEnd() != null && event.getDateEnd().getValue() != null) {
            length = Duration.between(
                    start.toInstant(), event.getDateEnd().getValue().toInstant());
        } else if (event.getDuration() != null && event.getDuration().getValue() != null) {
            length = Duration.ofMillis(event.getDuration().getValue().toMillis());
        }
        return length.isNegative() ? Duration.ZERO : length.compareTo(LONGEST) > 0 ? LONGEST : length;
    }

    private static boolean outside(Instant instant) {
        return instant.isBefore(Instant.parse("2000-01-01T00:00:00Z"))
                || instant.isAfter(Instant.parse("2100-01-01T00:00:00Z"));
    }

    /** One line, no control characters. */
    private static String text(@Nullable String said, int longest) {
        if (said == null) {
            return "";
        }
        String line = said.codePoints()
                .limit(10_000)
                .mapToObj(sign -> Character.isISOControl(sign) ? " " : Character.toString(sign))
                .collect(Collectors.joining())
                .strip();
        return line.length() > longest ? line.substring(0, longest) : line;
    }
}
