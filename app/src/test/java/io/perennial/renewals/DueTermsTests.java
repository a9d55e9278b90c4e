package io.perennial.renewals;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is due, kept from contract lines and losses: late and corrected facts restate it, and nothing else does. */
@PerennialTest
class DueTermsTests {

    @Autowired
    JdbcClient database;

    @Autowired
    DueTerms terms;

    @Autowired
    Renewals renewals;

    @Autowired
    RenewalLog log;

    @Autowired
    MovableClock clock;

    DueBook due;

    @BeforeEach
    void aCompany() {
        due = new DueBook(database, terms);
    }

    @Test
    void aRenewalBeginsWithTheFirstDayOfItsTerm() {
        AccountId oslo = due.customer("oslo", "Oslo Ferry", "2027-11-01");
        due.kept();

        Renewal renewal = only(oslo);
        assertThat(renewal.dueOn()).isEqualTo("2027-11-01");
        assertThat(renewal.noticeOn()).isEqualTo("2027-09-02");
        assertThat(renewal.annual()).isEqualByComparingTo("12000");
        assertThat(renewal.proposed()).isEqualByComparingTo("12000");
        assertThat(renewal.outcome()).isEqualTo(Outcome.OPEN);
        assertThat(renewal.stage()).isEqualTo(Stage.BEGUN);
        assertThat(renewal.automatic()).isFalse();
    }

