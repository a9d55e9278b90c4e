package io.perennial.cancellations.web;

import io.perennial.cancellations.LossCut;
import io.perennial.cancellations.LossQuestion;
import io.perennial.identity.Viewer;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What the analysis shows; its address says the same.
 *
 * @param to first day that is not in the period any more
 * @param group null for all
 * @param part which of the rows: all, back, stayed, notice, disagree, unrecorded; empty for no rows
 */
public record LossAsking(
        LocalDate from, LocalDate to, LossCut by, @Nullable String group, String part, int page) {

    static final String PATH = "/cancellations";
    private static final int YEAR = 365;
    private static final int LAST_PAGE = 2_000;

    /** What cannot be read is as if it were not said: people type addresses. */
    static LossAsking of(
            String from, String to, String by, @Nullable String group, String part, String page, LocalDate today) {
        LocalDate end = day(to, today.plusDays(1));
        LocalDate start = day(from, end.minusDays(YEAR));
        boolean sensible =
                start.isBefore(end) && start.plusYears(LossQuestion.MOST_YEARS).isAfter(end);
        return new LossAsking(
                sensible ? start : end.minusDays(YEAR),
                end,
                LossCut.of(by).orElse(LossCut.REASON),
                group == null ? null : group.replace("\0", ""),
                part.matches("all|back|stayed|notice|disagree|unrecorded") ? part : "",
                page.matches("[0-9]{1,4}") ? Math.clamp(Integer.parseInt(page), 1, LAST_PAGE) : 1);
    }

    private static LocalDate day(String text, LocalDate otherwise) {
        try {
            LocalDate day = text.isEmpty() ? otherwise : LocalDate.parse(text);
            return day.getYear() < 1970 || day.getYear() > 2100 ? otherwise : day;
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    LossQuestion question(LocalDate today, @Nullable Viewer viewer) {
        return new LossQuestion(
                from,
                to,
                today,
                by,
                group,
                part.equals("all") ? "" : part,
                viewer == null || viewer.everything() ? null : viewer.memberId());
    }

    public LossAsking by(LossCut cut) {
        return new LossAsking(from, to, cut, null, "", 1);
    }

    public LossAsking lastDays(int days) {
        return new LossAsking(to.minusDays(days), to, by, group, part, 1);
    }

    public boolean shows(int days) {
        return from.equals(to.minusDays(days));
    }

    public LossAsking rows(@Nullable String key, String which) {
        return new LossAsking(from, to, by, key, which, 1);
    }

    public LossAsking at(int number) {
        return new LossAsking(from, to, by, group, part, number);
    }

    public String url() {
        return url(PATH);
    }

    public String url(String path) {
        UriComponentsBuilder url = UriComponentsBuilder.fromPath(path)
                .queryParam("from", from)
                .queryParam("to", to)
                .queryParam("by", by.key());
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
}
