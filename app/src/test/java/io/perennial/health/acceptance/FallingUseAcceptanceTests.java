package io.perennial.health.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.detection.Drop;
import io.perennial.health.detection.FallingUsage;
import io.perennial.health.simulator.Company;
import io.perennial.health.simulator.DropStreams;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** H10 and H11: how soon falling use is found, at how many false alarms, and how well its first day is told. */
class FallingUseAcceptanceTests {

    private static final int SIZE = DropStreams.REFERENCE_SIZE;
    private static final int DAYS = 420;
    private static final int WARM = 55;
    private static final int HOLIDAY = 290;

    /**
     * @param found share of the falls of use found within 14 days
     * @param falseAlarms per account-year, of accounts whose use did not fall
     * @param startError median distance in days of the told first day from the true one, over the falls found in 28 days
     */
    record Outcome(double found, double falseAlarms, double startError) {}

    @Test
    void halvedUseIsFoundWithinTwoWeeksAndDatedThoughEverybodyIsOnHoliday() {
        Outcome two = halved(2, HOLIDAY);
        Outcome ten = halved(10, HOLIDAY);
        Outcome fifty = halved(50, HOLIDAY);
        print("2 a day, holiday", two);
        print("10 a day, holiday", ten);
        print("50 a day, holiday", fifty);
        print("2 a day, no holiday", halved(2, -1));
        print("10 a day, no holiday", halved(10, -1));
        print("50 a day, no holiday", halved(50, -1));
        assertThat(ten.found).isGreaterThan(0.78);
        assertThat(fifty.found).isGreaterThan(0.88);
        assertThat(two.found).isGreaterThan(0.34);
        assertThat(List.of(two, ten, fifty)).allSatisfy(outcome -> {
            assertThat(outcome.falseAlarms).isLessThan(1.1);
            assertThat(outcome.startError).isLessThanOrEqualTo(3);
        });
    }

    private static Outcome halved(double perDay, int holiday) {
        DropStreams.Plan plan = new DropStreams.Plan(perDay, DAYS, 240, 340, 0.5, 0.25, holiday);
        int falls = 0;
        int found = 0;
        int alarms = 0;
        double years = 0;
        List<Long> errors = new ArrayList<>();
        for (DropStreams.Stream stream : DropStreams.simulated(Seeds.DROPS + (long) perDay, SIZE, plan)) {
            List<Drop> drops = FallingUsage.drops(stream.daily(), stream.others(), Company.FIRST_DAY);
            if (stream.dropDay() < 0) {
                years += (DAYS - WARM) / 365.0;
                alarms += (int) drops.stream()
                        .filter(drop -> day(drop.foundOn()) >= WARM)
                        .count();
                continue;
            }
            falls++;
            for (Drop drop : drops) {
                int late = day(drop.foundOn()) - stream.dropDay();
                if (late >= 0 && late <= 28) {
                    found += late <= 14 ? 1 : 0;
                    errors.add(Math.abs((long) day(drop.startedOn()) - stream.dropDay()));
                    break;
                }
            }
        }
        Collections.sort(errors);
        return new Outcome((double) found / falls, alarms / years, errors.get(errors.size() / 2));
    }

    private static int day(LocalDate date) {
        return (int) ChronoUnit.DAYS.between(Company.FIRST_DAY, date);
    }

    private static void print(String what, Outcome outcome) {
        System.out.printf(
                Locale.ROOT,
                "D4 %-22s found in 14 days %.3f, false alarms %.2f a year, start off by %.0f days%n",
                what,
                outcome.found,
                outcome.falseAlarms,
                outcome.startError);
    }
}
