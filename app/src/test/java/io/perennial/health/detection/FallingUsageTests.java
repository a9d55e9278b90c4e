package io.perennial.health.detection;

import static io.perennial.health.detection.Company.FIRST_DAY;
import static io.perennial.health.detection.Company.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FallingUsageTests {

    @ParameterizedTest
    @ValueSource(doubles = {10, 50, 400})
    void halvedUseIsFoundWithItsFirstDay(double aDay) {
        Company company = new Company(1);
        Optional<Drop> drop = FallingUsage.detect(company.falling(aDay, 90, 0.5), company.others(), FIRST_DAY);

        assertThat(drop).hasValueSatisfying(found -> {
            assertThat(Math.abs(ChronoUnit.DAYS.between(day(90), found.startedOn())))
                    .isLessThanOrEqualTo(5);
            assertThat(ChronoUnit.DAYS.between(day(90), found.foundOn())).isBetween(0L, 14L);
            assertThat(found.change()).isEqualTo(-0.5, within(0.12));
        });
    }

    @Test
    void aHolidayOfEverybodyRaisesNoAlarm() {
        long alarms = 0;
        for (int seed = 0; seed < 50; seed++) {
            Company company = new Company(seed).onHoliday(95, 14, 0.4);
            alarms += FallingUsage.drops(company.use(20), company.others(), FIRST_DAY)
                    .size();
        }

        // About one false alarm per account and year, holiday or not: 50 accounts, 85 watched days.
        assertThat(alarms).isLessThanOrEqualTo(15);
    }

    @Test
    void useThatFallsDuringAHolidayIsStillFound() {
        Company company = new Company(2).onHoliday(95, 14, 0.5);

        assertThat(FallingUsage.detect(company.falling(50, 97, 0.3), company.others(), FIRST_DAY))
                .isPresent();
    }

    @Test
    void steadyUseRaisesHardlyEverAnAlarm() {
        long alarms = 0;
        for (int seed = 0; seed < 200; seed++) {
            Company company = new Company(seed);
            alarms += FallingUsage.drops(company.use(10), company.others(), FIRST_DAY)
                    .size();
        }

        assertThat(alarms / (200 * 85 / 365.0))
                .as("false alarms per account and year")
                .isLessThan(1.3);
    }

    @Test
    void whenUseIsBackTheFallNoLongerStands() {
        Company company = new Company(3);
        double[] use = company.falling(40, 70, 0.3);
        System.arraycopy(company.use(40), 88, use, 88, Company.DAYS - 88);
        double[] others = company.others();

        assertThat(FallingUsage.drops(use, others, FIRST_DAY)).hasSize(1);
        assertThat(FallingUsage.detect(use, others, FIRST_DAY)).isEmpty();
    }

    @Test
    void aFallStandsForWeeksAndDoesNotBecomeUsual() {
        Company company = new Company(4);

        assertThat(FallingUsage.detect(company.falling(40, 50, 0.4), company.others(), FIRST_DAY))
                .hasValueSatisfying(drop -> assertThat(drop.startedOn()).isBetween(day(45), day(55)));
    }

    @Test
    void aSecondFallIsAnAlarmOfItsOwn() {
        Company company = new Company(5);
        double[] use = company.falling(60, 60, 0.6);
        System.arraycopy(company.falling(60, 60, 0.2), 95, use, 95, Company.DAYS - 95);

        assertThat(FallingUsage.detect(use, company.others(), FIRST_DAY)).hasValueSatisfying(drop -> {
            assertThat(drop.startedOn()).isBetween(day(90), day(100));
            assertThat(drop.change()).isEqualTo(-0.8, within(0.12));
        });
    }

    @Test
    void anAccountThatWasActiveEveryDayAndFellSilentIsFoundWithinDays() {
        Company company = new Company(6);

        assertThat(FallingUsage.detect(company.falling(4, 100, 0), company.others(), FIRST_DAY))
                .hasValueSatisfying(drop -> {
                    assertThat(drop.foundOn()).isBefore(day(112));
                    assertThat(drop.change()).isEqualTo(-1, within(0.1));
                });
    }

    @Test
    void aQuietAccountThatUsedToComeTwiceAWeekIsFoundSilent() {
        double[] use = new double[Company.DAYS];
        for (int day = 0; day < 90; day += day % 7 < 3 ? 3 : 4) {
            use[day] = 1;
        }
        Optional<Drop> drop = FallingUsage.detect(use, new Company(7).others(), FIRST_DAY);

        assertThat(drop)
                .hasValueSatisfying(found -> assertThat(found.startedOn()).isBetween(day(84), day(92)));
    }

    @Test
    void grownUseIsASignOfExpansionAndNoFall() {
        Company company = new Company(8);
        double[] use = company.falling(30, 90, 1.8);
        double[] others = company.others();

        assertThat(FallingUsage.detectGrowth(use, others, FIRST_DAY))
                .hasValueSatisfying(rise -> assertThat(rise.change()).isEqualTo(0.8, within(0.25)));
        assertThat(FallingUsage.detect(use, others, FIRST_DAY)).isEmpty();
    }

    @Test
    void anAccountThatNeverUsedAnythingOrOnlyJustBeganIsNotJudged() {
        Company company = new Company(9);
        double[] began = new double[Company.DAYS];
        System.arraycopy(company.use(20), 100, began, 100, 20);

        assertThat(FallingUsage.detect(new double[Company.DAYS], company.others(), FIRST_DAY))
                .isEmpty();
        assertThat(FallingUsage.detect(began, company.others(), FIRST_DAY)).isEmpty();
        assertThat(FallingUsage.detect(new double[0], new double[0], FIRST_DAY)).isEmpty();
    }

    @Test
    void theOnlyCustomerOfAVendorIsJudgedByItself() {
        Company company = new Company(10);

        assertThat(FallingUsage.detect(company.falling(50, 90, 0.4), new double[Company.DAYS], FIRST_DAY))
                .isPresent();
    }

    @Test
    void aDayThatPassesDoesNotMoveTheStartOfAFall() {
        Company company = new Company(11);
        double[] use = company.falling(50, 80, 0.5);
        double[] others = company.others();
        Drop early = FallingUsage.detect(Arrays.copyOf(use, 100), Arrays.copyOf(others, 100), FIRST_DAY)
                .orElseThrow();
        Drop late = FallingUsage.detect(use, others, FIRST_DAY).orElseThrow();

        assertThat(late.startedOn()).isEqualTo(early.startedOn());
        assertThat(late.foundOn()).isEqualTo(early.foundOn());
        assertThat(late.statistic()).isEqualTo(early.statistic());
    }

    @Test
    void tenThousandAccountsAreJudgedInSeconds() {
        Company company = new Company(12);
        double[] others = company.others();
        List<double[]> uses = IntStream.range(0, 500)
                .mapToObj(account -> company.use(1 + account / 10.0))
                .toList();
        int standing = 0;
        long start = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            standing += FallingUsage.detect(uses.get(i % uses.size()), others, FIRST_DAY)
                            .isPresent()
                    ? 1
                    : 0;
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(standing / 10_000.0)
                .as("share of steady accounts with an alarm")
                .isLessThan(0.08);
    }

    @Test
    void refusesDaysThatDoNotMatch() {
        assertThatThrownBy(() -> FallingUsage.detect(new double[3], new double[4], FIRST_DAY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 and 3");
    }
}
