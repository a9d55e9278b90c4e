package io.perennial.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.contracts.RecurringRevenue;
import io.perennial.metrics.Figure;
import io.perennial.platform.imports.Counts;
import io.perennial.platform.imports.ImportView;
import io.perennial.world.OneCompany;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A simulated company with one and a half years of use: 1.5 million rows come in, and every figure of its readme out. */
@OneCompany
class ChurnSimTests extends PublishedSet {

    @BeforeEach
    void customersAndWhatTheyBought() {
        if (one("select count(*) from accounts.account").equals("0")) {
            bringCustomers("churnsim-crm", 882, 9_812);
        }
    }

    @Test
    void revenueMovesAsTheReadmeStates() {
        moved("2022-03-31", "2022-06-30", "419 375 280110 331699 19405 2298 43147 30145 .922520 1.076556 .894988");
        moved("2022-06-30", "2022-12-31", "430 341 331699 396474 41416 2945 21944 87192 .866261 .932418 .793023");
        moved("2022-03-31", "2023-03-31", "419 272 280110 428240 71128 2690 46863 175085 .736468 .903770 .649165");
        moved("2022-06-30", "2023-06-30", "430 287 331699 480821 76413 3045 28763 199817 .760451 .847166 .667442");
        monthEnds(
                "2022-01",
                "186625 415, 239681 412, 280110 419, 303441 426, 317348 430, 331699 430, 345454 441, 350363 446,"
                        + " 353334 453, 365556 466, 383420 480, 396474 495, 414618 519, 426388 542, 428240 546,"
                        + " 453798 563, 463538 584, 480821 605");
    }

    /** The registry's metrics, read as a program reads them; nobody comes back here, so that grace changes nothing. */
    @Test
    void theMetricsOfTheRegistrySayTheSame() {
        for (String definition : List.of("", "as_run")) {
            retained(definition, "2022-03-31", "2022-06-30", ".922520 1.076556 .894988 280110 331699");
            retained(definition, "2022-06-30", "2022-12-31", ".866261 .932418 .793023 331699 396474");
            retained(definition, "2022-03-31", "2023-03-31", ".736468 .903770 .649165 280110 428240");
            retained(definition, "2022-06-30", "2023-06-30", ".760451 .847166 .667442 331699 480821");
        }
        Figure moved = read("mrr_movements", "", "2022-03-31", "2022-06-30");
        assertThat(beside(moved, "churn", 0)).isEqualTo("-19405");
        assertThat(beside(moved, "contraction", 0)).isEqualTo("-2298");
        assertThat(beside(moved, "expansion", 0)).isEqualTo("43147");
        assertThat(beside(moved, "new", 0)).isEqualTo("30145");
    }

    private void retained(String definition, String from, String to, String expected) {
        Figure moved = read("mrr_movements", definition, from, to);
        assertThat(String.join(
                        " ",
                        share(read("grr", definition, from, to)),
                        share(read("nrr", definition, from, to)),
                        share(read("customer_retention_rate", definition, from, to)),
                        beside(moved, "start", 0),
                        beside(moved, "mrr", 0)))
                .isEqualTo(expected);
    }

    private static String share(Figure percent) {
        BigDecimal value = percent.value();
        return rate(value == null ? null : value.movePointLeft(2));
    }

    @Test
    void whatRunsAndEndsIsWhatTheReadmeStates() {
        assertThat(one("""
                select concat_ws(' ', count(*), round(sum(annual) filter (where attributes ->> 'part' = 'plan') / 12, 2),
                    round(sum(annual) filter (where attributes ->> 'part' = 'add_on') / 12, 2),
                    sum(seats) filter (where unit = 'users'))
                from contracts.contract_line where starts_on <= '2022-12-31' and ends_on > '2022-12-31'
                """)).isEqualTo("820 308774.00 87700.00 17610");
        assertThat(one("""
                select concat_ws(' ', count(*), count(*) filter (where long), round(sum(annual) filter (where long) / 12, 2))
                from (
                    select *, (attributes ->> 'bill_period_months')::int > 1 as long from contracts.contract_line
                    where starts_on <= '2022-12-31' and ends_on > '2022-12-31' and attributes ->> 'part' = 'plan'
                        and scheduled_ends_on between '2023-01-01' and '2023-03-31') ends
                """)).isEqualTo("374 80 51308.00");
        assertThat(one("""
                select concat_ws(' ', count(*) filter (where attributes ->> 'part' = 'plan'),
                    count(*) filter (where attributes ->> 'part' = 'add_on'),
                    count(*) filter (where ends_on < scheduled_ends_on),
                    count(*) filter (where attributes ->> 'bill_period_months' = '1'),
                    count(*) filter (where attributes ->> 'bill_period_months' = '6'),
                    count(*) filter (where attributes ->> 'bill_period_months' = '12'))
                from contracts.contract_line
                """)).isEqualTo("6403 3409 7 8950 529 333");
        assertThat(one("""
                select concat_ws(' ', count(*) filter (where attributes ->> 'acquisition_channel' = 'web'),
                    count(*) filter (where attributes ->> 'acquisition_channel' = 'appstore1'),
                    count(*) filter (where attributes ->> 'acquisition_channel' = 'appstore2'),
                    count(*) filter (where region is null), min(customer_since), max(customer_since))
                from accounts.account
                """)).isEqualTo("436 239 207 87 2022-01-01 2023-06-30");
    }

