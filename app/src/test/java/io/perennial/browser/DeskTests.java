package io.perennial.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.perennial.browser.Accessibility.assertAccessible;
import static io.perennial.browser.Accessibility.assertReadableInTheDark;
import static io.perennial.browser.Accessibility.assertReflows;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.perennial.mail.LetterBox;
import io.perennial.world.Lumenworks;
import io.perennial.world.OneCompany;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An agent's day at the desk, with the keyboard alone. */
@PerennialTest
@OneCompany
@ExtendWith(Browser.class)
class DeskTests {

    @Autowired
    Lumenworks lumenworks;

    @Autowired
    People people;

    @Autowired
    LetterBox box;

    @Autowired
    JdbcClient database;

    private Visitor admin;

    @BeforeEach
    void theCompanyIsLoaded() {
        lumenworks.isThere();
        admin = people.admin();
    }

    @Test
    void fromTheQueueThroughTheAnswerToTheSolutionWithoutAMouse(Page page) {
        Browser.signIn(page, admin);
        page.navigate("/cases");
        page.keyboard().press("j");
        String first = page.locator("[data-cursor] strong").innerText();
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText(first);
        Browser.knowsItsKeys(page);
        page.keyboard().press("r");
        assertThat(page.locator("#reply-body")).isFocused();
        page.keyboard().type("We found it and will tell you more today.");
        page.keyboard().press("Control+Enter");
        assertThat(page.locator(".case-reply").last()).containsText("We found it");
        page.keyboard().press("e");
        assertThat(page.locator("#resolve input[type=radio]").first()).isFocused();
        page.keyboard().press("Space");
        page.keyboard().press("Tab");
        assertThat(page.locator("#resolve-told")).isFocused();
        page.keyboard().press("Control+Enter");

        assertThat(page.locator("#notice")).containsText("Resolved.");
        assertThat(page.locator(".case-head .chip").first()).hasText("Resolved");
    }

    @Test
    void theQueueStandsBesideTheCaseAndTheNextOpensByItself(Page page) {
        Browser.signIn(page, admin);
        page.navigate("/cases");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        String first = page.locator("h1").innerText();
        Locator next = page.locator("#beside [data-shortcut='\\]']");
        assertThat(next).isVisible();
        Browser.knowsItsKeys(page);
        page.keyboard().press("]");
        assertThat(page.locator("h1")).not().hasText(first);
        assertThat(page.locator("#beside [data-shortcut='\\[']")).isVisible();
        Browser.knowsItsKeys(page);
        page.keyboard().press("[");
        assertThat(page.locator("h1")).hasText(first);

        page.locator("#beside form button").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#beside form button")).hasAttribute("aria-pressed", "true");
        page.keyboard().press("r");
        page.keyboard().type("More tomorrow.");
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("h1")).not().hasText(first);
    }

    @Test
    void aLetterIsOpenedAsItWasSentAndReadsWell(Page page) throws IOException {
        String address = database.sql("select email from accounts.contact where external_id = 'oslo-ferry-champion'")
                .query(String.class)
                .single();
        String letter = """
                From: Somebody <%s>
                To: help@lumenworks.example
                Date: Tue, 24 Nov 2026 08:00:00 +0000
                Message-ID: <formatted@oslo-ferry.example>
                Subject: A table for you
                Content-Type: text/html; charset=utf-8

                <h2>Two rows</h2><table><tr><td>Monday</td><td>9,800</td></tr></table>
                <p>See <a href="https://ferry.example/log">the log</a>.</p><script>document.title = "taken"</script>
                """.formatted(address);
        box.take(new ByteArrayInputStream(letter.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
        UUID id = database.sql("select id from cases.support_case where subject = 'A table for you'")
                .query(UUID.class)
                .single();
        Browser.signIn(page, admin);
        page.navigate("/cases/" + id);
        page.getByText("As it was sent").focus();
        page.keyboard().press("Enter");

        assertThat(page.locator(".letter-html td").first()).hasText("Monday");
        assertThat(page.locator(".letter-html a")).hasAttribute("rel", Pattern.compile("noopener.*nofollow"));
        assertThat(page).hasTitle(Pattern.compile(".*A table for you.*"));
        assertAccessible(page);
        assertReadableInTheDark(page);
        assertReflows(page);
    }

    @Test
    void filesThatAreTooLargeAreToldBeforeAnythingIsSent(Page page) {
        Browser.signIn(page, admin);
        page.navigate("/cases");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).containsText("#");
        Browser.knowsItsKeys(page);
        page.keyboard().press("r");
        assertThat(page.locator("#reply-body")).isFocused();
        page.keyboard().type("Here it is.");
        page.locator("cs-files").evaluate("limits => { limits.dataset.each = 1048576 }");
        page.locator("#reply-files")
                .setInputFiles(new FilePayload("film.mov", "video/quicktime", new byte[2 * 1024 * 1024]));

        assertThat((String) page.locator("#reply-files").evaluate("input => input.validationMessage"))
                .isEqualTo("film.mov has 2 MB; a file may have 1 MB.");
        page.locator("#reply-body").focus();
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("#reply-body")).hasValue("Here it is.");
    }
}
