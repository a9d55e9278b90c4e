package io.perennial.scenarios;

import io.perennial.mail.MailStory;
import io.perennial.platform.background.Loop;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Two years of one customer, from the 24th of November 2026 to the same day of 2028: sale, attach, onboarding, uplift, late renewal,
 * downgrade, cancellation, win-back. After each chapter the diary says everything that is new; what it does not say did not happen.
 */
@PerennialTest
class TwoYearsTests extends MailStory {

    @Autowired
    People people;

    @Autowired
    List<Loop> loops;

    private final SoftAssertions told = new SoftAssertions();
    private Harbor harbor;

    @BeforeEach
    void theHouseSellsPremier() {
        readers.take(letter -> false);
        harbor = new Harbor(people, database, clock, loops, told);
        harbor.theHouseSells("Premier", "reviews", 4);
        harbor.nothingElseHappened();
    }

    @Test
    void fromTheSaleToTheWinBack() {
        chapter(this::soldWithService);
        chapter(this::handedOver);
        chapter(this::begun);
        chapter(this::usedAndReviewed);
        chapter(this::calledAtSixMonths);
        chapter(this::calledAtThreeMonths);
        chapter(this::noticeTellsTheUplift);
        chapter(this::answersComeBack);
        chapter(this::dueAndNothingFollows);
        chapter(this::renewedLate);
        chapter(this::downgraded);
        chapter(this::noticeOfCancellation);
        chapter(this::gone);
        chapter(this::wonBack);
        chapter(this::twoYearsLater);
        told.assertAll();
    }

    /** One that goes wrong does not hide what is wrong with the others. */
    private void chapter(ThrowingCallable chapter) {
        told.assertThatCode(chapter).doesNotThrowAnyException();
    }

    private void soldWithService() {
        harbor.brings("accounts/harbor", """
                {"name": "Harbor Freight", "segment": "SMB", "owner": "ana.reyes", "language": "en"}""");
        harbor.brings("contacts/eva", """
                {"account": "harbor", "name": "Eva Lie", "email": "eva.lie@harbor.example", "title": "Head of Operations",
                 "roles": "decision_maker"}""");
        harbor.brings("contacts/ola", """
                {"account": "harbor", "name": "Ola Berg", "email": "ola.berg@harbor.example", "title": "Controller",
                 "roles": "finance", "language": "de"}""");
        harbor.brings("contacts/jon", """
                {"account": "harbor", "name": "Jon Dahl", "email": "jon.dahl@harbor.example", "title": "Administrator",
                 "roles": "technical", "language": "fr"}""");
        harbor.brings("contracts/first", """
                {"account": "harbor", "program": "Premier", "signed_on": "2026-11-24", "starts_on": "2026-12-01",
                 "ends_on": "2027-12-01", "currency": "EUR", "channel": "direct", "geography": "EMEA"}""");
        harbor.brings("contract-lines/first-planner", """
                {"account": "harbor", "contract": "first", "product": "Fleet Planner", "kind": "subscription", "seats": 40,
                 "amount": 12000, "period": "year", "currency": "EUR", "starts_on": "2026-12-01", "ends_on": "2027-12-01",
                 "uplift": 0.05}""");
        harbor.brings("contract-lines/first-support", """
                {"account": "harbor", "contract": "first", "product": "Premier support", "kind": "service", "amount": 2400,
                 "period": "year", "currency": "EUR", "starts_on": "2026-12-01", "ends_on": "2027-12-01"}""");
        harbor.brings("service-offers/premier", """
                {"account": "harbor", "contract": "first", "service": "Premier support", "product": "Fleet Planner",
                 "offered_on": "2026-11-20", "outcome": "attached", "decided_on": "2026-11-24", "list_amount": 3000,
                 "amount": 2400, "currency": "EUR"}""");

        harbor.happened("renewal of 2027-12-01: open, 14400 to 15000 EUR, begun");
        told.assertThat(harbor.arr()).isEqualTo("no value");
    }

