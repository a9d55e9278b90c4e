package io.perennial.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.list.AccountList;
import io.perennial.accounts.list.AccountRow;
import io.perennial.accounts.list.ListColumn;
import io.perennial.accounts.list.ListSummary;
import io.perennial.accounts.list.ListView;
import io.perennial.health.model.Band;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.health.scoring.RecomputeJob;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A customer who has left is not at risk any more; somebody who never was one has not left. */
@PerennialTest
class DepartedCustomersTests {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-24");

    @Autowired
    Records records;

    @Autowired
    LiveScoring live;

    @Autowired
    RecomputeJob full;

    @Autowired
    Health health;

    @Autowired
    Signals signals;

    @Autowired
    AccountList list;

    @Autowired
    People people;

    @Autowired
    MovableClock clock;

    private Facts facts;
    private AccountId oslo;
    private Viewer leader;

    @BeforeEach
    void osloFerryIsAtRiskAndItsContractEndsThisMonth() {
        facts = new Facts(records);
        leader = new Viewer(people.leader().id(), "Lin Wei", "lin.wei@perennial.example", Role.LEADER, true);
        oslo = facts.account("oslo", "Oslo Ferry", "Mid-market");
        facts.line("oslo-1", "oslo", "140000", 100, "2025-12-01", "2026-12-01");
        facts.contact("jon", "oslo", "champion");
        facts.contactLeft("jon", "oslo", "2026-11-20");
        facts.answer("nps", "oslo", 0, "2026-11-20T10:00:00Z");
        live.drain();
    }

    @Test
    void whoCancelledStaysACustomerUntilTheContractEnds() {
        cancelled("2026-11-01", "2026-12-01");

        assertThat(band()).isEqualTo(Band.AT_RISK);
        assertThat(row().date(ListColumn.LEFT_ON)).isNull();

        clock.moveBy(Duration.ofDays(7));
        live.drain();
        assertThat(band()).isEqualTo(Band.LEFT);
        assertThat(row().date(ListColumn.LEFT_ON)).isEqualTo("2026-12-01");
    }

    @Test
    void whoLeftIsOutOfEveryCountOfWhatIsAtRisk() {
        leave();

        assertThat(health.bands(leader)).singleElement().satisfies(count -> {
            assertThat(count.band()).isEqualTo(Band.LEFT);
            assertThat(count.accounts()).isEqualTo(1);
        });
        ListSummary all = summary();
        assertThat(all.byBand()).isEqualTo(Map.of("LEFT", 1L));
        assertThat(all.atRisk()).isEmpty();
        assertThat(summary("band:is:AT_RISK").accounts()).isZero();
        assertThat(summary("left_on:filled").accounts()).isEqualTo(1);
        assertThat(summary("band:not:LEFT").accounts()).isZero();
        assertThat(row().value(ListColumn.SCORE)).isNull();
        assertThat(row().value(ListColumn.MONEY_AT_RISK)).isNull();
    }

    @Test
    void theMatrixShowsWhereTheLossCameFrom() {
        clock.moveBy(Duration.ofDays(20));
        cancelled("2026-11-24", "2026-12-01");

        LocalDate today = TODAY.plusDays(20);
        assertThat(health.movement(leader, TODAY, today)).singleElement().satisfies(moved -> {
            assertThat(moved.from()).isEqualTo(Band.AT_RISK);
            assertThat(moved.to()).isEqualTo(Band.LEFT);
        });
        assertThat(health.moved(leader, TODAY, today, Band.AT_RISK, Band.LEFT)).hasSize(1);
    }

    @Test
    void theWeeksBeforeTheLossKeepTheirCustomer() {
        clock.moveBy(Duration.ofDays(14));
        cancelled("2026-11-24", "2026-12-01");

        List<BandWeek> weeks = health.distribution(leader);

        assertThat(weeks.getLast()).isEqualTo(new BandWeek(LocalDate.parse("2026-12-07"), 0, 0, 0, 0));
        assertThat(weeks.get(weeks.size() - 3)).isEqualTo(new BandWeek(LocalDate.parse("2026-11-23"), 0, 0, 1, 0));
    }

    @Test
    void signalsAboutWhoLeftCloseAndSayWhyAndNoneOpens() {
        assertThat(signals.of(oslo, 10)).isNotEmpty().allMatch(Signal::active);

        leave();

        assertThat(signals.of(oslo, 10))
                .noneMatch(Signal::active)
                .allSatisfy(signal -> assertThat(signal.closedBecause()).isEqualTo("The customer left."));
        facts.contact("eva", "oslo", "decision_maker");
        facts.contactLeft("eva", "oslo", "2026-12-01");
        live.drain();
        assertThat(signals.of(oslo, 10)).noneMatch(Signal::active);
    }

