package io.perennial.engagement.meetings;

import io.perennial.engagement.meetings.CalendarReading.File;
import io.perennial.engagement.meetings.Happening.Guest;
import io.perennial.engagement.meetings.MeetingRows.Known;
import io.perennial.engagement.meetings.Meetings.Taken;
import io.perennial.engagement.people.Correspondents;
import io.perennial.engagement.people.Correspondents.Person;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import io.perennial.shared.SecretText;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes what calendars say. A meeting's identity and sequence decide what is new: an older word about it changes nothing, the same word
 * twice is once. A meeting that took place is a touchpoint and a conversation; a cancelled one is neither.
 */
@Component
@Transactional
class CalendarTaking {

    private final JdbcClient database;
    private final MeetingRows meetings;
    private final MeetingTouchpoints touchpoints;
    private final Correspondents correspondents;
    private final Clock clock;

    CalendarTaking(
            JdbcClient database,
            MeetingRows meetings,
            MeetingTouchpoints touchpoints,
            Correspondents correspondents,
            Clock clock) {
        this.database = database;
        this.meetings = meetings;
        this.touchpoints = touchpoints;
        this.correspondents = correspondents;
        this.clock = clock;
    }

    /** @param sender address of whoever sent it; null trusts it @param viewer whose customers it may be about; null for all */
    Taken apply(File file, @Nullable String sender, Actor actor, @Nullable Viewer viewer) {
        int changed = 0;
        int known = 0;
        int nobodys = 0;
        Map<String, Set<String>> series = new LinkedHashMap<>();
        Map<String, Happening> one = new HashMap<>();
        for (Happening happening : file.happenings()) {
            if (happening.series() && !file.reply()) {
                series.computeIfAbsent(happening.uid(), none -> new HashSet<>()).add(happening.occurrence());
                one.put(happening.uid(), happening);
            }
            if (file.reply()) {
                int answers = answer(happening, sender);
                changed += answers;
                known += answers == 0 ? 1 : 0;
                continue;
            }
            Map<UUID, List<Person>> byAccount = accounts(happening, viewer);
            nobodys += byAccount.isEmpty() ? 1 : 0;
            for (List<Person> people : byAccount.values()) {
                if (keep(happening, people, sender, actor)) {
                    changed++;
                } else {
                    known++;
                }
            }
        }
        for (Map.Entry<String, Set<String>> whole : series.entrySet()) {
            changed += dropped(Objects.requireNonNull(one.get(whole.getKey())), whole.getValue(), sender, actor);
        }
        return new Taken(changed, known, nobodys);
    }

    private Map<UUID, List<Person>> accounts(Happening happening, @Nullable Viewer viewer) {
        Map<UUID, List<Person>> byAccount = new LinkedHashMap<>();
        List<String> addresses = happening.guests().stream().map(Guest::address).toList();
        Set<String> privately = correspondents.ofPrivate(addresses);
        List<String> open =
                addresses.stream().filter(one -> !privately.contains(one)).toList();
        for (Person person : correspondents.people(open)) {
            if (viewer == null || correspondents.isVisible(person.account(), viewer)) {
                byAccount
                        .computeIfAbsent(person.account().value(), none -> new ArrayList<>())
                        .add(person);
            }
        }
        return byAccount;
    }

    private boolean keep(Happening happening, List<Person> people, @Nullable String sender, Actor actor) {
        Person first = people.getFirst();
        Known known = meetings.known(happening, first.account()).orElse(null);
        if (known != null && (isOlder(happening, known) || !maySay(sender, known.organizer(), happening))) {
            return false;
        }
        if (known == null && happening.cancelled()) {
            return false;
        }
        UUID id = known == null ? Ids.next() : known.id();
        String touchpoint = "meeting-"
                + SecretText.hashAsText(happening.uid() + "|" + happening.occurrence() + "|" + first.account())
                        .substring(0, 32);
        meetings.write(id, happening, first.account(), touchpoint);
        meetings.guests(id, happening, people);
        touchpoints.write(id, happening, people, touchpoint, actor);
        return known == null || !known.seen().equals(meetings.seen(id));
    }

    private static boolean isOlder(Happening happening, Known known) {
        if (happening.sequence() != known.sequence()) {
            return happening.sequence() < known.sequence();
        }
        Instant stamped = happening.stampedAt();
        return known.stampedAt() != null && (stamped == null || stamped.isBefore(known.stampedAt()));
    }

    /** Whoever called the meeting may change it, and we ourselves. */
    private boolean maySay(@Nullable String sender, @Nullable String organizer, Happening happening) {
        return sender == null
                || organizer == null
                || sender.equals(organizer)
                || correspondents.colleague(sender).isPresent();
    }

    /** A guest says whether they come; nobody says it for somebody else. */
    private int answer(Happening happening, @Nullable String sender) {
        int changed = 0;
        for (Guest guest : happening.guests()) {
            if (sender == null || sender.equals(guest.address())) {
                changed += database.sql("""
                        update engagement.meeting_guest g set answer = :answer from engagement.meeting m
                        where m.id = g.meeting_id and m.uid = :uid and (:occurrence = '' or m.occurrence = :occurrence)
                          and g.address = :address and g.answer <> :answer
                        """)
                        .param("answer", guest.answer())
                        .param("uid", happening.uid())
                        .param("occurrence", happening.occurrence())
                        .param("address", guest.address())
                        .update();
            }
        }
        if (changed > 0) {
            touchpoints.recount(happening.uid());
        }
        return Math.min(1, changed);
    }

    /** Times that a series has no more. What is over stays. */
    private int dropped(Happening series, Set<String> still, @Nullable String sender, Actor actor) {
        List<UUID> gone = database.sql("""
                update engagement.meeting set state = 'cancelled', sequence = :sequence, updated_at = :now
                where uid = :uid and occurrence <> '' and state = 'planned' and starts_at > :now and sequence < :sequence
                  and not occurrence = any(:still) and (cast(:sender as text) is null or organizer is null or organizer = :sender)
                returning id
                """)
                .param("uid", series.uid())
                .param("sequence", series.sequence())
                .param("still", still.toArray(String[]::new))
                .param("sender", sender)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        if (!gone.isEmpty()) {
            touchpoints.recount(series.uid());
        }
        return gone.size();
    }
}