    private void handedOver() {
        harbor.on("2026-11-25");
        harbor.asAna("/accounts/{harbor}/hand-off/confirmation", Map.of());
        harbor.asAna("/accounts/{harbor}/hand-off/completion", Map.of());

        told.assertThat(harbor.page("/accounts/{harbor}/hand-off")).contains("Handed over by Ana Reyes");
        harbor.nothingElseHappened();
    }

    private void begun() {
        harbor.on("2026-12-01");
        told.assertThat(harbor.arr()).isEqualTo("14400");
        told.assertThat(harbor.figure("attach_rate", "2026-11-20", "value")).isEqualTo("80");
        told.assertThat(harbor.figure("attach_rate", "2026-12-01", "offers")).isEqualTo("no value");
        told.assertThat(harbor.figure("attach_rate", "2026-11-20", "offers")).isEqualTo("100");
        told.assertThat(harbor.figure("nrr", "2026-12-01")).isEqualTo("no value");

        harbor.confirms("2027-12-01", "eva", "business", true);
        harbor.confirms("2027-12-01", "ola", "finance", false);
        harbor.confirms("2027-12-01", "jon", "technical", false);

        harbor.happened("renewal of 2027-12-01: open, 14400 to 15000 EUR, confirmed", "units granted: 4 reviews");
    }

    private void usedAndReviewed() {
        harbor.on("2026-12-08");
        harbor.talked("meeting", "Kick-off");
        harbor.on("2026-12-14");
        harbor.used("2026-12-10", 30);
        harbor.used("2026-12-11", 32);
        harbor.happened("talk: meeting, Kick-off");
        told.assertThat(harbor.page("/accounts/{harbor}?tab=contracts")).contains("4");

        harbor.on("2027-03-02");
        harbor.happened("signal soon: entitlement_unused");
        harbor.talked("meeting", "First review");
        harbor.draws("reviews", 1);
        harbor.happened(
                "signal over: entitlement_unused",
                "talk: meeting, First review",
                "units reserved: 1 reviews",
                "units consumed: 1 reviews");
    }

    private void calledAtSixMonths() {
        harbor.on("2027-05-31");
        told.assertThat(harbor.page("/renewals?only=call&window=all")).contains("Nothing of that kind");
        harbor.on("2027-06-01");
        told.assertThat(harbor.page("/renewals?only=call&window=all")).contains("Harbor Freight");
        harbor.talked("call", "Half-year");
        harbor.asAna(harbor.desk("2027-12-01") + "/call", Map.of("call", "monitor"));
        harbor.happened(
                "talk: call, Half-year", "renewal of 2027-12-01: open, 14400 to 15000 EUR, confirmed, called monitor");
        told.assertThat(harbor.page("/renewals?only=call&window=all")).contains("Nothing of that kind");
    }

    private void calledAtThreeMonths() {
        harbor.on("2027-09-01");
        told.assertThat(harbor.page("/renewals?only=call&window=all")).contains("Harbor Freight");
        told.assertThat(harbor.refused(harbor.desk("2027-12-01") + "/call", Map.of("call", "monitor")))
                .contains("Less than three months are left");
        harbor.asAna(harbor.desk("2027-12-01") + "/call", Map.of("call", "likely"));
        harbor.asLeader("/renewals/settings/rule", Map.of("notices", "true", "reminders", "true"));
        harbor.talked("call", "Before the renewal");
        harbor.happened(
                "talk: call, Before the renewal",
                "renewal of 2027-12-01: open, 14400 to 15000 EUR, confirmed, called likely");
    }

