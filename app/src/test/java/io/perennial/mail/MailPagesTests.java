package io.perennial.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.Actor;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An administrator looks at mail in a house that has no mail server yet. */
@PerennialTest
class MailPagesTests {

    @Autowired
    People people;

    @Autowired
    Outbox outbox;

    @Autowired
    JdbcClient database;

    @Test
    void withoutAMailServerLettersWaitAndThePageAndTodaySaySo() {
        Visitor admin = people.admin();
        assertThat(admin.get("/").body()).doesNotContain("No mail server is set.");
        HttpResponse<String> asked = admin.post("/admin/mail/test-letter", Map.of("to", "grace@perennial.example"));

        assertThat(asked.statusCode()).isEqualTo(302);
        assertThat(admin.get("/admin/mail").body())
                .contains("The letter waits. No mail server is set.", "1 letter waits", "grace@perennial.example")
                .contains("PERENNIAL_MAIL_SMTP_HOST");
        assertThat(admin.get("/").body()).contains("1 letter waits to be sent. No mail server is set.", "/admin/mail");
        assertThat(people.leader().get("/").body()).contains("No mail server is set.");
        assertThat(people.csm("Ana Reyes").get("/").body()).doesNotContain("No mail server is set.");
    }

    @Test
    void anAddressThatIsNoneIsRefusedInWords() {
        HttpResponse<String> asked =
                people.admin().post("/admin/mail/test-letter", Map.of("to", "grace\r\nBcc: all@x.test"));

        assertThat(asked.statusCode()).isEqualTo(422);
        assertThat(asked.body()).contains("is no address we can write to");
        assertThat(database.sql("select count(*) from mail.letter")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aLetterThatFailedIsShownWithItsReasonAndTriedAgain() {
        UUID letter = outbox.post(
                Letter.plain("k", "ana@oslo-ferry.example", "<b>Your</b> case", "text", "case-reply"), Actor.SYSTEM);
        database.sql("update mail.letter set state = 'failed', words = '550 5.7.1 <script>spam</script>',"
                        + " settled_at = posted_at")
                .update();
        Visitor admin = people.admin();

        assertThat(admin.get("/admin/mail?state=failed").body())
                .contains("&lt;b&gt;Your&lt;/b&gt; case", "550 5.7.1 &lt;script&gt;")
                .doesNotContain("<script>spam", "<b>Your");
        assertThat(admin.get("/admin/mail?state=accepted").body()).doesNotContain("oslo-ferry");
        assertThat(admin.get("/admin/mail/letters/" + letter).body()).contains("Try again", "550 5.7.1");
        admin.post("/admin/mail/letters/" + letter + "/retry", Map.of());
        assertThat(outbox.delivery(letter).orElseThrow().state()).isEqualTo(Delivery.State.WAITING);
    }

    @Test
    void onlyAdministratorsSeeMail() {
        assertThat(people.leader().get("/admin/mail").statusCode()).isEqualTo(403);
        assertThat(people.support().get("/admin/mail").statusCode()).isEqualTo(403);
    }
}
