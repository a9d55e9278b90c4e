package io.perennial.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.Signal;
import io.perennial.health.Signals;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.platform.records.Records;
import io.perennial.programs.Entitlements.Rule;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Harbor's term began on 1 June 2026: on 24 November 48 % of it have passed. */
@PerennialTest
class UnusedEntitlementTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final String CAUSE = "entitlement_unused";

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Autowired
    Catalogue catalogue;

    @Autowired
    Publishing publishing;

    @Autowired
    Entitlements entitlements;

    @Autowired
    Signals signals;

    @Autowired
    LiveScoring live;

    @Autowired
    MovableClock clock;

    @Autowired
    People people;

    Shelf shelf;
    AccountId harbor;

    @BeforeEach
    void harborBoughtHoursOfAnExpert() {
        Book book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight");
        shelf = new Shelf(catalogue, publishing, records);
        shelf.publish("Premier", Shelf.offer(Shelf.unit("expert-hours", 40, Rule.WARN)));
        shelf.contract("c-1", "harbor", "premier", "2026-06-01", "2028-06-01");
        book.line(harbor, "12000", "2026-06-01").agreedUntil("2028-06-01").add();
    }

    @Test
    void whoUsesNothingOfWhatItBoughtRaisesASignalWithTheNumbers() {
        drain();

        assertThat(standing()).singleElement().satisfies(signal -> {
            assertThat(signal.evidence()).isEqualTo("40 of 40 expert hours unused, 48 % of the term passed");
            assertThat(signal.remedy()).startsWith("Offer what is left with a date");
            assertThat(signal.money()).isEqualByComparingTo("144000");
        });
        assertThat(people.leader().get("/signals?cause=" + CAUSE).body())
                .contains("Part of the program paid for and not used", "40 of 40 expert hours unused");
    }

    @Test
    void theSignalClosesOnceTheCustomerIsNearThePaceAndNotBefore() {
        drain();
        draw("4", "w-1");
        assertThat(standing()).as("4 of 19 hours: 79 % behind").hasSize(1);
        draw("3", "w-2");
        assertThat(standing())
                .as("64 % behind: it stands, though it would not open now")
                .hasSize(1);
        draw("1", "w-3");
        assertThat(standing()).as("59 % behind").isEmpty();
    }

    @Test
    void aTermThatHasJustBegunSaysNothing() {
        clock.moveBy(Duration.ofDays(230));
        entitlements.balances(harbor, TODAY.plusDays(230));
        drain();
        assertThat(standing()).as("12 July 2027: 11 % of the second term").isEmpty();
    }

    @Test
    void aNewCustomerHasTimeToBegin() {
        AccountId tern = new Book(database).account("tern", "Tern");
        Offer offer = Shelf.offer(Shelf.unit("expert-hours", 10, Rule.WARN));
        shelf.publish("Starter", Shelf.quarterly(offer));
        shelf.contract("c-2", "tern", "starter", "2026-10-01", "2027-10-01");
        drain();

        assertThat(standing(tern)).as("54 of 92 days passed, a customer for 54").isEmpty();
    }

    private void draw(String hours, String key) {
        entitlements.draw(harbor, "expert-hours", new BigDecimal(hours), "Workshop", key, Actor.SYSTEM);
        drain();
    }

    /** What is drawn counts at once, in the same instant. */
    private void drain() {
        live.drain();
    }

    private List<Signal> standing() {
        return standing(harbor);
    }

    private List<Signal> standing(AccountId account) {
        return signals.open(Shelf.LEADER, Signals.Filter.NONE, 100).stream()
                .filter(signal ->
                        signal.account().equals(account) && signal.cause().equals(CAUSE))
                .toList();
    }
}
