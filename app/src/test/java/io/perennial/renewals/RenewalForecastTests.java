package io.perennial.renewals;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is expected of renewals: by the system, by the manager, by a leader; and how good that was. */
@PerennialTest
class RenewalForecastTests {

    @Autowired
    JdbcClient database;

    @Autowired
    DueTerms terms;

    @Autowired
    Renewals renewals;

    @Autowired
    DailyWork daily;

    @Autowired
    MovableClock clock;

    @Autowired
    People people;

    DueBook due;
    Visitor ana;
    Visitor lin;
    AccountId oslo;
    String desk;

    @BeforeEach
    void osloFerryIsDueInSevenMonths() {
        due = new DueBook(database, terms);
        ana = people.csm("Ana Reyes");
        lin = people.leader();
        oslo = due.customer("oslo", "Oslo Ferry", "2027-06-24");
        due.healthOf(oslo, "HEALTHY", 82);
        due.kept();
        desk = renewals.of(oslo).getFirst().address();
    }

    @Test
    void theSystemSaysWhatItExpectsAndWhy() {
        assertThat(forecast().expected()).isEqualTo(Call.COMMIT);
        assertThat(ana.get(desk).body())
                .contains("The system: Commit, 95 %", "Health is healthy: taken for 95 % until enough renewals");

        due.healthOf(oslo, "AT_RISK", 30);
        database.sql("update accounts.overview set changed_in = pg_current_xact_id(), open_signals = 5")
                .update();
        assertThat(forecast().expected()).isEqualTo(Call.RISK);
        assertThat(forecast().percent()).isEqualTo("43 %");
        assertThat(ana.get(desk).body()).contains("5 signals are open; three count.");

        database.sql("insert into renewals.odds values ('AT_RISK', 0.2, 40, 0.1, 0.3, '2026-11-24')")
                .update();
        assertThat(forecast().expected()).isEqualTo(Call.LOST);
        assertThat(ana.get(desk).body()).contains("20 % renewed (10 % to 30 %, 40 renewals)");
    }

