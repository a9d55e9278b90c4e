package io.perennial.defects;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.contracts.Revenue;
import io.perennial.defects.Pareto.By;
import io.perennial.defects.Pareto.Of;
import io.perennial.shared.AccountId;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a defect costs whom, and what that is worth. */
@PerennialTest
class DefectRegisterTests extends DefectStory {

    @Test
    void revenueOfTheAffectedIsWhatTheirContractsSay() {
        UUID defect = broken.defect("Export stops", Severity.MAJOR);
        AccountId harbor = broken.customer("harbor", "1200");
        AccountId tern = broken.customer("tern", "800.50");
        broken.book().line(tern, "10", "2026-01-01").in("NOK").add();
        broken.book().line(harbor, "999", "2025-01-01").until("2026-02-01").add();
        AccountId credit = broken.customer("credit", "-50");
        broken.customer("spared", "5000");
        broken.asks(harbor, null, defect);
        broken.asks(harbor, null, defect);
        hits.mark(defect, "tern", true, "told us on the phone", broken.ana());
        hits.mark(defect, "credit", true, "", broken.ana());

        var reach = affected.together(List.of(defect), broken.ana());
        assertThat(reach.accounts()).isEqualTo(3);
        assertThat(reach.in("EUR")).isEqualByComparingTo("2000.50");
        assertThat(reach.in("NOK")).isEqualByComparingTo("120");

        hits.scope(defect, "", "planner", broken.ana());
        Map<String, BigDecimal> everybody = new HashMap<>();
        revenue.on(TODAY).forEach((Revenue of) -> everybody.put(of.currency(), of.annual()));
        var all = affected.together(List.of(defect), broken.ana());
        assertThat(all.in("EUR")).isEqualByComparingTo(everybody.get("EUR"));
        assertThat(all.in("NOK")).isEqualByComparingTo(everybody.get("NOK"));
        assertThat(credit).isNotNull();
    }

    @Test
    void revenueOfTheAffectedIsThatOfTheLedgerWithAgreedPricesAndWhatGoesOnByItself() {
        UUID defect = broken.defect("Export stops", Severity.MAJOR);
        AccountId dearer = broken.book().account("dearer", "Dearer Docks");
        broken.book()
                .line(dearer, "1000", "2025-01-01")
                .per("year")
                .until("2028-01-01")
                .dearerEachYear(new BigDecimal("0.10"))
                .add();
        AccountId goesOn = broken.book().account("goes-on", "Goes On Gears");
        broken.book()
                .line(goesOn, "500", "2025-06-01")
                .per("year")
                .until("2026-06-01")
                .renewsByItself(true)
                .add();
        broken.asks(dearer, null, defect);
        broken.asks(goesOn, null, defect);

        assertThat(affected.together(List.of(defect), broken.ana()).in("EUR")).isEqualByComparingTo("1600");
        assertThat(affected.rows(defect, broken.ana()))
                .extracting(row -> row.name())
                .containsExactly("Dearer Docks", "Goes On Gears");
    }

    @Test
    void whoIsNamedAsNotAffectedIsNotWhateverARuleSays() {
        UUID defect = broken.defect("Export stops", Severity.MAJOR);
        broken.customer("harbor", "1200");
        broken.customer("tern", "800");
        hits.scope(defect, "", "Planner", broken.ana());
        UUID change = hits.mark(defect, "tern", false, "still on version 6", broken.ana());

        assertThat(affected.together(List.of(defect), broken.ana()).accounts()).isEqualTo(1);
        Visitor ana = people.signIn(broken.ana().memberId(), "Ana Reyes");
        assertThat(ana.get("/defects/" + defect).body()).contains("is not affected: still on version 6");
        ana.post("/changes/" + change + "/undo", Map.of());
        assertThat(affected.together(List.of(defect), broken.ana()).accounts()).isEqualTo(2);
    }

    @Test
    void barsOfAParetoAddUpAndTheLastReachesTheWhole() {
        costs.rate(new BigDecimal("60"), new BigDecimal("40"), "EUR", "Lin Wei");
        for (int i = 0; i < 15; i++) {
            UUID defect =
                    broken.defect("Defect " + i, Severity.MINOR, i % 3 == 0 ? "code" : i % 3 == 1 ? "design" : "");
            AccountId account = broken.customer("a-" + i, String.valueOf(100 + i));
            for (int n = 0; n <= i; n++) {
                broken.asks(account, null, defect);
            }
        }
        List<DefectEntry> entries = defects.list(DefectFilter.OPEN, broken.ana());
        assertThat(entries).hasSize(15);
        for (By by : By.values()) {
            for (Of of : Of.values()) {
                Pareto pareto = defects.pareto(entries, of, by, "", List.of(), broken.ana());
                assertThat(pareto.bars().stream().map(Pareto.Bar::value).reduce(BigDecimal.ZERO, BigDecimal::add))
                        .as(of + " by " + by)
                        .isEqualByComparingTo(pareto.total());
                assertThat(pareto.bars().getLast().share()).isEqualTo(100);
                assertThat(pareto.bars().stream().mapToInt(Pareto.Bar::defects).sum())
                        .isEqualTo(15);
                assertThat(pareto.bars()).hasSizeLessThanOrEqualTo(Pareto.MOST_BARS);
            }
        }
        assertThat(defects.pareto(entries, Of.CASES, By.CAUSE, "", List.of(), broken.ana())
                        .total())
                .isEqualByComparingTo("120");
        assertThat(defects.pareto(entries, Of.COST, By.DEFECT, "", List.of(), broken.ana())
                        .total())
                .isEqualByComparingTo("4800");
        assertThat(defects.pareto(entries, Of.REVENUE, By.PRODUCT, "", List.of(), broken.ana())
                        .total())
                .isEqualByComparingTo("1605");
    }