    @Test
    void lossesEndTheLastTermAndNobodyComesBack() {
        ImportView losses = files.bring("cancellations", "churnsim-crm/churn");

        assertThat(losses.counts()).isEqualTo(new Counts(277, 0, 0, 0));
        assertThat(files.remarks(losses)).isEmpty();
        assertThat(one("""
                select concat_ws(' ', min(cancelled_on), max(cancelled_on), count(*) filter (where cancelled_on <> (
                    select max(ends_on) from contracts.contract_line l where l.account_id = c.account_id)))
                from contracts.cancellation c
                """)).isEqualTo("2022-02-03 2023-06-30 0");
    }

    @Test
    void theWholeHistoryOfUseAddsUpToTheReadme() {
        ImportView usage = files.bring("usage", "churnsim-crm/usage_daily");
        ImportView users = files.bring("usage", "churnsim-crm/active_users_daily");

        assertThat(usage.counts()).isEqualTo(new Counts(689_711, 0, 0, 0));
        assertThat(users.counts()).isEqualTo(new Counts(226_105, 0, 0, 0));
        assertThat(files.remarks(usage)).isEmpty();
        assertThat(one("select sum(events) from usage.account_day")).isEqualTo("11709471");
        assertThat(one("select sum(events) from usage.company_day")).isEqualTo("11709471");
        assertThat(database.sql("""
                select f.name || ' ' || sum(d.events)
                from usage.daily d join usage.feature f on f.id = d.feature_id and f.id <> 0
                group by f.name order by sum(d.events) desc limit 3
                """).query(String.class).list())
                .containsExactly("create_opportunity 1730971", "edit_meeting 882859", "call_lead 811408");
        assertThat(one("""
                select concat_ws(' ', sum(d.value) filter (where f.name like 'win%'),
                    sum(d.value) filter (where f.name like 'lose%'))
                from usage.daily d join usage.feature f on f.id = d.feature_id
                """)).isEqualTo("1566484375.89 965431073.20");
        assertThat(one("""
                select concat_ws(' ',
                    (select count(*) from usage.daily where feature_id <> 0 and day between '2022-12-01' and '2022-12-31'),
                    sum(events), count(distinct account_id), sum(active_users))
                from usage.account_day where day between '2022-12-01' and '2022-12-31'
                """)).isEqualTo("40086 696662 517 160572");
        assertThat(one("""
                select round(sum(d.active_users) / sum(s.seats), 5)
                from usage.account_day d
                cross join lateral (
                    select sum(l.seats) as seats from contracts.contract_line l
                    where l.account_id = d.account_id and l.unit = 'users'
                        and l.starts_on <= d.day and l.ends_on > d.day) s
                where d.active_users > 0
                """)).isEqualTo("0.34115");
    }

    /** Expected, as published: kept and first customers, start, end, churned, contraction, expansion, new, rates. */
    private void moved(String from, String to, String expected) {
        assertThat(revenue.movement(LocalDate.parse(from), LocalDate.parse(to)))
                .singleElement()
                .satisfies(moved -> assertThat(String.join(
                                " ",
                                String.valueOf(moved.accountsStart()),
                                String.valueOf(moved.accountsKept()),
                                month(moved.start()),
                                month(moved.end()),
                                month(moved.churned()),
                                month(moved.contraction()),
                                month(moved.expansion()),
                                month(moved.arrived()),
                                rate(moved.grossRetention()),
                                rate(moved.netRetention()),
                                rate(moved.logoRetention())))
                        .isEqualTo(expected));
    }

    private void monthEnds(String first, String expected) {
        YearMonth month = YearMonth.parse(first);
        for (String figures : expected.split(", ")) {
            LocalDate end = month.atEndOfMonth();
            assertThat(revenue.on(end))
                    .singleElement()
                    .satisfies(sum -> assertThat(month(sum.annual()) + " " + sum.accounts())
                            .as("at the end of %s", end)
                            .isEqualTo(figures));
            month = month.plusMonths(1);
        }
    }

    private static String month(BigDecimal annual) {
        return RecurringRevenue.monthly(annual)
                .setScale(0, RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    private static String rate(@Nullable BigDecimal rate) {
        return rate == null
                ? "-"
                : rate.setScale(6, RoundingMode.HALF_UP).toPlainString().replaceFirst("^0", "");
    }
}