    @Test
    void whatTheColoursMeantIsMeasuredFromDecidedRenewals() {
        daily.day();
        assertThat(database.sql("select count(*) from renewals.odds")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void whereSystemAndManagerDisagreeALeaderDecidesWithAReason() {
        ana.post(desk + "/call", Map.of("call", "risk", "reason", "New director wants another tool"));

        assertThat(forecast().isDisputed()).isTrue();
        assertThat(lin.get("/renewals/forecast").body())
                .contains("For a leader to decide", "Commit 95 % against At risk of Ana Reyes");
        assertThat(lin.get("/renewals?only=disputed&window=all").body()).contains("Oslo Ferry");
        assertThat(ana.post(desk + "/settlement", Map.of("call", "likely", "reason", "x"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(lin.post(desk + "/settlement", Map.of("call", "likely", "reason", " "))
                        .statusCode())
                .isEqualTo(422);
        assertThat(lin.post(desk + "/settlement", Map.of("call", "monitor", "reason", "x"))
                        .statusCode())
                .isEqualTo(422);

        lin.post(desk + "/settlement", Map.of("call", "likely", "reason", "I spoke with the director"));

        assertThat(forecast().counts()).isEqualTo(Call.LIKELY);
        assertThat(forecast().isDisputed()).isFalse();
        assertThat(lin.get(desk).body()).contains("Decided: Likely", "I spoke with the director");

        ana.post(desk + "/call", Map.of("call", "lost", "reason", "Notice is on its way"));
        assertThat(forecast().settled()).isNull();
        assertThat(forecast().isDisputed()).isTrue();
    }

    @Test
    void nothingIsSettledBeforeSomebodyCalledIt() {
        assertThat(lin.post(desk + "/settlement", Map.of("call", "likely", "reason", "x"))
                        .body())
                .contains("Nobody has called it yet");
    }

    @Test
    void whoOnlyWatchesHasSaidNothingWhenThreeMonthsAreLeft() {
        ana.post(desk + "/call", Map.of("call", "monitor"));
        assertThat(forecast().call()).isEqualTo(Call.MONITOR);
        assertThat(forecast().isDisputed()).isFalse();
        assertThat(ana.get("/renewals?only=call&window=all").body()).contains("Nothing of that kind");

        today("2027-03-23");
        assertThat(ana.post(desk + "/call", Map.of("call", "monitor")).statusCode())
                .isLessThan(400);
        today("2027-03-24");
        assertThat(ana.post(desk + "/call", Map.of("call", "monitor")).body())
                .contains("Less than three months are left");
        assertThat(ana.get(desk).body()).doesNotContain("value=\"monitor\"");
        assertThat(ana.get("/renewals?only=call&window=all").body()).contains("Oslo Ferry");
    }

    @Test
    void aCallIsMissingAtSixMonthsAndAgainAtThree() {
        assertThat(missing()).isFalse();
        today("2026-12-24");
        assertThat(missing()).isTrue();
        assertThat(ana.get("/renewals/forecast").body()).contains("Calls that are missing");

        ana.post(desk + "/call", Map.of("call", "likely"));
        assertThat(missing()).isFalse();
        today("2027-03-24");
        assertThat(missing()).isTrue();
        ana.post(desk + "/call", Map.of("call", "commit"));
        assertThat(missing()).isFalse();
        assertThat(renewals.of(oslo).getFirst().stage()).isEqualTo(Stage.COMMITTED);
    }

    @Test
    void riskNeedsAReason() {
        assertThat(ana.post(desk + "/call", Map.of("call", "risk")).body()).contains("Say why");
        assertThat(ana.post(desk + "/call", Map.of("call", "perhaps")).statusCode())
                .isEqualTo(422);
        assertThat(forecast().call()).isNull();
    }

    @Test
    void aMonthAddsUpAndStandsAgainstItsTarget() {
        due.customer("norda", "Norda Bank", "2027-06-10");
        due.customer("tamm", "Tamm", "2027-06-11");
        AccountId gone = due.customer("gone", "Gone", "2027-06-12");
        due.cancels(gone, "2026-11-01", "2027-06-12");
        due.kept();
        ana.post(desk + "/call", Map.of("call", "commit"));
        ana.post(
                renewals.list(RenewalFilter.of("tamm"), "", 1, viewer())
                                .renewals()
                                .getFirst()
                                .address() + "/call",
                Map.of("call", "risk", "reason", "Budget"));

        String csm = ana.post("/renewals/targets", Map.of("month", "2027-06", "currency", "EUR", "amount", "40000"))
                .body();
        assertThat(csm).doesNotContain("40,000");
        assertThat(lin.post("/renewals/targets", Map.of("month", "2027-06", "currency", "EUR", "amount", "a lot"))
                        .statusCode())
                .isEqualTo(422);
        lin.post("/renewals/targets", Map.of("month", "2027-06", "currency", "EUR", "amount", "40000"));

        ForecastBoard.Month june = board.months(java.time.YearMonth.of(2027, 6), 1, "EUR", viewer())
                .getFirst();
        assertThat(june.due()).isEqualByComparingTo("48000");
        assertThat(june.commit()).isEqualByComparingTo("12000");
        assertThat(june.risk()).isEqualByComparingTo("12000");
        assertThat(june.unassessed()).isEqualByComparingTo("12000");
        assertThat(june.lost()).isEqualByComparingTo("12000");
        assertThat(june.target()).isEqualByComparingTo("40000");
        assertThat(lin.get("/renewals/forecast").body()).contains("28k EUR are missing to the target", "2027-06");
    }

    @Autowired
    ForecastBoard board;

    @Test
    void whatWasExpectedNinetyDaysBeforeIsHeldAgainstWhatHappened() {
        AccountId norda = due.customer("norda", "Norda Bank", "2027-06-24");
        due.healthOf(norda, "HEALTHY", 90);
        due.kept();
        ana.post(desk + "/call", Map.of("call", "lost", "reason", "Moves away"));
        today("2027-03-26");
        daily.day();
        ana.post(desk + "/call", Map.of("call", "commit"));
        today("2027-03-27");
        daily.day();
        due.book
                .line(norda, "12000", "2027-06-24")
                .until("2028-06-24")
                .per("year")
                .add();
        due.cancels(oslo, "2027-06-01", "2027-06-24");
        today("2027-07-02");
        due.kept();

        ForecastBoard.Accuracy quarter = board.accuracy("EUR", viewer()).getFirst();
        assertThat(quarter.quarter()).isEqualTo("2027 Q2");
        assertThat(quarter.expected()).isEqualByComparingTo("12000");
        assertThat(quarter.renewed()).isEqualByComparingTo("12000");
        assertThat(quarter.words()).isEqualTo("100 %");
        assertThat(quarter.rightWords()).isEqualTo("2 of 2");
        assertThat(quarter.systemWords()).isEqualTo("1 of 2");
        assertThat(ana.get("/renewals/forecast").body()).contains("2027 Q2", "100 %");
    }

    @Test
    void theForecastOfThePageIsThatOfPrograms() {
        ana.post(desk + "/call", Map.of("call", "commit"));
        lin.post("/renewals/targets", Map.of("month", "2027-06", "currency", "EUR", "amount", "40000"));
        Visitor crm = people.program("read");

        assertThat(crm.get("/api/v1/renewals/forecast?first=2027-06").body())
                .contains("\"month\":\"2027-06\"", "\"commit\":12000", "\"target\":40000", "\"currency\":\"EUR\"");
        assertThat(crm.get("/api/v1/renewals/forecast?currency=JPY").body()).contains("\"due\":0");
        assertThat(crm.get("/api/v1/renewals/forecast?first=June").statusCode()).isEqualTo(422);
        assertThat(crm.get("/api/v1/renewals/forecast?currency=euro").statusCode())
                .isEqualTo(422);
    }

    @Test
    void aProgramSetsATargetAndTakesItAway() {
        Visitor crm = people.program("read", "write");
        String target = "/api/v1/renewals/forecast/targets/2027-06";

        assertThat(crm.json("PUT", target, "{\"currency\":\"EUR\",\"amount\":40000.50}")
                        .body())
                .contains("\"month\":\"2027-06\"", "\"amount\":40000.5");
        assertThat(crm.get("/api/v1/renewals/forecast?first=2027-06").body()).contains("\"target\":40000.5");
        assertThat(crm.json("PUT", target, "{\"currency\":\"EUR\"}").body()).contains("\"amount\":null");
        assertThat(crm.json("PUT", target, "{\"currency\":\"euro\",\"amount\":1}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(crm.json("PUT", target, "{\"currency\":\"EUR\",\"amount\":-5}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(crm.json("PUT", "/api/v1/renewals/forecast/targets/June", "{\"currency\":\"EUR\",\"amount\":1}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(people.program("read")
                        .json("PUT", target, "{\"currency\":\"EUR\",\"amount\":1}")
                        .statusCode())
                .isEqualTo(403);
    }

    /** Oslo is due on the 24th of June: six and three months before, somebody has to say what is expected. */
    @Test
    void checkpointsAreOnTodayUntilSomebodyHasSaidWhatIsExpected() {
        assertThat(ana.get("/").body()).doesNotContain("Say what you expect");
        today("2026-12-24");
        ana = people.csm("Ana Reyes");
        assertThat(ana.get("/").body()).contains("Say what you expect", desk, "6 months");
        ana.post(desk + "/call", Map.of("call", "monitor"));
        assertThat(ana.get("/").body()).doesNotContain("Say what you expect");
        today("2027-03-24");
        ana = people.csm("Ana Reyes");
        assertThat(ana.get("/").body()).contains("Say what you expect", desk, "3 months");
    }

    @Test
    void aProgramReadsAndCalls() {
        Visitor crm = people.program("read", "write");
        String id = desk.substring("/renewals/".length());

        assertThat(crm.get("/api/v1/renewals?account=oslo").body())
                .contains("\"expected\":\"commit\"", "\"annual\":12000");
        assertThat(crm.json("PUT", "/api/v1/renewals/" + id + "/call", "{\"call\":\"risk\",\"reason\":\"Budget\"}")
                        .body())
                .contains("\"call\":\"risk\"", "\"disputed\":true");
        assertThat(crm.json("PUT", "/api/v1/renewals/" + id + "/call", "{\"call\":\"risk\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(crm.json("PUT", "/api/v1/renewals/" + id + "/call", "{\"call\":\"maybe\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(crm.json("PUT", "/api/v1/renewals/" + id + "/uplift", "{\"percent\":5}")
                        .body())
                .contains("\"proposed\":12600");
        assertThat(crm.json("PUT", "/api/v1/renewals/" + id + "/stage", "{\"stage\":\"value\"}")
                        .body())
                .contains("\"stage\":\"value\"");
        due.person(oslo, "Eva Lie", "finance");
        assertThat(crm.json(
                                "PUT",
                                "/api/v1/renewals/" + id + "/people/Eva%20Lie",
                                "{\"decides\":true,\"side\":\"finance\"}")
                        .body())
                .contains("\"decider\":\"Eva Lie\"");
        assertThat(crm.get("/api/v1/renewals?stage=nowhere").statusCode()).isEqualTo(400);
        assertThat(crm.get("/api/v1/renewals?limit=0").statusCode()).isEqualTo(400);
        assertThat(crm.get("/api/v1/renewals/" + java.util.UUID.randomUUID()).statusCode())
                .isEqualTo(404);
        assertThat(people.program("read")
                        .json("PUT", "/api/v1/renewals/" + id + "/stage", "{\"stage\":\"value\"}")
                        .statusCode())
                .isEqualTo(403);
    }

    private boolean missing() {
        return renewals.list(RenewalFilter.of("oslo").with(RenewalFilter.Only.CALL), "", 5, viewer())
                        .renewals()
                        .size()
                == 1;
    }

    private Forecast forecast() {
        return renewals.of(oslo).getFirst().forecast();
    }

    private io.perennial.identity.Viewer viewer() {
        return new io.perennial.identity.Viewer(ana.id(), "Ana Reyes", "", io.perennial.identity.Role.LEADER, true);
    }

    private void today(String day) {
        clock.moveTo(LocalDate.parse(day).atTime(8, 0).toInstant(ZoneOffset.UTC));
        // Their sessions are over by then.
        ana = people.csm("Ana Reyes");
        lin = people.leader();
    }
}