    @Test
    void whoComesBackIsACustomerAgain() {
        leave();

        facts.line("oslo-2", "oslo", "90000", 50, "2027-01-01", "2028-01-01");
        live.drain();

        assertThat(band()).isNotEqualTo(Band.LEFT);
        assertThat(row().date(ListColumn.LEFT_ON)).isNull();
    }

    @Test
    void aLossTakenBackIsNone() {
        leave();

        facts.put("cancellations", "oslo-lost", Map.of("account", "oslo", "reactivated", "true"));
        live.drain();

        assertThat(band()).isNotEqualTo(Band.LEFT);
    }

    @Test
    void anOldLossSaysNothingAboutALineThatEndedSince() {
        AccountId rhine = facts.account("rhine", "Rhine Tools", "SMB");
        facts.line("rhine-1", "rhine", "9000", 5, "2023-01-01", "2024-01-01");
        facts.put(
                "cancellations",
                "rhine-lost",
                Map.of("account", "rhine", "cancelled_on", "2023-12-01", "effective_on", "2024-01-01"));
        facts.line("rhine-2", "rhine", "9000", 5, "2025-01-01", "2026-01-01");
        live.drain();

        assertThat(health.of(rhine).orElseThrow().band()).isNotEqualTo(Band.LEFT);
    }

    @Test
    void aContractWithoutLinesKeepsItsCustomerAndOneThatEndedDoesNot() {
        AccountId kiva = facts.account("kiva", "Kiva", "SMB");
        facts.put(
                "contracts",
                "kiva-1",
                Map.of("account", "kiva", "name", "Plan", "starts_on", "2025-01-01", "ends_on", "2027-01-01"));
        facts.put("cancellations", "kiva-lost", Map.of("account", "kiva", "cancelled_on", "2026-10-01"));
        live.drain();
        assertThat(health.of(kiva).orElseThrow().band()).isNotEqualTo(Band.LEFT);

        facts.put("contracts", "kiva-1", Map.of("account", "kiva", "ends_on", "2026-11-01"));
        live.drain();
        assertThat(health.of(kiva).orElseThrow().band()).isEqualTo(Band.LEFT);
    }

    @Test
    void aProspectWhoNeverBoughtHasNotLeft() {
        AccountId prospect = facts.account("new", "New Horizons", "SMB");
        live.drain();

        assertThat(health.of(prospect).orElseThrow().band()).isEqualTo(Band.UNKNOWN);
    }

    @Test
    void aRecomputeAndAPastDaySeeTheSame() {
        leave();

        full.all();
        assertThat(band()).isEqualTo(Band.LEFT);
        assertThat(health.asOf(oslo, MovableClock.START).orElseThrow().band()).isEqualTo(Band.AT_RISK);
        assertThat(health.asOf(oslo, clock.instant()).orElseThrow().band()).isEqualTo(Band.LEFT);

        facts.line("oslo-2", "oslo", "90000", 50, "2027-01-01", "2028-01-01");
        assertThat(health.asOf(oslo, clock.instant().minus(Duration.ofDays(1)))
                        .orElseThrow()
                        .band())
                .as("nobody knew of the new contract the day before")
                .isEqualTo(Band.LEFT);
    }

    @Test
    void pagesSayThatTheCustomerLeftAndWhen() {
        leave();
        Visitor reader = people.leader();

        var header = Jsoup.parse(reader.get("/accounts/" + oslo).body()).select("#account-header");
        assertThat(header.text()).contains("Left", "Left on 1 Dec 2026").doesNotContain("At risk", "Renews");
        assertThat(Jsoup.parse(reader.get("/health").body()).select(".stats").text())
                .contains("Left 1", "At risk 0");
        assertThat(Jsoup.parse(reader.get("/accounts").body())
                        .select("[data-row], tbody tr")
                        .text())
                .contains("Oslo Ferry", "Left")
                .doesNotContain("At risk");
        assertThat(people.program("read").get("/api/v1/accounts/oslo/health").body())
                .contains("\"band\":\"left\"", "\"score\":null");
    }

    private void leave() {
        clock.moveBy(Duration.ofDays(10));
        cancelled("2026-11-01", "2026-12-01");
    }

    private void cancelled(String on, String effective) {
        facts.put(
                "cancellations",
                "oslo-lost",
                Map.of("account", "oslo", "cancelled_on", on, "effective_on", effective, "reason", "budget"));
        live.drain();
    }

    private Band band() {
        return health.of(oslo).orElseThrow().band();
    }

    private AccountRow row() {
        return Objects.requireNonNull(list.one(oslo.value(), leader));
    }

    private ListSummary summary(String... filters) {
        return list.summary(ListView.parse(null, List.of(filters), null, null, null), leader);
    }
}