    /** Ninety days before, who was confirmed in the beginning has to be confirmed again. */
    private void noticeTellsTheUplift() throws Exception {
        harbor.on("2027-09-03");
        harbor.happened("signal soon: renewal_unprepared");
        harbor.confirms("2027-12-01", "eva", "business", true);
        harbor.asAna(harbor.desk("2027-12-01") + "/fees", Map.of("title", "Sandbox", "amount", "240"));
        harbor.happened(
                "signal over: renewal_unprepared",
                "renewal of 2027-12-01: open, 14400 to 15240 EUR, confirmed, called likely");

        harbor.on("2027-09-24");
        harbor.nothingElseHappened();
        harbor.on("2027-09-25");
        harbor.happened(
                "letter accepted: renewal-notice to eva.lie@harbor.example",
                "letter accepted: renewal-notice to ola.berg@harbor.example",
                "letter accepted: renewal-notice to jon.dahl@harbor.example",
                "renewal of 2027-12-01: open, 14400 to 15240 EUR, noticed, called likely");
        told.assertThat(said("eva.lie"))
                .contains("Increase: 600.00 EUR a year", "Sandbox: 240.00 EUR", "9 October 2027", "15,240.00 EUR");
        told.assertThat(said("ola.berg")).contains("Erhöhung: 600,00 EUR im Jahr", "9. Oktober 2027", "15.240,00 EUR");
        told.assertThat(said("jon.dahl")).contains("Augmentation", "9 octobre 2027");
    }

    private void answersComeBack() throws Exception {
        harbor.on("2027-09-28");
        arrives(Harbor.answer("eva.lie", sent("eva.lie")[0], "", "We go on. Please send the quote."));
        arrives(Harbor.answer(
                "jon.dahl",
                sent("jon.dahl")[0],
                "Auto-Submitted: auto-replied\n",
                "Jon Dahl ne travaille plus ici. Mia Holm le remplace."));
        harbor.happened(
                "task: Answer Eva Lie about the renewal of Fleet Planner and 1 more",
                "talk: mail, Re: Your renewal",
                "task: Find who follows Jon Dahl for the renewal of Fleet Planner and 1 more",
                "may be gone (reply): An automatic reply says: Jon Dahl ne travaille plus ici. Mia Holm"
                        + " le remplace.");

        harbor.brings("contacts/jon", """
                {"left_on": "2027-09-26"}""");
        harbor.brings("contacts/mia", """
                {"account": "harbor", "name": "Mia Holm", "email": "mia.holm@harbor.example", "roles": "technical"}""");
        harbor.confirms("2027-12-01", "mia", "technical", false);
        harbor.takesOff("2027-12-01", "jon");
        harbor.sendsTheNotice("2027-12-01");
        harbor.finishes("Find who follows Jon Dahl for the renewal of Fleet Planner and 1 more");
        harbor.happened(
                "signal this_week: contact_left",
                "letter accepted: renewal-notice to mia.holm@harbor.example",
                "task done: Find who follows Jon Dahl for the renewal of Fleet Planner and 1 more");

        told.assertThat(harbor.pdf(harbor.desk("2027-12-01") + "/quote.pdf"))
                .contains("Now 14,400.00", "Increase 600.00", "Sandbox 240.00", "Next term, a year 15,240.00");
        harbor.asAna(harbor.desk("2027-12-01") + "/quote", Map.of());
        harbor.finishes("Answer Eva Lie about the renewal of Fleet Planner and 1 more");
        harbor.happened(
                "task done: Answer Eva Lie about the renewal of Fleet Planner and 1 more",
                "renewal of 2027-12-01: open, 14400 to 15240 EUR, quoted, called likely");

        harbor.on("2027-10-15");
        harbor.nothingElseHappened();
    }

    /** A customer whose renewal is late is one until the grace is over: what stood about it stands. */
    private void dueAndNothingFollows() {
        harbor.on("2027-12-01");
        harbor.happened(
                "units expired: 3 reviews", "renewal of 2027-12-01: lapsed, 14400 to 15240 EUR, quoted, called likely");
        told.assertThat(harbor.arr()).as("within the grace").isEqualTo("14400");
        told.assertThat(harbor.figure("arr", "2027-12-01", "as_run")).isEqualTo("0");
        told.assertThat(harbor.figure("on_time_renewal_rate", "2027-12-01")).isEqualTo("no value");
    }