    @Test
    void costComesFromTimeOrFromAHandOrHasNoValueAndAReason() {
        UUID defect = broken.defect("Export stops", Severity.MAJOR);
        AccountId harbor = broken.customer("harbor", "1200");
        assertThat(cost(defect)).isEqualTo(Costs.Cost.none("No case is linked."));
        UUID first = broken.asks(harbor, null, defect);
        UUID second = broken.asks(harbor, null, defect);
        assertThat(cost(defect).how()).isEqualTo("Nobody has said what an hour or a case costs.");

        costs.rate(new BigDecimal("60"), null, "EUR", "Lin Wei");
        broken.spent(first, 90);
        assertThat(cost(defect).amount()).isNull();
        assertThat(cost(defect).how()).contains("1 of its 2 cases have no time recorded");
        broken.spent(second, 30);
        assertThat(cost(defect).amount()).isEqualByComparingTo("120");
        assertThat(cost(defect).estimated()).isFalse();
        broken.asks(harbor, null, defect);
        costs.rate(new BigDecimal("60"), new BigDecimal("25"), "EUR", "Lin Wei");
        assertThat(cost(defect).amount()).isEqualByComparingTo("145");
        assertThat(cost(defect).estimated()).isTrue();

        Defect known = defects.find(defect).orElseThrow();
        DefectDraft byHand = new DefectDraft(
                known.title(), "", "", "", "", "major", "", "", "1,600", "eur", "3.2 days of engineering");
        editing.edit(defect, known.version(), byHand, broken.ana());
        assertThat(cost(defect).amount()).isEqualByComparingTo("1600");
        assertThat(cost(defect).how()).contains("3.2 days");
    }

    @Test
    void anEffectOnSatisfactionIsOnlySpokenOfWhenTheIntervalShowsIt() {
        UUID defect = broken.defect("Export stops", Severity.MAJOR);
        AccountId harbor = broken.customer("harbor", "1200");
        assertThat(satisfaction
                        .ofCases(defects.find(defect).orElseThrow(), broken.ana())
                        .reason())
                .contains("No case of those affected");
        for (int i = 0; i < 56; i++) {
            broken.answered(broken.asks(harbor, null, i < 8 ? defect : null), i < 8 ? 2 : 5);
        }

        var effect = satisfaction.ofCases(defects.find(defect).orElseThrow(), broken.ana());

        assertThat(effect.difference()).isNotNull().satisfies(gap -> {
            assertThat(gap.of()).isEqualTo(8);
            assertThat(gap.otherOf()).isEqualTo(48);
            assertThat(gap.points()).isEqualTo(-100);
            assertThat(gap.isClear()).isTrue();
            assertThat(gap.isSmall()).isTrue();
        });
        assertThat(satisfaction
                        .ofSurveys(defects.find(defect).orElseThrow(), broken.ana())
                        .difference())
                .isNull();
    }

    @Test
    void newcombesPublishedExampleComesOutExactly() {
        // Newcombe 1998, table II, row (a): 56/70 less 48/80, method 10: 0.0524 to 0.3339.
        Difference gap = Difference.between(56, 70, 48, 80);
        assertThat(gap.points()).isCloseTo(20.0, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(gap.low()).isCloseTo(5.24, org.assertj.core.data.Offset.offset(0.005));
        assertThat(gap.high()).isCloseTo(33.39, org.assertj.core.data.Offset.offset(0.005));
        assertThat(Difference.between(0, 10, 0, 10).words()).contains("no difference");
        assertThat(Difference.between(0, 4, 9, 9).words()).contains("too few");
    }

    @Test
    void aManagerSeesOnlyRevenueOfTheirOwnAccounts() {
        UUID defect = broken.defect("Export stops", Severity.MAJOR);
        AccountId harbor = broken.customer("harbor", "1200");
        AccountId tern = broken.customer("tern", "77");
        broken.asks(harbor, null, defect);
        UUID secret = broken.asks(tern, null, defect);
        Visitor nobody = people.csmWithOwnAccounts("Ben Carter");

        assertThat(nobody.get("/defects/" + "-".repeat(36)).statusCode()).isEqualTo(404);
        String page = nobody.get("/defects/" + defect).body();

        assertThat(page).contains("Export stops").doesNotContain("harbor", "1,200", ">tern<");
        assertThat(nobody.post("/defects/" + defect + "/cases/" + secret + "/removal", Map.of())
                        .statusCode())
                .isEqualTo(404);
        assertThat(nobody.post("/defects/" + defect + "/accounts", Map.of("account", "tern"))
                        .body())
                .contains("There is no account tern in your portfolio");
    }

    @Test
    void anAccountBearsTheOpenDefectsThatHitItAsOfAnyDay() {
        AccountId harbor = broken.customer("harbor", "1200");
        AccountId tern = broken.customer("tern", "800");
        UUID export = broken.defect("Export stops", Severity.CRITICAL);
        UUID logo = broken.defect("Logo is blurred", Severity.MAJOR);
        broken.asks(harbor, null, export);
        broken.asks(harbor, null, logo);
        assertThat(load(harbor, "2026-11-24T10:00:00Z")).isEqualTo("11.0 open defects: 1 critical, 1 major");
        assertThat(load(tern, "2026-11-24T10:00:00Z")).isEqualTo("0.0 no open defect is known");

        broken.becomes(export, DefectState.FIXED);

        assertThat(load(harbor, "2026-11-24T10:00:00Z")).isEqualTo("3.0 open defects: 1 major");
        assertThat(database.sql("select count(*) from accounts.changed where account_id = :id")
                        .param("id", harbor.value())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }
}