    @Test
    void theContractMayAskForEarlierNoticeButNotForLater() {
        AccountId oslo = due.book.account("oslo", "Oslo Ferry");
        UUID early = due.contract(oslo, "early", 90);
        UUID late = due.contract(oslo, "late", 30);
        due.book
                .line(oslo, "100", "2026-06-01")
                .until("2027-06-01")
                .under(early)
                .add();
        due.book
                .line(oslo, "200", "2026-06-01")
                .until("2027-06-01")
                .under(late)
                .renewsByItself(true)
                .add();
        due.kept();

        assertThat(renewals.of(oslo))
                .extracting(Renewal::annual, Renewal::noticeOn, Renewal::automatic)
                .usingComparatorForType(java.math.BigDecimal::compareTo, java.math.BigDecimal.class)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                new java.math.BigDecimal("1200"), LocalDate.parse("2027-03-03"), false),
                        org.assertj.core.groups.Tuple.tuple(
                                new java.math.BigDecimal("2400"), LocalDate.parse("2027-04-02"), true));
    }

    @Test
    void monthsAndOpenTermsAreNeverDue() {
        AccountId oslo = due.book.account("oslo", "Oslo Ferry");
        due.book.line(oslo, "100", "2026-11-01").until("2026-12-01").add();
        due.book.line(oslo, "100", "2026-11-01").add();
        due.book
                .line(oslo, "9000", "2026-01-01")
                .until("2027-01-01")
                .of("perpetual")
                .add();
        due.kept();

        assertThat(renewals.of(oslo)).isEmpty();
    }

    @Test
    void keepingAgainChangesNothing() {
        AccountId oslo = due.customer("oslo", "Oslo Ferry", "2027-11-01");
        due.customer("norda", "Norda Bank", "2026-10-01");
        due.book.line(oslo, "100", "2026-06-01").until("2027-06-01").in("USD").add();
        due.kept();
        List<String> before = due.rows();

        database.sql("insert into renewals.changed select id from accounts.account")
                .update();
        due.kept();

        assertThat(due.rows()).isEqualTo(before).hasSize(3);
    }

    @Test
    void aCorrectedEndMovesTheRenewalWithWhatWasSaidAboutIt() {
        AccountId oslo = due.customer("oslo", "Oslo Ferry", "2027-11-01");
        due.kept();
        UUID known = only(oslo).id();

        database.sql("update contracts.contract_line set ends_on = '2027-12-15', amount = 15000")
                .update();
        due.kept();

        assertThat(only(oslo).id()).isEqualTo(known);
        assertThat(only(oslo).dueOn()).isEqualTo("2027-12-15");
        assertThat(only(oslo).annual()).isEqualByComparingTo("15000");
    }

    @Test
    void aTermOfAnotherYearIsAnotherRenewal() {
        AccountId oslo = due.customer("oslo", "Oslo Ferry", "2027-11-01");
        due.kept();
        UUID known = only(oslo).id();

        database.sql("update contracts.contract_line set ends_on = '2028-11-01'")
                .update();
        due.kept();

        assertThat(only(oslo).id()).isNotEqualTo(known);
    }

    @Test
    void whatNoContractSaysAnyMoreIsGoneUnlessSomebodyWorkedOnIt() {
        AccountId oslo = due.customer("oslo", "Oslo Ferry", "2027-11-01");
        AccountId norda = due.customer("norda", "Norda Bank", "2027-11-01");
        due.kept();
        log.write(only(norda).id(), "talked to them", RenewalWork.machine(), null);

        database.sql("update contracts.contract_line set ends_on = null").update();
        due.kept();
        assertThat(renewals.of(oslo)).isEmpty();
        assertThat(only(norda).outcome()).isEqualTo(Outcome.WITHDRAWN);

        database.sql("update contracts.contract_line set ends_on = '2027-11-01'")
                .update();
        due.kept();
        assertThat(only(norda).outcome()).isEqualTo(Outcome.OPEN);
    }

    @Test
    void aTermLapsesAndIsLostWhenNothingFollowsInTheGrace() {
        AccountId oslo = due.customer("oslo", "Oslo Ferry", "2026-12-01");
        due.kept();

        today("2026-12-01");
        due.kept();
        assertThat(only(oslo).outcome()).isEqualTo(Outcome.LAPSED);

        today("2027-02-28");
        due.kept();
        assertThat(only(oslo).outcome()).isEqualTo(Outcome.LAPSED);

        today("2027-03-01");
        due.kept();
        assertThat(only(oslo).outcome()).isEqualTo(Outcome.LOST);
    }

    @Test
    void aLineThatComesLateRenewsTheTermBeforeIt() {
        AccountId oslo = due.customer("oslo", "Oslo Ferry", "2026-12-01");
        today("2026-12-20");
        due.kept();
        assertThat(only(oslo).outcome()).isEqualTo(Outcome.LAPSED);

        due.book
                .line(oslo, "13000", "2026-12-15")
                .until("2027-12-15")
                .per("year")
                .add();
        due.kept();

        assertThat(renewals.of(oslo))
                .extracting(Renewal::dueOn, Renewal::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(LocalDate.parse("2027-12-15"), Outcome.OPEN),
                        org.assertj.core.groups.Tuple.tuple(LocalDate.parse("2026-12-01"), Outcome.RENEWED));
        assertThat(renewals.of(oslo).getLast().renewedOn()).isEqualTo("2026-12-15");
    }

    @Test
    void whoGivesNoticeIsLostBeforeTheTermEnds() {
        AccountId oslo = due.customer("oslo", "Oslo Ferry", "2027-01-15");
        due.cancels(oslo, "2026-11-20", "2027-01-15");
        AccountId norda = due.customer("norda", "Norda Bank", "2027-01-15");
        due.cancels(norda, "2026-12-20", "2027-01-15");
        due.kept();
        assertThat(only(oslo).outcome()).isEqualTo(Outcome.LOST);
        assertThat(only(norda).outcome()).isEqualTo(Outcome.OPEN);

        today("2026-12-20");
        due.kept();
        assertThat(only(norda).outcome()).isEqualTo(Outcome.LOST);
    }

    @Test
    void theUpliftOfEachLineIsInWhatIsProposed() {
        AccountId tokyo = due.book.account("tokyo", "Tokyo Rail");
        UUID contract = due.contract(tokyo, "c", null);
        due.book
                .line(tokyo, "1000", "2026-06-01")
                .until("2027-06-01")
                .per("year")
                .in("JPY")
                .under(contract)
                .add();
        due.book
                .line(tokyo, "333", "2026-06-01")
                .until("2027-06-01")
                .per("year")
                .in("JPY")
                .under(contract)
                .product("Reports")
                .add();
        database.sql("update contracts.contract_line set uplift = 0.05 where product = 'Planner'")
                .update();
        due.kept();

        assertThat(only(tokyo).annual()).isEqualByComparingTo("1333");
        assertThat(only(tokyo).proposed()).isEqualByComparingTo("1383");
        assertThat(only(tokyo).title()).isEqualTo("Planner and 1 more");

        database.sql("update contracts.contract_line set uplift = 0.0333").update();
        due.kept();
        assertThat(only(tokyo).proposed()).isEqualByComparingTo("1377");
    }

    /** Forty seats until March, twenty-five from then on: what is due in December is what runs until then. */
    @Test
    void whatWasGivenUpMeanwhileIsNotDueAgain() {
        AccountId oslo = due.book.account("oslo", "Oslo Ferry");
        UUID contract = due.contract(oslo, "c", null);
        due.book
                .line(oslo, "12600", "2026-12-20")
                .until("2027-03-01")
                .agreedUntil("2027-12-20")
                .per("year")
                .under(contract)
                .add();
        due.book
                .line(oslo, "8000", "2027-03-01")
                .until("2027-12-20")
                .per("year")
                .under(contract)
                .add();
        due.kept();

        assertThat(only(oslo).annual()).isEqualByComparingTo("8000");
        assertThat(only(oslo).startsOn()).isEqualTo("2026-12-20");
        assertThat(dueAmounts()).containsExactly("2027-12-20 8000 pending");
    }

    /** Gone in July of a term until December, back in November: that is another customer's life, no renewal. */
    @Test
    void whoIsWonBackHasNotRenewed() {
        AccountId oslo = due.book.account("oslo", "Oslo Ferry");
        due.book
                .line(oslo, "8000", "2025-12-20")
                .until("2026-07-01")
                .agreedUntil("2026-12-20")
                .per("year")
                .add();
        due.cancels(oslo, "2026-05-16", "2026-07-01");
        due.book
                .line(oslo, "7200", "2026-11-01")
                .until("2027-11-01")
                .per("year")
                .add();
        due.kept();

        assertThat(renewals.of(oslo))
                .extracting(Renewal::dueOn, Renewal::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(LocalDate.parse("2027-11-01"), Outcome.OPEN),
                        org.assertj.core.groups.Tuple.tuple(LocalDate.parse("2026-12-20"), Outcome.LOST));
        assertThat(dueAmounts()).containsExactly("2026-12-20 8000 lost", "2027-11-01 7200 pending");
    }

    /** Nobody writes a line for each year: the next term is there on the day on which the last one ends. */
    @Test
    void aTermThatBeginsByItselfIsOnTheListFromItsFirstDay() {
        AccountId oslo = due.book.account("oslo", "Oslo Ferry");
        UUID contract = due.contract(oslo, "c", 90);
        due.book
                .line(oslo, "1000", "2025-12-01")
                .until("2026-12-01")
                .per("year")
                .under(contract)
                .renewsByItself(true)
                .dearerAtRenewal("0.05")
                .add();
        due.kept();
        assertThat(dues(oslo)).containsExactly("2026-12-01 open 1000 to 1050");

        today("2026-12-01");
        due.kept();
        assertThat(dues(oslo)).containsExactly("2027-12-01 open 1050 to 1102.5", "2026-12-01 renewed 1000 to 1050");
        assertThat(renewals.of(oslo).getFirst().automatic()).isTrue();
        assertThat(renewals.of(oslo).getFirst().noticeOn()).isEqualTo("2027-09-02");
        assertThat(dueAmounts()).containsExactly("2026-12-01 1000 renewed", "2027-12-01 1050 pending");
        UUID next = renewals.of(oslo).getFirst().id();

        due.cancels(oslo, "2027-05-01", "2027-12-01");
        today("2027-05-01");
        due.kept();
        assertThat(dues(oslo)).first().isEqualTo("2027-12-01 lost 1050 to 1102.5");
        assertThat(renewals.of(oslo).getFirst().id()).isEqualTo(next);
    }

    @Test
    void aTermOfAnAccountThatBecamePartOfAnotherIsTheOthers() {
        AccountId oslo = due.customer("oslo", "Oslo Ferry", "2027-11-01");
        AccountId norda = due.customer("norda", "Norda Bank", "2027-10-01");
        due.kept();
        UUID known = only(norda).id();
        database.sql("""
                insert into contracts.account_merger (id, external_id, account_id, into_id, merged_on, created_at, updated_at)
                values (gen_random_uuid(), 'm', :norda, :oslo, '2026-11-01', now(), now())
                """)
                .param("norda", norda.value())
                .param("oslo", oslo.value())
                .update();
        due.kept();

        assertThat(renewals.of(norda)).isEmpty();
        assertThat(renewals.of(oslo)).extracting(Renewal::id).contains(known).hasSize(2);
        database.sql("delete from contracts.account_merger").update();
        due.kept();
        assertThat(only(norda).id()).isEqualTo(known);
    }

    /** Notice of everything on a day long before the end: nothing is left to renew, whether lines were cut or not. */
    @Test
    void aCancellationOfEverythingWithinATermClosesItsRenewal() {
        AccountId oslo = due.customer("oslo", "Oslo Ferry", "2027-09-01");
        AccountId stays = due.customer("stays", "Stays Longer", "2027-09-01");
        due.cancels(oslo, "2026-11-20", "2027-01-01");
        due.cancels(stays, "2026-05-20", "2026-08-01");
        due.kept();

        assertThat(only(oslo).outcome()).isEqualTo(Outcome.LOST);
        assertThat(only(stays).outcome()).as("that was of the term before").isEqualTo(Outcome.OPEN);
    }

    /** Given notice, gone, and back within the grace: a late renewal, in the list and in the ledger. */
    @Test
    void whoGaveNoticeAndComesBackWithinTheGraceHasRenewedLate() {
        AccountId oslo = due.customer("oslo", "Oslo Ferry", "2026-09-01");
        due.cancels(oslo, "2026-08-01", "2026-09-01");
        due.kept();
        assertThat(only(oslo).outcome()).isEqualTo(Outcome.LOST);
        assertThat(moved("2026-08-15", "2026-10-15")).containsExactly("churn 12000 0");

        due.book
                .line(oslo, "12000", "2026-11-01")
                .until("2027-11-01")
                .per("year")
                .add();
        due.kept();
        assertThat(dues(oslo)).containsExactly("2027-11-01 open 12000 to 12000", "2026-09-01 renewed 12000 to 12000");
        assertThat(moved("2026-08-15", "2026-10-15")).containsExactly("same 12000 12000");
        assertThat(moved("2026-10-15", "2026-11-15")).containsExactly("same 12000 12000");
    }

    private List<String> moved(String from, String until) {
        return database.sql("""
                select movement || ' ' || trim_scale(started) || ' ' || trim_scale(ended)
                from contracts.revenue_movements(cast(:from as date), cast(:until as date), :today, true)
                """)
                .param("from", from)
                .param("until", until)
                .param("today", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query((row, number) -> row.getString(1))
                .list();
    }

    private List<String> dues(AccountId account) {
        return renewals.of(account).stream()
                .map(one -> one.dueOn() + " " + one.outcome().key() + " "
                        + one.annual().stripTrailingZeros().toPlainString() + " to "
                        + one.proposed().stripTrailingZeros().toPlainString())
                .toList();
    }

    /** As the renewal rate reads it: the list and the rate tell one story. */
    private List<String> dueAmounts() {
        return database.sql("""
                select due_on || ' ' || trim_scale(annual) || ' ' || outcome
                from contracts.renewals('2020-01-01', '2040-01-01', :today) order by due_on
                """)
                .param("today", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query((row, number) -> row.getString(1))
                .list();
    }

    private Renewal only(AccountId account) {
        List<Renewal> all = renewals.of(account);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private void today(String day) {
        clock.moveTo(LocalDate.parse(day).atTime(8, 0).toInstant(ZoneOffset.UTC));
    }
}