    private void renewedLate() {
        harbor.on("2027-12-20");
        harbor.happened("signal now: renewal_overdue");
        told.assertThat(harbor.page("/accounts/{harbor}")).contains("nothing follows it");
        harbor.talked("call", "They go on");
        harbor.brings("contracts/second", """
                {"account": "harbor", "program": "Premier", "signed_on": "2027-12-20", "starts_on": "2027-12-20",
                 "ends_on": "2028-12-20", "currency": "EUR", "replaces": "first", "channel": "direct", "geography": "EMEA"}""");
        harbor.brings("contract-lines/second-planner", """
                {"account": "harbor", "contract": "second", "product": "Fleet Planner", "kind": "subscription", "seats": 40,
                 "amount": 12600, "period": "year", "currency": "EUR", "starts_on": "2027-12-20", "ends_on": "2028-12-20"}""");
        harbor.brings("contract-lines/second-support", """
                {"account": "harbor", "contract": "second", "product": "Premier support", "kind": "service", "amount": 2640,
                 "period": "year", "currency": "EUR", "starts_on": "2027-12-20", "ends_on": "2028-12-20"}""");
        harbor.happened(
                "signal over: renewal_overdue",
                "talk: call, They go on",
                "renewal of 2027-12-01: renewed 2027-12-20, 14400 to 15240 EUR, quoted, called likely",
                "renewal of 2028-12-20: open, 15240 to 15240 EUR, begun",
                "units granted: 4 reviews");

        told.assertThat(harbor.arr()).isEqualTo("15240");
        told.assertThat(harbor.figure("nrr", "2026-12-21")).isEqualTo("105.83");
        told.assertThat(harbor.figure("grr", "2026-12-21")).isEqualTo("100");
        told.assertThat(harbor.figure("contract_renewal_rate", "2026-12-21")).isEqualTo("100");
        told.assertThat(harbor.figure("on_time_renewal_rate", "2026-12-21")).isEqualTo("0");
        told.assertThat(harbor.figure("service_renewal_rate", "2026-12-21")).isEqualTo("100");
        told.assertThat(harbor.figure("customer_retention_rate", "2026-12-21")).isEqualTo("100");
        told.assertThat(harbor.page("/renewals/forecast")).contains("2027 Q4", "1 of 1");
    }

    private void downgraded() {
        harbor.on("2028-03-01");
        harbor.happened("signal over: contact_left");
        harbor.talked("meeting", "Fewer depots");
        harbor.brings("contract-lines/second-planner", """
                {"ends_on": "2028-03-01", "scheduled_ends_on": "2028-12-20"}""");
        harbor.brings("contract-lines/smaller-planner", """
                {"account": "harbor", "contract": "second", "product": "Fleet Planner", "kind": "subscription", "seats": 25,
                 "amount": 8000, "period": "year", "currency": "EUR", "starts_on": "2028-03-01", "ends_on": "2028-12-20"}""");
        harbor.happened("talk: meeting, Fewer depots", "renewal of 2028-12-20: open, 10640 to 10640 EUR, begun");

        told.assertThat(harbor.arr()).isEqualTo("10640");
        told.assertThat(harbor.figure("nrr", "2027-03-02")).isEqualTo("73.89");
        told.assertThat(harbor.figure("grr", "2027-03-02")).isEqualTo("73.89");
        told.assertThat(harbor.figure("contraction_rate", "2027-03-02")).isEqualTo("26.11");
    }

