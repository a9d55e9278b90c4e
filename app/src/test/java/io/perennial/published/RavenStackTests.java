package io.perennial.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.cases.CaseFigures;
import io.perennial.platform.imports.Counts;
import io.perennial.platform.imports.ImportView;
import io.perennial.world.PublishedFiles;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A set with known defects: every figure of its readme comes out, and the import tells of the defects. */
class RavenStackTests extends PublishedSet {

    @BeforeEach
    void customersAndWhatTheyBought() {
        bringCustomers("ravenstack", 362, 3_634);
    }

    @Test
    void revenueIsThatOfTheReadme() {
        // Its lines end when they end, also those that say that they renew themselves: so much a company says in its
        // rules.
        database.sql("insert into contracts.revenue_rule (grace_days, silence) values (90, 'lapsed')")
                .update();
        on("2023-06-30", 86, 157_538, 1_890_456, 47);
        on("2023-12-31", 433, 914_815, 10_977_780, 135);
        on("2024-06-30", 1_235, 2_822_621, 33_871_452, 242);
        on("2024-12-31", 3_279, 7_507_417, 90_089_004, 362);
        assertThat(one("""
                select concat_ws(' ', count(ends_on), count(*) filter (where attributes ->> 'is_trial' = 'True'),
                    (select concat_ws(' ', min(n), max(n), round(avg(n), 1))
                        from (select count(*) as n from contracts.contract_line group by account_id) a))
                from contracts.contract_line
                """)).isEqualTo("355 549 2 19 10.0");
    }

    @Test
    void usageIsKeptWholeAndItsDefectsAreTold() {
        ImportView usage = files.bring("usage", "ravenstack/feature_usage");

        assertThat(usage.counts()).isEqualTo(new Counts(18_065, 0, 0, 0));
        assertThat(files.remarks(usage))
                .containsEntry("repeated_identifier usage_id", 12L)
                .containsEntry("before_term day", 13_946L)
                .containsEntry("after_term day", 192L)
                .hasSize(3);
        assertThat(one("select concat_ws(' ', sum(events), sum(errors), sum(seconds)) from usage.account_day"))
                .isEqualTo("180798 10105 54751120");
        assertThat(one("""
                select concat_ws(' ', count(*) filter (where attributes ->> 'is_beta_feature' = 'True'),
                    count(distinct source_ref), count(distinct feature_id))
                from usage.daily
                """)).isEqualTo("1839 18053 40");
        assertThat(files.bring("usage", "ravenstack/feature_usage").counts()).isEqualTo(new Counts(0, 0, 18_065, 0));
    }

    @Test
    void ticketsAreAnsweredAndJudgedAsTheReadmeStates() {
        ImportView tickets = files.bring("cases", "ravenstack/support_tickets");
        ImportView answers = files.bring(
                "survey-responses", "ravenstack/support_tickets", PublishedFiles.mapping("ravenstack/answers"));

        assertThat(tickets.counts()).isEqualTo(new Counts(1_455, 0, 0, 0));
        assertThat(files.remarks(tickets))
                .containsEntry("before_customer opened_at", 810L)
                .hasSize(1);
        CaseFigures.Figures all = figures.figures(BEGINNING, END);
        assertThat(all.meanHours()).isEqualTo(35.553, within(0.0005));
        assertThat(all.medianHours()).isEqualTo(35.0);
        assertThat(all.meanResponseMinutes()).isEqualTo(87.915, within(0.0005));
        assertThat(all.medianResponseMinutes()).isEqualTo(88);
        assertThat(all.escalated()).isEqualTo(67);
        assertThat(all.answers()).isEqualTo(855);
        assertThat(all.meanSatisfaction()).isEqualTo(4.0082, within(0.00005));
        assertThat("%.2f".formatted(100.0 * all.answers() / all.opened())).isEqualTo("58.76");
        assertThat(figures.figures(BEGINNING, END, CaseFigures.By.PRIORITY))
                .extracting(group -> group.name() + " " + group.figures().opened())
                .containsExactly("high 376", "low 337", "medium 356", "urgent 386");
        assertThat(one("""
                select concat_ws(' ', count(*) filter (where satisfaction = 3),
                    count(*) filter (where satisfaction = 4), count(*) filter (where satisfaction = 5),
                    count(*) filter (where extract(epoch from closed_at - opened_at)
                        = (attributes ->> 'resolution_time_hours')::numeric * 3600))
                from cases.support_case
                """)).isEqualTo("275 298 282 1455");
        assertThat(answers.counts()).isEqualTo(new Counts(855, 0, 0, 0, 0, 600));
        assertThat(one("select concat_ws(' ', count(*), round(avg(score), 4)) from surveys.survey_response"))
                .isEqualTo("855 4.0082");
    }

    @Test
    void lossesHaveTheReasonsOfTheReadmeAndContradictTheContracts() {
        ImportView losses = files.bring("cancellations", "ravenstack/churn_events");

        assertThat(losses.counts()).isEqualTo(new Counts(435, 0, 0, 0));
        assertThat(files.remarks(losses)).containsEntry("no_line_ends", 429L);
        assertThat(database.sql(
                                "select reason || ' ' || count(*) from contracts.cancellation group by reason order by count(*) desc")
                        .query(String.class)
                        .list())
                .containsExactly("features 84", "support 76", "budget 72", "competitor 70", "pricing 69", "unknown 64");
        assertThat(one("""
                select concat_ws(' ', count(distinct account_id), count(*) filter (where reactivated),
                    sum((attributes ->> 'refund_amount_usd')::numeric), count(distinct reason_detail))
                from contracts.cancellation
                """)).isEqualTo("252 44 6562.98 3");
        assertThat(one("""
                select concat_ws(' ', count(*) filter (where not churned and lost), count(*) filter (where not churned),
                    count(*) filter (where churned and not lost), count(*) filter (where churned))
                from (
                    select (a.attributes ->> 'churn_flag')::boolean as churned,
                        exists (select from contracts.cancellation c where c.account_id = a.id) as lost
                    from accounts.account a) flags
                """)).isEqualTo("194 282 22 80");
        assertThat(one("""
                select count(*) from contracts.contract_line l
                where exists (select from contracts.cancellation c
                    where c.account_id = l.account_id and c.cancelled_on = l.ends_on)
                """)).isEqualTo("7");
    }

    private void on(String day, int lines, long monthly, long annual, int accounts) {
        assertThat(revenue.on(LocalDate.parse(day))).singleElement().satisfies(sum -> {
            assertThat(sum.lines()).isEqualTo(lines);
            assertThat(sum.monthly()).isEqualByComparingTo(BigDecimal.valueOf(monthly));
            assertThat(sum.annual()).isEqualByComparingTo(BigDecimal.valueOf(annual));
            assertThat(sum.accounts()).isEqualTo(accounts);
        });
        assertThat(read("arr", "as_run", "2022-12-31", day).value()).isEqualByComparingTo(BigDecimal.valueOf(annual));
        assertThat(read("mrr", "as_run", "2022-12-31", day).value()).isEqualByComparingTo(BigDecimal.valueOf(monthly));
    }
}
