package io.perennial.cases.desk;

import io.perennial.cases.clock.Clocked;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the case view shows beside what other modules say about the account.
 *
 * @param tier group of customers that the account belongs to, in the company's own words
 */
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
        @Nullable String attention,
        @Nullable String tier,
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
     * @param proof what became of its letter, null when there is none
     * @param origin where it came from when it came by mail
     */
    public record Entry(
            Instant at,
            String kind,
            String author,
            String text,
            @Nullable Instant promised,
            @Nullable UUID message,
            @Nullable Proof proof,
            @Nullable Origin origin,
            List<Enclosure> files) {}

    /**
     * What became of a letter of ours.
     *
     * @param state in a word or two
     * @param tone of its chip
     * @param words what the mail server said, or what keeps it
     */
    public record Proof(
            String state,
            @Nullable String tone,
            String icon,
            @Nullable String words,
            @Nullable Instant at) {}

    /**
     * @param verified whether our mail server vouches for the address
     * @param stranger whether nobody known at the customer has it
     */
    public record Origin(@Nullable String address, boolean verified, boolean stranger) {}

    /** @param file to be fetched; null when it was not taken, for the reason given */
    public record Enclosure(
            @Nullable UUID file,
            String name,
            long bytes,
            @Nullable String refused) {}

    /** @param why how it is related */
    public record Other(UUID id, long number, String subject, CaseState state, Instant openedAt, String why) {}

    /** What the account is worth a year. */
    public @Nullable BigDecimal arr() {
        return row.arr();
    }
}
