package io.perennial.defects;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.contracts.RecurringRevenue;
import io.perennial.contracts.Revenue;
import io.perennial.defects.Pareto.By;
import io.perennial.defects.Pareto.Of;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.Readings;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class DefectRegisterTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    DefectEditing editing;

    @Autowired
    DefectCases cases;

    @Autowired
    DefectHits hits;

    @Autowired
    DefectAskers askers;

    @Autowired
    Defects defects;

    @Autowired
    Affected affected;

    @Autowired
    Costs costs;

    @Autowired
    Satisfaction satisfaction;

    @Autowired
    DefectMeasures measures;

    @Autowired
    RecurringRevenue revenue;

    @Autowired
    Records records;

    @Autowired
    People people;

    Broken broken;

    @BeforeEach
    void aRegister() {
        broken = new Broken(database, editing, cases);
    }

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
        List<UUID> all = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            UUID defect =
                    broken.defect("Defect " + i, Severity.MINOR, i % 3 == 0 ? "code" : i % 3 == 1 ? "design" : "");
            all.add(defect);
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
    void aCaseHasOneDefectAndLinkingItTwiceChangesNothing() {
        UUID first = broken.defect("Export stops", Severity.MAJOR);
        UUID second = broken.defect("Import stops", Severity.MAJOR);
        AccountId harbor = broken.customer("harbor", "1200");
        UUID asked = broken.asks(harbor, null, first);

        assertThat(cases.link(first, asked, false, broken.ana())).isNull();
        cases.link(second, asked, false, broken.ana());

        assertThat(defects.cases(first, broken.ana())).isEmpty();
        assertThat(defects.ofCase(asked))
                .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(second));
    }

    @Test
    void statesAskForWhatBelongsToThemAndCanBeTakenBack() {
        UUID defect = broken.defect("Export stops", Severity.MAJOR);
        Visitor sam = people.support();
        String page = "/defects/" + defect;

        var refused = sam.post(page + "/state", Map.of("seen", "1", "state", "known-issue"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("A known issue needs a workaround");
        assertThat(sam.post(page + "/state", Map.of("seen", "1", "state", "wont-fix"))
                        .body())
                .contains("Say why it will not be fixed");
        assertThat(sam.post(page + "/state", Map.of("seen", "1", "state", "fixed", "day", "2027-01-01"))
                        .body())
                .contains("Choose Fix planned");
        Map<String, String> fixed = Map.of("seen", "1", "state", "fixed", "release", "7.2");
        assertThat(sam.post(page + "/state", fixed).statusCode()).isEqualTo(302);
        assertThat(sam.post(page + "/state", fixed).statusCode())
                .as("pressed twice")
                .isEqualTo(302);
        assertThat(sam.get(page).body()).contains("Fixed and released in 7.2", "24 Nov 2026");
        var late = sam.post(page + "/state", Map.of("seen", "1", "state", "confirmed"));
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("Sam Support set it to Fixed and released (7.2)");

        UUID change = database.sql("select change from defects.event where what like 'set it%'")
                .query(UUID.class)
                .single();
        sam.post("/changes/" + change + "/undo", Map.of());
        assertThat(defects.find(defect).orElseThrow()).satisfies(now -> {
            assertThat(now.state()).isEqualTo(DefectState.SUSPECTED);
            assertThat(now.settledAt()).isNull();
        });
    }

    @Test
    void twoPeopleWhoEditAtOnceLoseNothing() {
        UUID defect = broken.defect("Export stops", Severity.MAJOR);
        Visitor sam = people.support();
        Map<String, String> mine = Map.of("seen", "1", "title", "Export stops at 10,000", "severity", "critical");
        assertThat(sam.post("/defects/" + defect, mine).statusCode()).isEqualTo(302);

        var theirs = people.leader()
                .post(
                        "/defects/" + defect,
                        Map.of("seen", "1", "title", "Export is slow", "severity", "minor", "workaround", "Wait."));

        assertThat(theirs.statusCode()).isEqualTo(409);
        assertThat(theirs.body()).contains("Sam Support changed what is said about it", "Export is slow", "Wait.");
        assertThat(defects.find(defect).orElseThrow().title()).isEqualTo("Export stops at 10,000");
    }

    @Test
    void aFormSentTwiceRegistersOneDefectAndLinksItsCase() {
        AccountId harbor = broken.customer("harbor", "1200");
        UUID mia = broken.person(harbor, "Mia", "mia@harbor.example");
        UUID asked = broken.asks(harbor, mia, null);
        Visitor sam = people.support();
        assertThat(sam.get("/cases/" + asked + "/panels/defect").body()).contains("Make a defect of this case");
        Map<String, String> form = Map.of(
                "key",
                "one",
                "title",
                "It does not work",
                "severity",
                "major",
                "case",
                asked.toString(),
                "tell",
                "true");

        sam.post("/defects", form);
        sam.post("/defects", form);

        assertThat(database.sql("select count(*) from defects.defect")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        Defect defect = defects.ofCase(asked).orElseThrow();
        Document panel =
                Jsoup.parse(sam.get("/cases/" + asked + "/panels/defect").body());
        assertThat(panel.text()).contains(defect.tag(), "Mia will be told when it is fixed", "No workaround is known");
        sam.post(
                "/defects/" + defect.id() + "/cases/" + asked + "/asker",
                Map.of("wanted", "false", "from", asked.toString()));
        assertThat(askers.askers(defect.id(), broken.ana())).isEmpty();
        assertThat(people.reader().post("/defects", form).statusCode()).isEqualTo(403);
    }

    @Test
    void hostileWordsAreShownAndNeverRun() {
        String evil = "<script>alert(1)</script><img src=x onerror=alert(2)>";
        DefectDraft draft = new DefectDraft(
                evil, evil, evil, evil, evil, "critical", evil + " [x](javascript:alert(3))", "", "5", "EUR", evil);
        UUID defect = editing.create(draft, "evil", broken.ana()).defect();
        AccountId harbor = broken.customer("harbor", "1200");
        UUID asked = broken.asks(harbor, null, defect);
        Visitor sam = people.support();

        for (String page : List.of(
                "/defects",
                "/defects?by=cause&of=cost",
                "/defects/" + defect,
                "/defects/" + defect + "/edit",
                "/cases/" + asked + "/panels/defect",
                "/accounts/" + harbor + "/panels/known-issues",
                "/defects/search?q=script&case=" + asked)) {
            String body = sam.get(page).body();
            Document read = Jsoup.parse(body);
            assertThat(read.select("script:containsData(alert(1))[type!=application/json]"))
                    .as(page)
                    .isEmpty();
            assertThat(read.select("img[onerror], a[href^=javascript]"))
                    .as(page)
                    .isEmpty();
            assertThat(body).as(page).contains("alert(1)");
        }
    }

    @Test
    void aManagerSeesOnlyRevenueOfTheirOwnAccounts() {
        UUID defect = broken.defect("Export stops", Severity.MAJOR);
        AccountId harbor = broken.customer("harbor", "1200");
        AccountId tern = broken.customer("tern", "77");
        broken.asks(harbor, null, defect);
        UUID secret = broken.asks(tern, null, defect);
        Visitor nobody = people.csmWithOwnAccounts("Ben Carter");

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

    @Test
    void aRegisterOfAnotherToolComesInByImport() {
        List<RowOutcome> outcomes = records.upsert(
                records.type("defects").orElseThrow(),
                List.of(
                        row("BUG-1", Map.of("title", "Export stops", "severity", "blocker", "state", "open")),
                        row(
                                "BUG-2",
                                Map.of("title", "Old", "state", "done", "fixed_on", "2026-10-01", "fixed_in", "7")),
                        row("BUG-3", Map.of("title", "No day", "state", "done"))),
                Actor.SYSTEM,
                new Records.Write(null, "Defects", Records.Formats.ISO));

        assertThat(outcomes.get(2).problems()).isNotEmpty();
        assertThat(defects.matching(new DefectFilter("", "all", "", "", ""), 10))
                .extracting(Defect::title, Defect::severity, Defect::isOpen)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("Export stops", Severity.CRITICAL, true),
                        org.assertj.core.groups.Tuple.tuple("Old", Severity.MAJOR, false));
        assertThat(defects.matching(new DefectFilter("", "fixed", "", "", ""), 10)
                        .getFirst()
                        .settledAt())
                .isEqualTo(Instant.parse("2026-10-01T00:00:00Z"));
    }

    @Test
    void aHouseAddsItsOwnCauses() {
        Visitor leader = people.leader();
        leader.post("/defects/settings/causes", Map.of("title", "Bad release note", "meaning", "We said it wrong."));
        assertThat(leader.get("/defects/new").body()).contains("Bad release note: We said it wrong.");
        assertThat(leader.post("/defects/settings/causes", Map.of("title", "regression"))
                        .body())
                .contains("There is a cause regression already");
        assertThat(people.support()
                        .post("/defects/settings/causes", Map.of("title", "x"))
                        .statusCode())
                .isEqualTo(403);
    }

    private Costs.Cost cost(UUID defect) {
        return costs.of(List.of(defects.find(defect).orElseThrow())).getOrDefault(defect, Costs.Cost.none(""));
    }

    private static RecordRow row(String id, Map<String, Object> values) {
        return new RecordRow(1, id, new LinkedHashMap<>(values), Map.of());
    }

    private String load(AccountId account, String asOf) {
        List<String> read = new ArrayList<>();
        Instant at = Instant.parse(asOf);
        measures.read(new MeasureQuery(List.of(account), at, TODAY), new Readings() {
            @Override
            public void read(AccountId of, String measure, double value, LocalDate on, String evidence) {
                read.add(value + " " + evidence);
            }

            @Override
            public void notApplicable(AccountId of, String measure) {
                read.add("n/a");
            }
        });
        return read.getFirst();
    }
}
