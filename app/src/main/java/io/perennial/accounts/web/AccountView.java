package io.perennial.accounts.web;

import gg.jte.Content;
import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Timeline;
import io.perennial.accounts.list.AccountRow;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the account page shows.
 *
 * @param row the account's row of the table: score, money, dates; null until the first computation
 * @param timeline null on tabs without one
 * @param kinds of timeline entries that are shown; empty for all
 * @param notice what just happened, or null
 */
public record AccountView(
        AccountCard card,
        @Nullable AccountRow row,
        List<Tab> tabs,
        List<Rendered> panels,
        Timeline.@Nullable Page timeline,
        boolean timelineOnly,
        Set<String> kinds,
        List<String> owners,
        boolean mayEdit,
        LocalDate today,
        Instant now,
        @Nullable Notice notice) {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);

    /** Kinds of timeline entries to choose from. */
    public static final List<String> KINDS = List.of(
            "call",
            "meeting",
            "mail",
            "note",
            "automated",
            "case",
            "survey",
            "contract",
            "signal",
            "score",
            "task",
            "milestone",
            "training",
            "usage",
            "growth",
            "program",
            "playbook",
            "article",
            "event");

    /** The timeline from an instant on, with the same filter. */
    public String earlier(Instant before) {
        return "/accounts/" + card.id() + "?tab=timeline"
                + kinds.stream().map(kind -> "&kind=" + kind).collect(Collectors.joining()) + "&before=" + before;
    }

    /** A panel with its content. */
    public record Rendered(String id, String title, Content content) {}

    /** "Oslo 11:42": the people's own time, so that nobody calls at night. Null when the zone is not known. */
    public @Nullable String localTime() {
        String zone = card.timeZone();
        if (zone == null) {
            return null;
        }
        String city = zone.substring(zone.lastIndexOf('/') + 1).replace('_', ' ');
        return city + " " + CLOCK.format(now.atZone(ZoneId.of(zone)));
    }

    /** Segment, industry and country in one line. */
    public String subtitle() {
        return String.join(
                " · ",
                Stream.of(card.segment(), card.industry(), card.country(), localTime())
                        .filter(Objects::nonNull)
                        .toList());
    }
}
