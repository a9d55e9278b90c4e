package io.perennial.cases.desk;

import io.perennial.cases.clock.Clocked;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everything that the case view shows beside what other modules say about the account. */
public record CaseView(
        CaseRow row,
        String externalId,
        @Nullable String impact,
        @Nullable String urgency,
        @Nullable String channel,
        @Nullable String cause,
        int reopened,
        @Nullable String approval,
        @Nullable String approvedBy,
        @Nullable String entitlement,
        @Nullable LocalDate renewsOn,
        @Nullable Person contact,
        Seen seen,
        List<Entry> entries,
        List<Clocked> clocks,
        List<Other> related,
        List<Other> history,
        @Nullable Other mergedInto,
        List<String> followers,
        boolean following) {

    /** Who asked. */
    public record Person(
            UUID id,
            String name,
            @Nullable String email,
            @Nullable String title,
            @Nullable String language,
            @Nullable String zone) {}

    /**
     * Something said or done.
     *
     * @param kind customer, reply, note, automatic, or event
     * @param letter how far its letter is, null when there is none
     */
    public record Entry(
            Instant at,
            String kind,
            String author,
            String text,
            @Nullable String letter,
            @Nullable Instant promised,
            @Nullable UUID message) {}

    /** @param why how it is related */
    public record Other(UUID id, long number, String subject, CaseState state, Instant openedAt, String why) {}

    /** What the account is worth a year. */
    public @Nullable BigDecimal arr() {
        return row.arr();
    }
}
