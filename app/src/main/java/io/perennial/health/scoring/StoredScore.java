package io.perennial.health.scoring;

import io.perennial.health.model.Band;
import io.perennial.health.model.Part;
import io.perennial.health.model.Score;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code health.score}, for finding out what differs.
 *
 * @param seen the day on which the readings were looked at
 * @param basis see {@code health.score.basis}
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
        LocalDate seen,
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
            LocalDate today,
            Measures measures) {
        return of(
                assessment,
                before,
                reason(assessment.score(), measures),
                readings,
                basis(stamp, assessment.usual()),
                today);
    }

    /** Of a past week, of which numbers are kept and no words: putting them together would read facts again. */
    static StoredScore past(Assessment assessment, @Nullable StoredScore before, LocalDate week) {
        return of(assessment, before, "", NO_READINGS, 0, week);
    }

    private static StoredScore of(
            Assessment assessment,
            @Nullable StoredScore before,
            String reason,
            byte[] readings,
            long basis,
            LocalDate today) {
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
                today,
                basis,
                Stakes.atMost(before == null ? Stakes.NOT_KNOWN : before.lacks, score.value(), score.band()));
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
                && seen.equals(other.seen)
                && basis == other.basis
                && lacks == other.lacks
                && Arrays.equals(weekly, other.weekly);
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
