package io.perennial.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.mail.Letter;
import io.perennial.mail.Purpose;
import io.perennial.shared.Actor;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Four customers of Ana lose whoever carries them: a machine says that Eva of Harbor has left, letters to Ken of Kiva come back, Lis of
 * Lund has another title, Mia of Moss is marked as gone. The renewals of Harbor and Moss depend on theirs.
 */
class LeavingChampionTests extends CustomerStory {

    @ParameterizedTest
    @EnumSource(Days.class)
    void whoeverGoesIsSearchedForOnceAndGetsNoMoreLetters(Days how) {
        live(how);
        carried("harbor", "Harbor Freight", "eva", "Eva Lie");
        carried("kiva", "Kiva", "ken", "Ken Vik");
        carried("lund", "Lund", "lis", "Lis Dal");
        carried("moss", "Moss", "mia", "Mia Holm");
        renewsWith("harbor", "eva");
        renewsWith("moss", "mia");
        writes("eva", "harbor", "hello", Purpose.TRANSACTIONAL);
        writes("ken", "kiva", "hello", Purpose.TRANSACTIONAL);
        happened(
                "letter accepted to eva@harbor.example: About hello",
                "letter accepted to ken@kiva.example: About hello");
        restart();

        on("2026-11-25");
        mailComes(automatic("eva@harbor.example", "Eva Lie is no longer with Harbor. Please write to Noor."));
        mailComes(returned("ken@kiva.example"));
        brings("contacts/lis", "{\"title\": \"Adviser\"}");
        brings("contacts/mia", "{\"left_on\": \"2026-11-24\"}");
        happened(
                "task for Ana Reyes by 2026-12-02: Find who follows Eva Lie for the renewal of Fleet Planner",
                "on the renewal: may be gone (reply), An automatic reply says: Eva Lie is no longer with Harbor. Please write to Noor.",
                "letter bounced to ken@kiva.example: About hello",
                "task for Ana Reyes by 2026-11-28: Find who follows Ken Vik at Kiva",
                "task for Ana Reyes by 2026-11-28: Find who follows Lis Dal at Lund",
                "task for Ana Reyes by 2026-12-02: Find who follows Mia Holm for the renewal of Fleet Planner",
                "on the renewal: may be gone (left), Is marked as gone since 24 Nov 2026.",
                "signal open: contact_left at Moss");
        assertThat(page(desk("moss"))).contains("Mia Holm may be gone");
        assertThat(page("/accounts/" + id("accounts.account", "kiva") + "?tab=people"))
                .contains("Ken Vik may be gone");
        restart();

        until("2026-11-28");
        nothingHappened();
        writes("eva", "harbor", "Saturday", Purpose.PLAYBOOK);
        writes("ken", "kiva", "Saturday", Purpose.TRANSACTIONAL);
        happened(
                "letter waiting to eva@harbor.example: About Saturday",
                "letter withheld to ken@kiva.example: About Saturday");
        finishes("Find who follows Eva Lie for the renewal of Fleet Planner");
        brings("contacts/eva", "{\"left_on\": \"2026-11-27\"}");
        happened(
                "task for Ana Reyes by 2026-12-02: Find who follows Eva Lie for the renewal of Fleet Planner, done: Done",
                "signal open: contact_left at Harbor Freight");
        on("2026-11-30");
        happened("letter withheld to eva@harbor.example: About Saturday");

        restart();
        on("2026-12-02");
        happened(
                "task for Ana Reyes by 2026-12-07: Introduce yourself to the successor at Moss, with what has been reached so far");
        on("2026-12-06");
        happened(
                "task for Ana Reyes by 2026-12-11: Introduce yourself to the successor at Harbor Freight, with what has been reached"
                        + " so far");
        restart();
        on("2026-12-20");
        nothingHappened();
    }

    private void carried(String key, String name, String person, String of) {
        customer(key, name);
        contact(person, key, of, "champion");
    }

    private void renewsWith(String account, String person) {
        brings("contract-lines/line-of-" + account, """
                {"account": "%s", "product": "Fleet Planner", "amount": 12000, "period": "year", "currency": "EUR",
                 "starts_on": "2026-11-01", "ends_on": "2027-11-01"}""".formatted(account));
        work();
        done(ana.post(
                desk(account) + "/people",
                Map.of("contact", id("accounts.contact", person), "side", "business", "decides", "true")));
    }

    private String desk(String account) {
        return "/renewals/"
                + database.sql("""
                        select r.id::text from renewals.renewal r join accounts.account a on a.id = r.account_id
                        where a.external_id = :account
                        """)
                        .param("account", account)
                        .query(String.class)
                        .single();
    }

    private String page(String path) {
        return Jsoup.parse(done(ana.get(path)).body()).text();
    }

    /** A letter of the house, as modules post them: told again it is the same one. */
    private void writes(String person, String account, String about, Purpose purpose) {
        comes(() -> outbox.post(
                new Letter(
                                "letter:" + person + ":" + about,
                                person + "@" + account + ".example",
                                person,
                                "About " + about,
                                "Dear " + person + ", a word about " + about + ".\n",
                                null,
                                Map.of(),
                                List.of(),
                                "help",
                                UUID.fromString(id("accounts.account", account)),
                                UUID.fromString(id("accounts.contact", person)))
                        .serving(purpose),
                Actor.SYSTEM));
    }

    private String thread(String to) {
        return database.sql("select message_id from mail.letter where to_address = :to order by posted_at limit 1")
                .param("to", to)
                .query(String.class)
                .single();
    }

    private String automatic(String from, String text) {
        return """
            From: <%s>
            To: help@lumenworks.example
            Auto-Submitted: auto-replied
            Date: Wed, 25 Nov 2026 08:00:00 +0000
            Message-ID: <automatic-%s>
            In-Reply-To: %s
            References: %s
            Subject: Automatic reply
            Content-Type: text/plain; charset=utf-8

            %s
            """.formatted(from, from, thread(from), thread(from), text);
    }

    private String returned(String address) {
        return """
            From: MAILER-DAEMON@mx.kiva.example
            To: help@lumenworks.example
            Return-Path: <>
            Auto-Submitted: auto-replied
            Date: Wed, 25 Nov 2026 08:00:00 +0000
            Message-ID: <returned-%1$s>
            Subject: Undelivered Mail Returned to Sender
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: text/plain

            I could not deliver your message.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.kiva.example

            Final-Recipient: rfc822; %1$s
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 no such mailbox

            --b
            Content-Type: text/rfc822-headers

            From: help@lumenworks.example
            Message-ID: %2$s
            Subject: About hello

            --b--
            """.formatted(address, thread(address));
    }
}
