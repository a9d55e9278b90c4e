package io.perennial.renewals;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.mail.MailStory;
import io.perennial.shared.AccountId;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Notices and what comes back, over a real mail server. */
@PerennialTest
class RenewalNoticeTests extends MailStory {

    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"([0-9a-f]{64})\"");

    @Autowired
    DueTerms terms;

    @Autowired
    Renewals renewals;

    @Autowired
    RenewalPeople persons;

    @Autowired
    RenewalWork work;

    @Autowired
    Notices notices;

    @Autowired
    NoticeRule rule;

    @Autowired
    NoticeSending sending;

    @Autowired
    DailyWork daily;

    @Autowired
    People people;

    DueBook due;
    Visitor ana;
    Visitor lin;
    AccountId oslo;
    UUID eva;
    UUID ola;
    UUID id;

    @BeforeEach
    void osloFerryHasTwoConfirmedPeople() {
        readers.take(letter -> false);
        due = new DueBook(database, terms);
        ana = people.csm("Ana Reyes");
        lin = people.leader();
        oslo = due.customer("oslo", "Oslo Ferry", "2027-03-15");
        due.ownedBy(oslo, ana.id());
        eva = due.person(oslo, "Eva Lie", "decision_maker");
        ola = due.person(oslo, "Ola Berg", "finance");
        database.sql("update accounts.contact set language = 'de' where id = :id")
                .param("id", ola)
                .update();
        due.kept();
        id = renewals.of(oslo).getFirst().id();
        persons.confirm(id, eva, RenewalPeople.Side.BUSINESS, true, worker());
        persons.confirm(id, ola, RenewalPeople.Side.FINANCE, false, worker());
    }

    @Test
    void aProgramSendsWhatItHasLookedAtAndNothingElse() throws Exception {
        Visitor crm = people.program("read", "write");
        String path = "/api/v1/renewals/" + id;
        String drafts = crm.get(path + "/notice").body();
        assertThat(drafts).contains("Dear Eva Lie", "Guten Tag Ola Berg", "\"refused\":null", "\"obstacle\":null");
        Matcher seen = Pattern.compile("\"seen\":\"([0-9a-f]{64})\"").matcher(drafts);
        assertThat(seen.find()).isTrue();

        assertThat(crm.json("POST", path + "/letters", "{\"step\":\"notice\",\"seen\":\"other\"}")
                        .body())
                .contains("changed since you looked");
        String letter = "{\"step\":\"notice\",\"seen\":\"" + seen.group(1) + "\"}";
        assertThat(crm.json("POST", path + "/letters", letter).body()).contains("\"sent\":2");
        assertThat(crm.json("POST", path + "/letters", letter).statusCode())
                .as("once")
                .isEqualTo(422);
        delivery.drain();
        assertThat(text(only("eva.lie"))).contains("15 March 2027");
        assertThat(crm.get(path + "/notice?step=shout").statusCode()).isEqualTo(422);
        assertThat(crm.get("/api/v1/renewals/" + UUID.randomUUID() + "/notice").statusCode())
                .isEqualTo(404);
        assertThat(people.program("read")
                        .json("POST", path + "/letters", letter)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theNoticeIsSeenBeforehandSentToAllOnceAndProved() throws Exception {
        work.uplift(id, "4.5", worker());
        work.addFee(id, "Sandbox", "1200.50", worker());
        String preview = ana.get("/renewals/" + id + "/notice").body();
        assertThat(preview)
                .contains("Dear Eva Lie", "From 15 March 2027: 13,740.50 EUR a year", "Sandbox: 1,200.50 EUR")
                .contains("Guten Tag Ola Berg", "Ab 15. März 2027: 13.740,50 EUR im Jahr", "Send to 2 people");

        assertThat(send(preview, "notice").statusCode()).isLessThan(400);
        delivery.drain();

        assertThat(text(only("eva.lie"))).contains("Increase: 540.00 EUR a year", "by 14 January 2027", "Ana Reyes");
        assertThat(text(only("ola.berg"))).contains("Erhöhung: 540,00 EUR im Jahr");
        Renewal renewal = renewals.find(id).orElseThrow();
        assertThat(renewal.noticedOn()).isEqualTo("2026-11-24");
        assertThat(renewal.stage()).isEqualTo(Stage.NOTICED);
        assertThat(ana.get("/renewals/" + id).body())
                .contains(
                        "Told, no answer yet",
                        "said 13,740.50 EUR",
                        ">Sent</span>",
                        "sent the notice to Eva Lie, Ola Berg");

        assertThat(send(preview, "notice").body()).contains("There is nobody to write to");
        delivery.drain();
        assertThat(server.getReceivedMessages()).hasSize(2);
    }

    @Test
    void whatChangedSinceThePreviewIsLookedAtAgain() {
        String preview = ana.get("/renewals/" + id + "/notice").body();
        work.uplift(id, "9", worker());

        assertThat(send(preview, "notice").body()).contains("Nothing was sent. Look at the letters again.");
        assertThat(letters()).isZero();
    }

    @Test
    void pressedByManyAtOnceItIsOneLetterForEach() throws Exception {
        String preview = ana.get("/renewals/" + id + "/notice").body();
        List<Callable<Integer>> presses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            presses.add(() -> send(preview, "notice").statusCode());
        }
        try (ExecutorService hands = Executors.newFixedThreadPool(6)) {
            hands.invokeAll(presses);
        }
        assertThat(letters()).isEqualTo(2);
    }

    @Test
    void aNoticeThatWasNotCommittedIsSentOnceAfterARestart() {
        var drafts = notices.drafts(renewals.find(id).orElseThrow(), Step.NOTICE);
        transactions.executeWithoutResult(killed -> {
            notices.send(id, Step.NOTICE, Notices.seen(drafts), worker());
            killed.setRollbackOnly();
        });
        assertThat(letters()).isZero();
        notices.send(id, Step.NOTICE, Notices.seen(drafts), worker());
        assertThat(letters()).isEqualTo(2);
    }

    @Test
    void nothingLeavesByItselfUntilALeaderSaysSo() {
        today("2027-01-08");
        sending.drain();
        assertThat(letters()).isZero();
        assertThat(ana.post("/renewals/settings/rule", Map.of("notices", "true"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(lin.get("/renewals/settings").body()).contains("No notice leaves by itself", "2 letters for 1");

        lin.post("/renewals/settings/rule", Map.of("notices", "true"));
        sending.drain();
        sending.drain();

        assertThat(letters()).isEqualTo(2);
        assertThat(renewals.find(id).orElseThrow().noticedOn()).isEqualTo("2027-01-08");
    }

    @Test
    void theRuleWritesToNobodyAboutThePast() {
        today("2027-01-20");
        lin.post("/renewals/settings/rule", Map.of("notices", "true", "reminders", "true"));
        sending.drain();

        assertThat(letters()).isZero();
        assertThat(lin.get("/renewals/settings").body()).contains("1 is late already");
    }

    @Test
    void remindersFollowTwiceAndStopWhenSomebodyAnswers() throws Exception {
        rule.set(true, true, viewer(lin, io.perennial.identity.Role.LEADER));
        today("2027-01-08");
        sending.drain();
        today("2027-01-21");
        sending.drain();
        assertThat(letters()).isEqualTo(2);
        today("2027-01-22");
        sending.drain();
        assertThat(letters()).isEqualTo(4);
        delivery.drain();

        MimeMessage ours = (MimeMessage) sent("eva.lie")[0];
        arrives(answer(
                "eva.lie@customer.example",
                ours.getMessageID(),
                "1@c.example",
                "",
                "We go on. Please send the quote."));
        poller.poll();
        today("2027-02-20");
        sending.drain();

        assertThat(letters()).isEqualTo(4);
        assertThat(ana.get("/renewals/" + id).body())
                .contains("They have answered", "We go on. Please send the quote.");
        assertThat(tasks()).containsExactly("Answer Eva Lie about the renewal of Planner");
    }

    @Test
    void remindersEndAfterTheSecondAndWhoStaysSilentIsAskedFor() {
        rule.set(true, true, viewer(lin, io.perennial.identity.Role.LEADER));
        for (String day : List.of("2027-01-08", "2027-01-22", "2027-02-05", "2027-02-19", "2027-03-05")) {
            today(day);
            sending.drain();
            daily.day();
        }
        assertThat(letters()).isEqualTo(6);
        assertThat(tasks())
                .containsExactlyInAnyOrder(
                        "Find who follows Eva Lie for the renewal of Planner",
                        "Find who follows Ola Berg for the renewal of Planner");
    }

    @Test
    void remindersStopWhenTheTermIsRenewed() {
        rule.set(true, true, viewer(lin, io.perennial.identity.Role.LEADER));
        today("2027-01-08");
        sending.drain();
        due.book
                .line(oslo, "13000", "2027-03-15")
                .until("2028-03-15")
                .per("year")
                .add();
        due.kept();
        today("2027-02-01");
        sending.drain();
        assertThat(letters()).isEqualTo(2);
    }

    @Test
    void aMachineThatSaysSomebodyLeftAsksForTheSuccessorOnce() throws Exception {
        send(ana.get("/renewals/" + id + "/notice").body(), "notice");
        delivery.drain();
        MimeMessage ours = (MimeMessage) sent("eva.lie")[0];

        arrives(answer(
                "eva.lie@customer.example",
                ours.getMessageID(),
                "a@c.example",
                "Auto-Submitted: auto-replied\n",
                "Eva Lie has left the company. Write to Jon Dahl."));
        arrives(answer(
                "eva.lie@customer.example",
                ours.getMessageID(),
                "b@c.example",
                "Auto-Submitted: auto-replied\n",
                "Eva Lie has left the company."));
        poller.poll();

        assertThat(tasks()).containsExactly("Find who follows Eva Lie for the renewal of Planner");
        assertThat(ana.get("/renewals/" + id).body()).contains("Eva Lie may be gone", "Write to Jon Dahl");

        persons.confirm(id, eva, RenewalPeople.Side.BUSINESS, true, worker());
        assertThat(ana.get("/renewals/" + id).body()).doesNotContain("Eva Lie may be gone.");
    }

    @Test
    void whoIsConfirmedAgainAndThenLeavesIsNoticedAgain() {
        database.sql("update accounts.contact set title = 'Board member' where id = :id")
                .param("id", eva)
                .update();
        daily.day();
        persons.confirm(id, eva, RenewalPeople.Side.BUSINESS, true, worker());
        daily.day();
        assertThat(tasks()).hasSize(1);

        database.sql("update accounts.contact set left_on = '2026-11-24' where id = :id")
                .param("id", eva)
                .update();
        daily.day();
        daily.day();

        assertThat(tasks()).hasSize(2);
        assertThat(ana.get("/renewals/" + id).body())
                .contains("Eva Lie may be gone. Is marked as gone since 24 Nov 2026.");
    }

    @Test
    void silenceThatAConfirmationEndedBeginsWithTheNextLetter() {
        rule.set(true, true, viewer(lin, io.perennial.identity.Role.LEADER));
        for (String day : List.of("2027-01-08", "2027-01-22", "2027-02-05", "2027-02-19")) {
            today(day);
            sending.drain();
            daily.day();
        }
        assertThat(tasks()).hasSize(2);
        persons.confirm(id, eva, RenewalPeople.Side.BUSINESS, true, worker());
        persons.confirm(id, ola, RenewalPeople.Side.FINANCE, false, worker());

        today("2027-03-01");
        daily.day();

        assertThat(tasks()).hasSize(2);
        assertThat(ana.get("/renewals/" + id).body()).doesNotContain("may be gone. ");
    }

    @Test
    void whoIsConfirmedAfterTheNoticeGetsItFromTheRuleToo() {
        rule.set(true, true, viewer(lin, io.perennial.identity.Role.LEADER));
        today("2027-01-08");
        sending.drain();
        UUID jon = due.person(oslo, "Jon Dahl", "technical");
        persons.confirm(id, jon, RenewalPeople.Side.TECHNICAL, false, worker());
        today("2027-01-09");
        sending.drain();
        sending.drain();

        assertThat(letters()).isEqualTo(3);
        assertThat(renewals.find(id).orElseThrow().noticedOn()).isEqualTo("2027-01-08");
    }

    @Test
    void anAnswerIsAConversationOnTheTimelineOfTheAccount() throws Exception {
        send(ana.get("/renewals/" + id + "/notice").body(), "notice");
        delivery.drain();
        arrives(answer(
                "eva.lie@customer.example",
                ((MimeMessage) sent("eva.lie")[0]).getMessageID(),
                "t@c.example",
                "",
                "We go on."));
        poller.poll();

        assertThat(database.sql(
                                "select kind || ' ' || conversation || ' ' || (contact_id = :eva) from engagement.touchpoint")
                        .param("eva", eva)
                        .query(String.class)
                        .list())
                .containsExactly("mail true true");
        assertThat(ana.get("/accounts/" + oslo + "?tab=timeline").body())
                .contains(
                        "Re: Your renewal",
                        "We go on.",
                        "Renewal of Planner, due 2027-03-15",
                        "sent the notice to Eva Lie")
                .doesNotContain("heard from Eva Lie");
        assertThat(people.program("read")
                        .get("/api/v1/renewals/" + id + "/letters")
                        .body())
                .contains("\"state\":\"accepted\"", "\"proposed\":12000", "\"text\":\"We go on.\"");
    }

    @Test
    void severalProductsAreNamedInTheLanguageOfTheReader() {
        UUID contract = due.contract(oslo, "several", null);
        database.sql("delete from contracts.contract_line").update();
        for (String product : List.of("Planner", "Reports")) {
            due.book
                    .line(oslo, "100", "2026-03-15")
                    .until("2027-03-15")
                    .product(product)
                    .under(contract)
                    .add();
        }
        due.kept();
        UUID both = renewals.of(oslo).getFirst().id();
        persons.confirm(both, ola, RenewalPeople.Side.FINANCE, true, worker());

        assertThat(ana.get("/renewals/" + both + "/notice").body())
                .contains("Ihre Verlängerung von Planner und 1 weiteres")
                .doesNotContain("Verlängerung von Planner and 1 more");
    }

    @Test
    void outOfOfficeIsNoDepartureAndNoAnswer() throws Exception {
        send(ana.get("/renewals/" + id + "/notice").body(), "notice");
        delivery.drain();
        arrives(answer(
                "eva.lie@customer.example",
                ((MimeMessage) sent("eva.lie")[0]).getMessageID(),
                "a@c.example",
                "Auto-Submitted: auto-replied\n",
                "I am on holiday until Monday."));
        poller.poll();

        assertThat(tasks()).isEmpty();
        assertThat(notices.answers(id)).isEmpty();
    }

    @Test
    void aStrangerCannotDeclareSomebodyGone() {
        arrives(answer(
                "eva.lie@customer.example",
                "<guessed@lumenworks.example>",
                "a@c.example",
                "Auto-Submitted: auto-replied\n",
                "Eva Lie has left the company."));
        poller.poll();

        assertThat(tasks()).isEmpty();
    }

    /** As the world's mail servers report it. */
    @Test
    void aDeadAddressAsksForTheSuccessor() throws Exception {
        send(ana.get("/renewals/" + id + "/notice").body(), "notice");
        delivery.drain();
        arrives(report("eva.lie"));
        poller.poll();

        assertThat(tasks()).containsExactly("Find who follows Eva Lie for the renewal of Planner");
        assertThat(ana.get("/renewals/" + id).body())
                .contains("A letter to eva.lie@customer.example came back: 550 5.1.1 no such user");
        assertThat(renewals.find(id).orElseThrow().noticedOn())
                .as("Ola Berg has it")
                .isNotNull();
    }

    @Test
    void aNoticeThatReachedNobodyIsNoneAndGoesToTheRightAddress() throws Exception {
        persons.remove(id, ola, worker());
        send(ana.get("/renewals/" + id + "/notice").body(), "notice");
        delivery.drain();
        arrives(report("eva.lie"));
        poller.poll();

        assertThat(renewals.find(id).orElseThrow().noticedOn()).isNull();
        assertThat(renewals.find(id).orElseThrow().stage()).isEqualTo(Stage.CONFIRMED);
        assertThat(ana.get("/renewals/" + id).body()).contains("heard that the notice has reached nobody");
        assertThat(ana.get("/renewals/" + id + "/notice").body()).contains("Nobody is left to tell");

        database.sql("update accounts.contact set email = 'eva.lie@oslo-ferry.example' where id = :id")
                .param("id", eva)
                .update();
        send(ana.get("/renewals/" + id + "/notice").body(), "notice");
        delivery.drain();

        assertThat(sent("eva.lie@oslo-ferry.example")).hasSize(1);
        assertThat(renewals.find(id).orElseThrow().noticedOn()).isEqualTo("2026-11-24");
        assertThat(ana.get("/renewals/" + id + "/notice?step=notice").body()).contains("Nobody is left to tell");
    }

    private String report(String to) throws MessagingException {
        return """
                From: Mail Delivery System <MAILER-DAEMON@mx.customer.example>
                To: help@lumenworks.example
                Date: Tue, 24 Nov 2026 08:00:00 +0000
                Message-ID: <report@mx.customer.example>
                Subject: Undelivered Mail Returned to Sender
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

                --cut
                Content-Type: text/plain

                I am sorry to have to inform you that your message could not be delivered.

                --cut
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.customer.example

                Final-Recipient: rfc822; %s@customer.example
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 no such user

                --cut
                Content-Type: text/rfc822-headers

                Message-ID: %s
                --cut--
                """.formatted(to, ((MimeMessage) sent(to)[0]).getMessageID());
    }

    @Test
    void anotherTitleOrAMarkOnTheContactIsNoticed() {
        database.sql("update accounts.contact set title = 'Board member' where id = :id")
                .param("id", eva)
                .update();
        database.sql("update accounts.contact set left_on = '2026-11-20' where id = :id")
                .param("id", ola)
                .update();
        daily.day();
        daily.day();

        assertThat(tasks()).hasSize(2);
        assertThat(ana.get("/renewals/" + id).body())
                .contains("Was Head of Operations when confirmed, is Board member now.");
        assertThat(ana.get("/renewals/" + id + "/notice").body())
                .contains("Will not be sent. Has left.", "Send to this person");
    }

    @Test
    void aCompanyWritesItsOwnWordsAndIsToldWhatIsWrongWithThem() {
        Map<String, String> good = Map.of(
                "step",
                "notice",
                "language",
                "en",
                "subject",
                "Renewing {product}",
                "body",
                "Hi {name}, {due} {price}");
        assertThat(ana.post("/renewals/settings/texts", good).statusCode()).isEqualTo(403);
        assertThat(lin.post(
                                "/renewals/settings/texts",
                                Map.of(
                                        "step",
                                        "notice",
                                        "language",
                                        "en",
                                        "subject",
                                        "x",
                                        "body",
                                        "{due} {price} {wrong}"))
                        .body())
                .contains("Nobody knows what {wrong} is");
        assertThat(lin.post(
                                "/renewals/settings/texts",
                                Map.of("step", "notice", "language", "en", "subject", "x", "body", "Hello {due}"))
                        .body())
                .contains("tells {price} and {due}");
        lin.post("/renewals/settings/texts", good);
        database.sql("update accounts.contact set name = '{price}' where id = :id")
                .param("id", eva)
                .update();

        assertThat(ana.get("/renewals/" + id + "/notice").body())
                .contains("Renewing Planner", "Hi {price}, 15 March 2027 Now: 12,000.00 EUR");
    }

    private java.net.http.HttpResponse<String> send(String preview, String step) {
        Matcher seen = SEEN.matcher(preview);
        assertThat(seen.find()).isTrue();
        return ana.post("/renewals/" + id + "/notice", Map.of("step", step, "seen", seen.group(1)));
    }

    private static String answer(String from, String ours, String messageId, String head, String text) {
        return """
            %sFrom: Eva Lie <%s>
            To: help@lumenworks.example
            Date: Tue, 24 Nov 2026 08:00:00 +0000
            Message-ID: <%s>
            In-Reply-To: %s
            References: %s
            Subject: Re: Your renewal
            Content-Type: text/plain; charset=utf-8

            %s
            """.formatted(head, from, messageId, ours, ours, text);
    }

    private MimeMessage only(String to) throws MessagingException {
        assertThat(sent(to)).hasSize(1);
        return sent(to)[0];
    }

    private static String text(MimeMessage message) throws MessagingException, IOException {
        return message.getContent().toString().replace("\r\n", "\n");
    }

    private long letters() {
        return database.sql("select count(*) from mail.letter where purpose like 'renewal-%'")
                .query(Long.class)
                .single();
    }

    private List<String> tasks() {
        return database.sql("select title from engagement.task order by title")
                .query((row, number) -> row.getString(1))
                .list();
    }

    private Worker worker() {
        return Worker.of(viewer(ana, io.perennial.identity.Role.CSM));
    }

    private static io.perennial.identity.Viewer viewer(Visitor visitor, io.perennial.identity.Role role) {
        return new io.perennial.identity.Viewer(visitor.id(), visitor.name(), "", role, true);
    }

    private void today(String day) {
        clock.moveTo(LocalDate.parse(day).atTime(8, 0).toInstant(ZoneOffset.UTC));
        ana = people.csm("Ana Reyes");
        lin = people.leader();
    }
}
