package io.perennial.metrics.web;

import io.perennial.metrics.Dimension;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What a page about figures shows; its address says the same.
 *
 * @param to first day that is not in the period any more
 * @param part which of the rows; empty for no rows
 * @param group null for all
 */
public record Asking(
        LocalDate from,
        LocalDate to,
        @Nullable Dimension by,
        String definition,
        @Nullable String group,
        String part,
        int page) {

    private static final int LAST_PAGE = 2_000;

    /** What cannot be read is as if it were not said: people type addresses. */
    static Asking of(String from, String to, String by, String definition, LocalDate today) {
        return of(from, to, by, definition, today, 90);
    }

    /** @param usualDays of the period, when nothing is said about it */
    static Asking of(String from, String to, String by, String definition, LocalDate today, int usualDays) {
        LocalDate end = day(to, today.plusDays(1));
        LocalDate start = day(from, end.minusDays(usualDays));
        boolean sensible = start.isBefore(end) && start.plusYears(20).isAfter(end);
        return new Asking(
                sensible ? start : end.minusDays(usualDays),
                end,
                Dimension.of(by).orElse(null),
                definition,
                null,
                "",
                1);
    }

    private static LocalDate day(String text, LocalDate otherwise) {
        try {
            LocalDate day = text.isEmpty() ? otherwise : LocalDate.parse(text);
            return day.getYear() < 1970 || day.getYear() > 2100 ? otherwise : day;
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    Asking from(LocalDate day) {
        return new Asking(day, to, by, definition, group, part, page);
    }

    Asking rowsOf(@Nullable String key, String which, String pageText) {
        int number = 1;
        try {
            number = Math.clamp(Integer.parseInt(pageText), 1, LAST_PAGE);
        } catch (NumberFormatException e) {
            number = 1;
        }
        return new Asking(from, to, by, definition, key, which, number);
    }

    public Asking by(@Nullable Dimension dimension) {
        return new Asking(from, to, dimension, definition, null, "", 1);
    }

    public Asking lastDays(int days) {
        return new Asking(to.minusDays(days), to, by, definition, group, part, 1);
    }

    public Asking as(String other) {
        return new Asking(from, to, by, other, null, "", 1);
    }

    /** The same of the same group, by another definition. */
    Asking defined(String other) {
        return new Asking(from, to, by, other, group, part, page);
    }

    public Asking rows(String which) {
        return new Asking(from, to, by, definition, group, which, 1);
    }

    public Asking only(@Nullable String key, String which) {
        return new Asking(from, to, by, definition, key, which, 1);
    }

    public Asking at(int number) {
        return new Asking(from, to, by, definition, group, part, number);
    }

    public boolean shows(int days) {
        return from.equals(to.minusDays(days));
    }

    public String url(String path) {
        UriComponentsBuilder url =
                UriComponentsBuilder.fromPath(path).queryParam("from", from).queryParam("to", to);
        if (by != null) {
            url.queryParam("by", by.key());
        }
        if (!definition.isEmpty()) {
            url.queryParam("definition", definition);
        }
        if (!part.isEmpty()) {
            url.queryParam("part", part);
        }
        if (page > 1) {
            url.queryParam("page", page);
        }
        if (group != null) {
            url.queryParam("group", "{group}");
            return url.encode().buildAndExpand(group).toUriString();
        }
        return url.encode().toUriString();
    }

    public String metric(String id) {
        return url("/metrics/" + id);
    }

    /** The rows behind a figure of a metric. */
    public String rowsOf(String id) {
        return rows("base").url("/metrics/" + id) + "#rows";
    }
}
