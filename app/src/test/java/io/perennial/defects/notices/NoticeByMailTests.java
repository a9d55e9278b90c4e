package io.perennial.defects.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.defects.Broken;
import io.perennial.defects.DefectCases;
import io.perennial.defects.DefectEditing;
import io.perennial.defects.notices.CustomerNotice.Text;
import io.perennial.defects.notices.Wishes.Choice;
import io.perennial.mail.MailStory;
import io.perennial.shared.AccountId;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A notice on its way through a real mail server. */
@PerennialTest
class NoticeByMailTests extends MailStory {

    @Autowired
    DefectEditing editing;

    @Autowired
    DefectCases cases;

    @Autowired
    Notices notices;

    @Autowired
    NoticeDispatch dispatch;

    @Autowired
    NoticeSending sending;

    @Autowired
    Wishes wishes;

    @Autowired
    People people;

    @Test
    void aNoticeArrivesWithTheWayToHearLessAndItsProofIsShown() throws Exception {
        Broken broken = new Broken(database, editing, cases);
        AccountId oslo = broken.customer("oslo-ferry", "1200");
        UUID ana = broken.person(oslo, "Ana Berg", CUSTOMER);
        UUID ben = broken.person(oslo, "Ben Berg", "ben@oslo-ferry.example");
        UUID notice = notices.begin(NoticeKind.KNOWN_ISSUE, null, "k", broken.ana());
        Audience all = new Audience(true, List.of(), List.of(), List.of(), List.of(), null, false);
        Text text = new Text("Exports stop", "Rows are **missing**.\n\n1. Export by month");
        notices.save(
                notice,
                1,
                new NoticeDraft(NoticeKind.KNOWN_ISSUE, Map.of("en", text), "", "", "UTC", all),
                broken.ana());
        dispatch.send(notice, 2, 2, broken.ana());
        sending.drain();
        wishes.change(ben, 0, new Choice(false, "", "", ""), broken.ana());

        delivery.drain();

        MimeMessage[] arrived = sent(CUSTOMER);
        assertThat(arrived).hasSize(1);
        assertThat(sent("ben@oslo-ferry.example")).isEmpty();
        MimeMessage letter = arrived[0];
        assertThat(letter.getSubject()).isEqualTo("Exports stop");
        String link = "https://success.lumenworks.example/letters/" + wishes.token(ana);
        assertThat(letter.getHeader("List-Unsubscribe")).containsExactly("<" + link + ">");
        assertThat(letter.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        String source = new String(letter.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(source).contains("<strong>missing</strong>", "Export by month");
        assertThat(((MimeMultipart) letter.getContent()).getCount()).isGreaterThan(1);
        String page = people.signIn(broken.ana().memberId(), "Ana Reyes")
                .get("/notices/" + notice)
                .body();
        assertThat(Jsoup.parse(page).select("#readers tbody").text())
                .contains("Ana Berg", "Sent: 250 OK", "Withheld: Wants no letters.");

        sending.drain();
        delivery.drain();
        assertThat(sent(CUSTOMER)).hasSize(1);
    }
}
