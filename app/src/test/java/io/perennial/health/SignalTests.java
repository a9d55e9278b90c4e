package io.perennial.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.health.scoring.LiveScoring;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;

@PerennialTest
class SignalTests {

    private static final LocalDate NEXT_WEEK = LocalDate.parse("2026-12-01");

    @Autowired
    Records records;

    @Autowired
    LiveScoring live;

    @Autowired
    Signals signals;

    @Autowired
    SignalUndo undo;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient database;

    private Facts facts;
    private AccountId oslo;
    private Viewer ana;

    @BeforeEach
    void osloFerryLosesItsChampion() {
        facts = new Facts(records);
        ana = viewer("Ana Reyes", Role.CSM);
        oslo = facts.account("oslo", "Oslo Ferry", "Mid-market");
        facts.line("oslo-1", "oslo", "140000", 100, "2025-03-01", "2027-09-01");
        facts.contact("jon", "oslo", "champion");
        facts.contactLeft("jon", "oslo", "2026-11-20");
        live.drain();
    }

    @Test
    void aDepartedContactOpensOneSignalWithEvidenceMoneyAndRemedy() {
        assertThat(standing()).singleElement().satisfies(signal -> {
            assertThat(signal.cause()).isEqualTo("contact_left");
            assertThat(signal.evidence()).contains("jon");
            assertThat(signal.money()).isEqualByComparingTo("140000");
            assertThat(signal.currency()).isEqualTo("EUR");
            assertThat(signal.remedy()).startsWith("Map the contacts anew");
        });
    }

