package io.perennial.cases;

import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts the cases of one account as they were known at an instant: a case that was solved later is still open, an
 * answer that came later is not there.
 */
final class CaseCount {

    private static final int REOPENED_DAYS = 28;
    private static final int RESPONSE_DAYS = 90;
    private static final int ANSWER_DAYS = 180;
    private static final int DAYS_A_WEEK = 7;
    private static final int SECONDS_A_DAY = 86_400;
    private static final double SECONDS_AN_HOUR = 3_600;
    private static final double MINUTES_AN_HOUR = 60;
    private static final double NANOS = 1e9;
    private static final BigDecimal USUAL_SCALE = BigDecimal.valueOf(5);
    private static final BigDecimal SATISFIED = new BigDecimal("0.8");

    private final Instant asOf;
    private final long today;
    private final int[] weeksAgo = new int[AccountCases.WEEKS];
    private long firstOpened = Long.MAX_VALUE;
    private long oldestOpen = Long.MAX_VALUE;
    private long answeredOn = Long.MIN_VALUE;
    private int open;
    private int openUrgent;
    private int reopened;
    private int opened90;
    private int satisfied;
    private int answers;
    private double[] responses = new double[4];
    private int responseCount;

    CaseCount(Instant asOf, LocalDate today) {
        this.asOf = asOf;
        this.today = today.toEpochDay();
    }

    /** There are older cases than those added. */
    void askedBefore(LocalDate day) {
        firstOpened = Math.min(firstOpened, day.toEpochDay());
    }

    /** @param one opened before the instant */
    void add(Case one) {
        long openedOn = day(one.openedAt());
        firstOpened = Math.min(firstOpened, openedOn);
        int week = (int) ((today - openedOn) / DAYS_A_WEEK);
        if (week >= 0 && week < weeksAgo.length) {
            weeksAgo[week]++;
        }
        Instant ended = one.endedAt();
        boolean standing = ended == null || !ended.isBefore(asOf);
        if (standing) {
            open++;
            openUrgent += "urgent".equals(one.priority()) ? 1 : 0;
            oldestOpen = Math.min(oldestOpen, openedOn);
        }
        if ((standing || ended == null ? openedOn : day(ended)) > today - REOPENED_DAYS) {
            reopened += one.reopened();
        }
        if (openedOn > today - RESPONSE_DAYS) {
            opened90++;
            Double hours = responseHours(one);
            if (hours != null && hours >= 0) {
                responses = responseCount == responses.length ? Arrays.copyOf(responses, 2 * responseCount) : responses;
                responses[responseCount++] = hours;
            }
        }
        answer(one);
    }

    private void answer(Case one) {
        BigDecimal satisfaction = one.satisfaction();
        Instant at =
                one.closedAt() != null ? one.closedAt() : one.resolvedAt() != null ? one.resolvedAt() : one.openedAt();
        if (satisfaction != null && at.isBefore(asOf) && day(at) > today - ANSWER_DAYS) {
            BigDecimal scale = one.scale() == null || one.scale().signum() == 0 ? USUAL_SCALE : one.scale();
            answers++;
            satisfied += satisfaction.compareTo(scale.multiply(SATISFIED)) >= 0 ? 1 : 0;
            answeredOn = Math.max(answeredOn, day(at));
        }
    }

    private @Nullable Double responseHours(Case one) {
        Instant first = one.firstResponseAt();
        if (first != null && first.isBefore(asOf)) {
            return seconds(one.openedAt(), first) / SECONDS_AN_HOUR;
        }
        Double minutes = one.firstResponseMinutes();
        if (minutes != null
                && one.openedAt()
                        .plusSeconds(Math.round(minutes * MINUTES_AN_HOUR))
                        .isBefore(asOf)) {
            return minutes / MINUTES_AN_HOUR;
        }
        return null;
    }

    AccountCases.Cases of(AccountId account) {
        long known = (today - firstOpened + DAYS_A_WEEK) / DAYS_A_WEEK;
        int[] weekly = new int[(int) Math.clamp(known, 4, AccountCases.WEEKS)];
        for (int ago = 0; ago < weekly.length; ago++) {
            weekly[weekly.length - 1 - ago] = weeksAgo[ago];
        }
        return new AccountCases.Cases(
                account,
                weekly,
                open,
                openUrgent,
                open == 0 ? 0 : (int) (today - oldestOpen),
                reopened,
                opened90,
                median(),
                satisfied,
                answers,
                answers == 0 ? null : LocalDate.ofEpochDay(answeredOn));
    }

    private @Nullable Double median() {
        if (responseCount == 0) {
            return null;
        }
        Arrays.sort(responses, 0, responseCount);
        double low = responses[(responseCount - 1) / 2];
        double high = responses[responseCount / 2];
        return low + (high - low) / 2;
    }

    private static double seconds(Instant from, Instant to) {
        return to.getEpochSecond() - from.getEpochSecond() + (to.getNano() - from.getNano()) / NANOS;
    }

    private static long day(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), SECONDS_A_DAY);
    }

    record Case(
            Instant openedAt,
            @Nullable Instant firstResponseAt,
            @Nullable Double firstResponseMinutes,
            @Nullable Instant resolvedAt,
            @Nullable Instant closedAt,
            @Nullable String priority,
            int reopened,
            @Nullable BigDecimal satisfaction,
            @Nullable BigDecimal scale) {

        /** Whether it stood then, or ended then or later: of solved and closed the later counts. */
        boolean mattersFrom(Instant since) {
            return resolvedAt == null && closedAt == null
                    || resolvedAt != null && !resolvedAt.isBefore(since)
                    || closedAt != null && !closedAt.isBefore(since);
        }

        /** The earlier of solved and closed. */
        @Nullable
        Instant endedAt() {
            if (resolvedAt == null || closedAt == null) {
                return resolvedAt == null ? closedAt : resolvedAt;
            }
            return resolvedAt.isBefore(closedAt) ? resolvedAt : closedAt;
        }
    }
}
