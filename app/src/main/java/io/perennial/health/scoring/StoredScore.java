package io.perennial.health.scoring;

import io.perennial.health.model.Band;
import io.perennial.health.model.Part;
import io.perennial.health.model.Score;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an account stands, for finding out what differs. What a score rests on is a row of {@code health.score}, which a new
 * model leaves alone; the score itself is kept once, in the row of lists.
 *
 * @param weekly the last one is now
 * @param seen when the readings were looked at and something differed
 * @param basis see {@code accounts.overview.basis}
 * @param lacks see {@link Stakes#atMost}
 */
record StoredScore(
        AccountId account,
        double score,
        Band band,
        double coverage,
        UUID model,
        String segment,
        String reason,
        byte[] readings,
        short[] weekly,
        LocalDate week,
        Instant seen,
        long basis,
        short lacks) {

    /** Between the title of a measure and its words. */
    static final String BETWEEN = ": ";

    /** For scores whose readings are not kept. */
    private static final byte[] NO_READINGS = {};

    static StoredScore of(
            Assessment assessment,
            @Nullable StoredScore before,
            byte[] readings,
            int stamp,
            Instant now,
            Measures measures) {
        LocalDate today = day(now);
        return of(
                assessment,
                before,
                reason(assessment.score(), measures),
                readings,
                basis(stamp, assessment.usual()),
                today,
                now);
    }

    /** Of a past week, of which numbers are kept and no words: putting them together would read facts again. */
    static StoredScore past(Assessment assessment, @Nullable StoredScore before, LocalDate week) {
        return of(
                assessment,
                before,
                "",
                NO_READINGS,
                0,
                week,
                week.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static StoredScore of(
            Assessment assessment,
            @Nullable StoredScore before,
            String reason,
            byte[] readings,
            long basis,
            LocalDate today,
            Instant seen) {
        Score score = assessment.score();
        LocalDate week = Weeks.monday(today);
        short[] weekly = before == null ? Weeks.empty() : Weeks.moved(before.weekly, before.week, week);
        short now = Weeks.now(score.value(), score.band());
        return new StoredScore(
                assessment.account(),
                score.value(),
                score.band(),
                score.coverage(),
                assessment.model().id(),
                assessment.readings().segment(),
                reason,
                readings,
                Weeks.withNow(weekly, now),
                week,
                seen,
                basis,
                Stakes.atMost(before == null ? Stakes.NOT_KNOWN : before.lacks, score.value(), score.band()));
    }

    /** The same, seen earlier. */
    StoredScore seenAt(Instant earlier) {
        return new StoredScore(
                account, score, band, coverage, model, segment, reason, readings, weekly, week, earlier, basis, lacks);
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    static long basis(int stamp, int usual) {
        return (long) stamp << Integer.SIZE | Integer.toUnsignedLong(usual);
    }

    boolean sameAs(@Nullable StoredScore other) {
        return other != null
                && score == other.score
                && coverage == other.coverage
                && band == other.band
                && model.equals(other.model)
                && Arrays.equals(readings, other.readings)
                && reason.equals(other.reason)
                && week.equals(other.week)
                && day(seen).equals(day(other.seen))
                && basis == other.basis
                && lacks == other.lacks
                && Arrays.equals(weekly, other.weekly);
    }

    /** Whether it rests on the same as is stored, whatever the model makes of it. */
    boolean restsOnSame(@Nullable StoredScore other) {
        int past = Weeks.KEPT - 1;
        return other != null
                && segment.equals(other.segment)
                && week.equals(other.week)
                && Arrays.equals(readings, other.readings)
                && Arrays.equals(weekly, 0, past, other.weekly, 0, past);
    }

    /** History keeps what people would call a change: the whole-number score, the band, the model. */
    boolean changedFrom(@Nullable StoredScore other) {
        return other == null
                || band != other.band
                || Math.round(score) != Math.round(other.score)
                || !model.equals(other.model);
    }

    private static String reason(Score score, Measures measures) {
        Part most = most(score);
        if (most == null) {
            return "";
        }
        String evidence = most.reading() == null ? "" : most.reading().evidence();
        return reason(measures.named(most.measure()).title(), evidence);
    }

    static String reason(String title, String evidence) {
        return evidence.isBlank() ? title : title + BETWEEN + evidence;
    }

    /** The part that pulls down most; for a good account the one that lifts it most. */
    static @Nullable Part most(Score score) {
        Part down = null;
        Part up = null;
        for (Part part : score.parts()) {
            if (part.contribution() < (down == null ? 0 : down.contribution())) {
                down = part;
            } else if (part.contribution() > (up == null ? 0 : up.contribution())) {
                up = part;
            }
        }
        return down != null ? down : up;
    }
}