    @Test
    void theSameCauseNeverOpensASecondSignal() {
        facts.contact("eva", "oslo", "decision_maker");
        facts.contactLeft("eva", "oslo", "2026-11-21");
        live.drain();
        live.drain();

        assertThat(standing()).hasSize(1);
        assertThat(database.sql("select count(*) from health.signal")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void theSignalClosesItselfWhenTheCauseGoesAndReopensAsANewEpisode() {
        clock.moveBy(Duration.ofDays(100));
        live.drain();
        assertThat(standing()).noneMatch(signal -> signal.cause().equals("contact_left"));

        facts.contact("eva", "oslo", "decision_maker");
        facts.contactLeft("eva", "oslo", "2027-03-03");
        live.drain();
        assertThat(standing().stream().filter(signal -> signal.cause().equals("contact_left")))
                .singleElement()
                .satisfies(signal -> assertThat(signal.episode()).isEqualTo(2));
    }

    @Test
    void aSnoozedSignalIsOutOfSightUntilItsDay() {
        signals.snooze(only().id(), NEXT_WEEK, "Jon's successor starts next week", ana);
        live.drain();
        assertThat(standing()).isEmpty();
        assertThat(signals.snoozed(ana)).hasSize(1);

        clock.moveTo(NEXT_WEEK.atStartOfDay(ZoneOffset.UTC).toInstant());
        live.drain();
        assertThat(only().state()).isEqualTo("open");
    }

    @Test
    void aFinishedSignalStaysFinishedWhileItsCauseStands() {
        signals.done(only().id(), "Met Eva, she takes over", ana);
        facts.call("call-1", "oslo", "2026-11-24T08:00:00Z");
        live.drain();

        assertThat(standing()).isEmpty();
        assertThat(signals.of(oslo, 10)).singleElement().satisfies(signal -> {
            assertThat(signal.state()).isEqualTo("done");
            assertThat(signal.outcome()).isEqualTo("Met Eva, she takes over");
            assertThat(signal.closedBy()).isEqualTo("Ana Reyes");
        });
    }

    @Test
    void everyCommandCanBeUndone() {
        Signal before = only();
        signals.acknowledge(before.id(), ana);
        signals.done(before.id(), "Called", ana);

        assertThat(undo.undo(lastChange(), ana.actor()).restored()).isEqualTo(1);
        assertThat(only().state()).isEqualTo("acknowledged");
    }

    @Test
    void anUndoLeavesASignalAloneThatWasChangedAgainSince() {
        signals.acknowledge(only().id(), ana);
        List<ChangedThing> acknowledged = lastChange();
        signals.snooze(only().id(), NEXT_WEEK, "On holiday", ana);

        var result = undo.undo(acknowledged, ana.actor());
        assertThat(result.restored()).isZero();
        assertThat(result.leftAlone()).hasSize(1);
    }

    @Test
    void whoOnlyLooksCannotWorkOnASignal() {
        UUID id = only().id();
        Viewer rita = viewer("Rita Reader", Role.READ_ONLY);
        assertThatThrownBy(() -> signals.acknowledge(id, rita)).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void aSignalOutsideThePortfolioDoesNotExistForTheViewer() {
        UUID id = only().id();
        Viewer own = new Viewer(UUID.randomUUID(), "Ben Cole", "ben@perennial.example", Role.CSM, false);
        assertThat(signals.open(own, Signals.Filter.NONE, 10)).isEmpty();
        assertThatThrownBy(() -> signals.acknowledge(id, own)).isInstanceOf(SignalNotFound.class);
    }

    @Test
    void everyRuleSaysWhyItDidOrDidNotFire() {
        var rules = signals.why(oslo);
        assertThat(rules).extracting(rule -> rule.cause()).contains("falling_usage", "contact_left", "detractor");
        assertThat(rules)
                .filteredOn(rule -> rule.cause().equals("contact_left"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.words()).startsWith("It stands"));
        assertThat(rules)
                .filteredOn(rule -> rule.cause().equals("falling_usage"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.checks())
                        .anyMatch(check -> check.found().equals("not connected")));
    }

    @Test
    void aRenewalInSightWithoutADecisionMakerIsASignal() {
        facts.put("contract-lines", "oslo-1", Map.of("ends_on", "2027-01-10"));
        live.drain();
        assertThat(standing())
                .filteredOn(signal -> signal.cause().equals("renewal_unprepared"))
                .singleElement()
                .satisfies(signal -> assertThat(signal.evidence()).contains("no decision maker known"));
    }

    /** Nobody has said that they leave: the late renewal is what somebody must act on, and nothing else is forgotten meanwhile. */
    @Test
    void aCustomerWhoseTermIsOverStaysOneUntilTheGraceEnds() {
        Signal before = only();
        facts.put("contract-lines", "oslo-1", Map.of("ends_on", "2026-11-10"));
        live.drain();

        assertThat(standing()).extracting(Signal::cause).containsExactlyInAnyOrder("contact_left", "renewal_overdue");
        assertThat(standing())
                .filteredOn(signal -> signal.cause().equals("renewal_overdue"))
                .singleElement()
                .satisfies(signal -> {
                    assertThat(signal.evidence())
                            .isEqualTo("the last term ended on 2026-11-10, 14 days ago, and nothing follows it");
                    assertThat(signal.urgency().title()).isEqualTo("Now");
                    assertThat(signal.money()).isEqualByComparingTo(before.money());
                });

        clock.moveTo(LocalDate.parse("2027-02-07").atTime(8, 0).toInstant(ZoneOffset.UTC));
        live.drain();
        assertThat(standing()).extracting(Signal::cause).contains("renewal_overdue");
        clock.moveTo(LocalDate.parse("2027-02-08").atTime(8, 0).toInstant(ZoneOffset.UTC));
        live.drain();
        assertThat(standing()).as("ninety days later it counts as lost").isEmpty();
    }

    /** Lines of a month come one after the other, and nobody renews them: a month is waited for the next. */
    @Test
    void aMonthThatIsNotOnRecordYetIsNotLate() {
        facts.put("contract-lines", "oslo-1", Map.of("starts_on", "2026-10-15", "ends_on", "2026-11-15"));
        live.drain();
        assertThat(standing()).extracting(Signal::cause).containsExactly("contact_left");

        clock.moveTo(LocalDate.parse("2026-12-17").atTime(8, 0).toInstant(ZoneOffset.UTC));
        live.drain();
        assertThat(standing()).extracting(Signal::cause).contains("renewal_overdue");
    }

    @Test
    void whoGaveNoticeIsNotCalledAboutALateRenewal() {
        facts.put("contract-lines", "oslo-1", Map.of("ends_on", "2026-11-10"));
        facts.put(
                "cancellations",
                "oslo-gone",
                Map.of("account", "oslo", "cancelled_on", "2026-05-02", "reason", "cost"));
        live.drain();

        assertThat(standing()).isEmpty();
    }

    /** Only its lines end by the cancellation; what the contract says of its own end starts no alarm. */
    @Test
    void aContractOfWhichAllLinesEndedHasEnded() {
        facts.put("contracts", "first", Map.of("account", "oslo", "starts_on", "2026-01-01", "ends_on", "2027-01-01"));
        facts.put(
                "contract-lines",
                "oslo-old",
                Map.of(
                        "account",
                        "oslo",
                        "contract",
                        "first",
                        "product",
                        "Reports",
                        "amount",
                        "500",
                        "currency",
                        "EUR",
                        "starts_on",
                        "2026-01-01",
                        "ends_on",
                        "2026-06-01",
                        "scheduled_ends_on",
                        "2027-01-01"));
        live.drain();

        assertThat(standing()).extracting(Signal::cause).containsExactly("contact_left");
    }

    private Signal only() {
        return standing().getFirst();
    }

    private List<Signal> standing() {
        return signals.open(ana, Signals.Filter.NONE, 10);
    }

    private List<ChangedThing> lastChange() {
        return database.sql("""
                        select t.thing_type, t.thing_id, t.before::text as before, t.after::text as after from platform.change_row t join platform.change c on c.id = t.change_id
                        where c.kind = 'signal' order by c.id desc limit 1
                        """)
                .query((row, number) -> new ChangedThing(
                        row.getString("thing_type"),
                        row.getString("thing_id"),
                        oslo,
                        row.getString("before"),
                        row.getString("after")))
                .list();
    }

    private static Viewer viewer(String name, Role role) {
        return new Viewer(UUID.randomUUID(), name, "someone@perennial.example", role, true);
    }
}
