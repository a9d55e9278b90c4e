package io.perennial.health.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.detection.CohortMoments;
import io.perennial.health.detection.FallingUsage;
import io.perennial.health.detection.Moderation;
import io.perennial.health.detection.RequestModeration;
import io.perennial.health.simulator.Company;
import io.perennial.health.simulator.TicketStreams;
import io.perennial.health.simulator.TicketStreams.Fate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** H12: too many requests for help, and too few while use falls. */
class RequestAcceptanceTests {

    private static final int SIZE = TicketStreams.REFERENCE_SIZE;

    /** @param found share of the accounts with the fate and at least three requests to expect; alarms in the others */
    record Outcome(double found, double falseAlarms) {}

    @Test
    void tooManyRequestsAreToldFromAnOrdinaryMonth() {
        Outcome many = outcome(Fate.TRIPLED);
        System.out.printf(Locale.ROOT, "D5 too many: found %.3f, false %.4f%n", many.found, many.falseAlarms);
        assertThat(many.found).isGreaterThan(0.75);
        assertThat(many.falseAlarms).isLessThan(0.01);
    }

    @Test
    void tooFewRequestsWithFallingUseAreTold() {
        Outcome few = outcome(Fate.SILENT);
        System.out.printf(
                Locale.ROOT, "D5 too few and falling use: found %.3f, false %.4f%n", few.found, few.falseAlarms);
        assertThat(few.found).isGreaterThan(0.60);
        assertThat(few.falseAlarms).isLessThan(0.01);
    }

    private static Outcome outcome(Fate fate) {
        List<TicketStreams.Stream> streams = TicketStreams.simulated(Seeds.REQUESTS, SIZE, fate, 0.25);
        CohortMoments cohort = moments(streams);
        int met = 0;
        int found = 0;
        int others = 0;
        int alarms = 0;
        for (TicketStreams.Stream stream : streams) {
            Moderation moderation = RequestModeration.assess(stream.weekly(), cohort, 1);
            boolean alarm = fate == Fate.TRIPLED
                    ? moderation.pHigh() < 0.01
                    : moderation.pLow() < 0.05
                            && FallingUsage.detect(stream.use(), stream.othersUse(), Company.FIRST_DAY)
                                    .isPresent();
            if (stream.fate() == Fate.ORDINARY) {
                others++;
                alarms += alarm ? 1 : 0;
            } else if (stream.expected() >= 3) {
                met++;
                found += alarm ? 1 : 0;
            }
        }
        return new Outcome((double) found / met, (double) alarms / others);
    }

    /** The cohort's rate per account and week and how accounts differ in it, over the last 26 weeks. */
    private static CohortMoments moments(List<TicketStreams.Stream> streams) {
        int weeks = TicketStreams.HISTORY;
        double sum = 0;
        double squares = 0;
        for (TicketStreams.Stream stream : streams) {
            int[] weekly = stream.weekly();
            double rate =
                    Arrays.stream(weekly, weekly.length - weeks, weekly.length).sum() / (double) weeks;
            sum += rate;
            squares += rate * rate;
        }
        double mean = sum / streams.size();
        double variance = squares / streams.size() - mean * mean - mean / weeks;
        return new CohortMoments(mean, Math.max(0, variance));
    }
}
