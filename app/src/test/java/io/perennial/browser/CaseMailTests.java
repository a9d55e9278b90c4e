package io.perennial.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.perennial.browser.Accessibility.assertAccessible;
import static io.perennial.browser.Accessibility.assertReadableInTheDark;
import static io.perennial.browser.Accessibility.assertReflows;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.perennial.cases.desk.Satisfaction;
import io.perennial.mail.LetterBox;
import io.perennial.world.Lumenworks;
import io.perennial.world.MovableClock;
import io.perennial.world.OneCompany;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A conversation by mail as the agent and the customer see it: by keys, in the dark, on a phone, read aloud. */
@PerennialTest
@OneCompany
@ExtendWith(Browser.class)
class CaseMailTests {

    @Autowired
    Lumenworks lumenworks;

    @Autowired
    People people;

    @Autowired
    LetterBox box;

    @Autowired
    Satisfaction satisfaction;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient database;

    private Visitor admin;

    @BeforeEach
    void theCompanyIsLoaded() {
        lumenworks.isThere();
        admin = people.admin();
    }

    @Test
    void anAnswerWithAFileAndAnArticleNeedsNoMouse(Page page) throws IOException {
        UUID id = letter("keys-1", address("oslo-ferry-champion"), "Export of a board is slow");
        Browser.signIn(page, admin);
        page.navigate("/cases/" + id);
        assertThat(page.locator(".case-customer .case-files a")).hasText("plan.csv");
        Locator insert = page.locator("#articles button").first();
        assertThat(insert).isVisible();
        check(page);
        page.locator("#reply-files")
                .setInputFiles(new FilePayload("guide.txt", "text/plain", "Guide".getBytes(StandardCharsets.UTF_8)));
        insert.focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#reply-body")).isFocused();
        assertThat(page.locator("#reply-body"))
                .hasValue(Pattern.compile("https://success\\.lumenworks\\.example/help/"));
        page.keyboard().type("I hope this helps.");
        page.keyboard().press("Control+Enter");

        assertThat(page.locator(".case-reply").last()).containsText("I hope this helps.");
        assertThat(page.locator(".case-reply .case-files a").last()).hasText("guide.txt");
        assertThat(page.locator(".case-reply").last()).containsText("Queued");
        check(page);
        String link = database.sql("""
                        select substring(body from 'https://success.lumenworks.example(/help/\\S+)') from cases.message
                        where kind = 'reply' and case_id = :id
                        """).param("id", id).query(String.class).single();
        page.context().clearCookies();
        page.navigate(link);
        assertThat(page.locator("h1")).isVisible();
        check(page);
    }

    @Test
    void aLetterOfSomebodyUnknownAndANewCaseReadWell(Page page) throws IOException {
        String known = address("bluefin-champion");
        letter("unknown-1", "new.colleague" + known.substring(known.indexOf('@')), "I am new here");
        Browser.signIn(page, admin);
        page.navigate("/cases/letters");
        assertThat(page.locator("main")).containsText("Open a case for");
        check(page);
        page.navigate("/cases/letters?letter="
                + page.locator("input[name=letter]").first().inputValue() + "&q=norda");
        check(page);
        String norda = database.sql("select id from accounts.account where external_id = 'norda-bank'")
                .query(String.class)
                .single();
        page.navigate("/cases/new?account=" + norda);
        page.locator("#case-subject").pressSequentially("How do I share a board?");
        assertThat(page.locator("#articles a").first()).isVisible();
        check(page);
        page.navigate("/cases?view=unhappy");
        check(page);
    }

    @Test
    void theCustomerAnswersByKeysAlone(Page page) throws IOException {
        UUID id = letter("solved-1", address("norda-bank-champion"), "Where is the report?");
        String seen = Jsoup.parse(admin.get("/cases/" + id).body())
                .select("input[name=seen]")
                .getFirst()
                .val();
        admin.post(
                "/cases/" + id + "/resolution",
                Map.of("cause", "how-to", "told", "Under Reports.", "draft", "r-" + id, "seen", seen));
        clock.moveBy(Duration.ofHours(25));
        satisfaction.ask();
        String link =
                database.sql("""
                        select substring(body from '(/satisfaction/[A-Za-z0-9_-]+)') from mail.letter
                        where key = 'case:satisfaction-' || :id
                        """).param("id", id.toString()).query(String.class).single();

        page.navigate(link);
        check(page);
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");

        assertThat(page.locator("[role=status]")).isVisible();
        assertThat(page.locator("[aria-pressed=true]")).hasCount(1);
        check(page);
        page.navigate("/satisfaction/unknown");
        check(page);
    }

    private String address(String contact) {
        return database.sql("select email from accounts.contact where external_id = :id")
                .param("id", contact)
                .query(String.class)
                .single();
    }

    /** @return the case that it became, or a made-up one */
    private UUID letter(String id, String from, String subject) throws IOException {
        String letter = """
                From: Somebody <%s>
                To: help@lumenworks.example
                Date: Tue, 24 Nov 2026 08:00:00 +0000
                Message-ID: <%s@letters.example>
                Subject: %s
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="edge"

                --edge
                Content-Type: text/plain; charset=utf-8

                The export of a large board is slow since Monday.
                --edge
                Content-Type: text/csv
                Content-Disposition: attachment; filename="plan.csv"

                a;b
                --edge--
                """.formatted(from, id, subject);
        box.take(new ByteArrayInputStream(letter.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
        return database.sql("""
                        select id from cases.support_case where subject = :subject and channel = 'email'
                        order by number desc limit 1
                        """)
                .param("subject", subject)
                .query(UUID.class)
                .optional()
                .orElse(UUID.randomUUID());
    }

    private static void check(Page page) {
        assertAccessible(page);
        assertReadableInTheDark(page);
        assertReflows(page);
    }
}
