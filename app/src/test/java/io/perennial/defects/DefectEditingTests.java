package io.perennial.defects;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** A register that several people keep: forms, states, imports, causes of the house. */
@PerennialTest
class DefectEditingTests extends DefectStory {

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
}