    private void noticeOfCancellation() throws Exception {
        harbor.on("2028-05-16");
        harbor.happened("signal soon: entitlement_unused");
        harbor.talked("call", "They want to leave");
        harbor.asAna("/cancellations/attempts", Map.of("account", harbor.id(), "purpose", "save", "offer", "Discount"));
        harbor.asAna(
                "/accounts/{harbor}/cancellation",
                Map.of(
                        "key", "11111111-2222-3333-4444-555555555555",
                        "cancelledOn", "2028-05-16",
                        "effectiveOn", "2028-07-01",
                        "reason", "cost",
                        "amount", "10640",
                        "currency", "EUR",
                        "endLines", "true"));
        harbor.asksWhyTheyLeave("eva");
        harbor.settles("Discount", "lost");
        harbor.happened(
                "talk: call, They want to leave",
                "offer save: Discount, lost",
                "loss of 2028-07-01: cost",
                "renewal of 2028-12-20: lost, 10640 to 10640 EUR, begun",
                "letter accepted: exit-survey to eva.lie@harbor.example");
        told.assertThat(harbor.arr()).isEqualTo("10640");
        told.assertThat(harbor.figure("save_rate", "2028-01-01")).isEqualTo("0");

        String letter = said("eva.lie");
        String link = letter.substring(letter.indexOf("/leaving/")).split("\\s", 2)[0];
        told.assertThat(people.stranger()
                        .post(link, Map.of("category", "value"))
                        .statusCode())
                .isEqualTo(302);
        harbor.happened("answer exit: Exit survey: Value not seen");
        told.assertThat(Jsoup.parse(harbor.page("/accounts/{harbor}?tab=contracts"))
                        .text())
                .contains("The reasons differ");
    }

    private void gone() {
        harbor.on("2028-07-01");
        harbor.happened("signal over: entitlement_unused", "units expired: 4 reviews");
        told.assertThat(harbor.arr()).isEqualTo("0");
        told.assertThat(harbor.figure("grr", "2027-07-02")).isEqualTo("0");
        told.assertThat(harbor.figure("customer_churn_rate", "2027-07-02")).isEqualTo("100");
        told.assertThat(rows("/cancellations/win-back")).doesNotContain("Harbor Freight");
    }

    /** Who left for the cost is asked 90 days later. */
    private void wonBack() {
        harbor.on("2028-10-02");
        harbor.nothingElseHappened();
        told.assertThat(rows("/cancellations/win-back")).contains("Harbor Freight");
        harbor.asAna(
                "/cancellations/attempts", Map.of("account", harbor.id(), "purpose", "win_back", "offer", "Downgrade"));
        harbor.happened("offer win_back: Downgrade, open");

        harbor.on("2028-11-01");
        harbor.brings("contracts/third", """
                {"account": "harbor", "signed_on": "2028-10-20", "starts_on": "2028-11-01", "ends_on": "2029-11-01",
                 "currency": "EUR", "channel": "direct", "geography": "EMEA"}""");
        harbor.brings("contract-lines/third-planner", """
                {"account": "harbor", "contract": "third", "product": "Fleet Planner", "kind": "subscription", "seats": 20,
                 "amount": 7200, "period": "year", "currency": "EUR", "starts_on": "2028-11-01", "ends_on": "2029-11-01"}""");
        harbor.settles("Downgrade", "saved");
        harbor.talked("call", "They come back");
        harbor.happened(
                "talk: call, They come back",
                "offer win_back: Downgrade, saved",
                "renewal of 2029-11-01: open, 7200 to 7200 EUR, begun");
        told.assertThat(harbor.arr()).isEqualTo("7200");
        told.assertThat(harbor.figure("win_back_rate", "2028-07-02")).isEqualTo("100");
        told.assertThat(rows("/cancellations/win-back")).doesNotContain("Harbor Freight");
    }

    private String rows(String path) {
        return Jsoup.parse(harbor.page(path)).select("tbody").text();
    }

    private void twoYearsLater() {
        harbor.on("2028-11-24");
        harbor.nothingElseHappened();
        told.assertThat(harbor.ledger())
                .containsExactly(
                        "2026-12 new 14400",
                        "2027-12 more 840",
                        "2028-03 less -4600",
                        "2028-07 churn -10640",
                        "2028-11 reactivation 7200");
        told.assertThat(harbor.figure("contract_renewal_rate", "2026-11-24")).isEqualTo("100");
        told.assertThat(harbor.figure("mrr_growth", "2027-11-25")).isEqualTo("-50");
    }

    /** The last letter to somebody. */
    private String said(String to) throws Exception {
        var letters = sent(to + "@harbor.example");
        return letters[letters.length - 1].getContent().toString().replace("\r\n", "\n");
    }
}
