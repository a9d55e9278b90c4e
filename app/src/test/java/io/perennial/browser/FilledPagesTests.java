package io.perennial.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.perennial.browser.Accessibility.assertAccessible;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import io.perennial.world.OneCompany;
import io.perennial.world.PerennialTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds for every page of daily work with real content on it: readable by machines, in the dark, and on a phone. */
@PerennialTest
@OneCompany
@ExtendWith(Browser.class)
class FilledPagesTests extends FilledPages {

    @Test
    void dailyWorkReadsWell(Page page) {
        Browser.signIn(page, admin);
        check(
                page,
                List.of(
                        "/",
                        "/signals",
                        "/accounts?group=band&filter=arr:over:60000",
                        "/accounts?q=nobody-at-all",
                        "/search?q=oslo",
                        "/health",
                        "/adoption",
                        "/adoption?segment=Mid-market&only=unused",
                        "/usage/features",
                        "/adoption/key-actions",
                        "/programs",
                        "/programs/compare",
                        "/programs/calendars",
                        "/programs/delivery",
                        "/programs/hand-offs",
                        modelOf(page),
                        "/changes",
                        "/admin/team",
                        "/admin/keys",
                        "/admin/mail",
                        "/profile"));
    }

    @Test
    void everyTabOfAnAccountReadsWell(Page page) {
        Browser.signIn(page, admin);
        page.navigate("/accounts/by-external-id/oslo-ferry");
        check(page, hrefs(page, "nav.tabs a"));
    }

    @Test
    void anImportReadsWellFromFileToResult(Page page) {
        Browser.signIn(page, admin);
        page.navigate("/imports");
        page.locator("#type").selectOption("accounts");
        page.locator("#file").setInputFiles(new FilePayload("flawed.csv", "text/csv", FLAWED));
        page.locator("main form button.button-primary").click();
        assertThat(page.locator("h1")).hasText("flawed.csv");
        SoftAssertions soft = new SoftAssertions();
        check(page, soft);
        page.locator("button[name=start]").click();
        assertThat(page.locator("cs-job .chip"))
                .hasText("Done", new LocatorAssertions.HasTextOptions().setTimeout(60_000));
        page.reload();
        assertThat(page.locator("main")).containsText("Rows with problems");
        check(page, soft);
        page.navigate("/jobs");
        check(page, soft);
        page.locator("main a[href^='/jobs/']").first().click();
        check(page, soft);
        soft.assertAll();
    }

    @Test
    void theDoorsReadWell(Page page) {
        page.context().setExtraHTTPHeaders(Map.of());
        check(page, List.of("/sign-in", "/setup"));
        SoftAssertions soft = new SoftAssertions();
        Assertions.assertThat(page.navigate("/welcome?token=gone").status()).isEqualTo(410);
        check(page, soft);
        soft.assertAll();
    }

    @Test
    void aMorningNeedsNoMouse(Page page) {
        Browser.signIn(page, admin);
        page.navigate("/");
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip-link")).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().press("j");
        assertThat(page.locator("[data-cursor] a").first()).isFocused();
        page.keyboard().press("w");
        page.waitForURL("**/signals/why?account=*");
        assertThat(page.locator("main")).containsText("Why");
        page.goBack();
        page.keyboard().press("j");
        page.keyboard().press("s");
        assertThat(page.locator("[data-cursor] details[open] input[type=date]")).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator("[data-cursor] details[open]")).hasCount(0);
        page.keyboard().press("g");
        page.keyboard().press("a");
        assertThat(page.locator("h1")).hasText("Accounts");
        page.keyboard().press("f");
        assertThat(page.locator("#filter-column")).isFocused();
        page.keyboard().press("Escape");
        page.keyboard().press("j");
        page.keyboard().press("Space");
        assertThat(page.locator("#panel")).isVisible();
        assertAccessible(page);
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Escape");
        assertThat(page.locator("[data-row='1'] [role=rowheader]")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).not().hasText("Accounts");
    }

    @Test
    void aSourceReadsWellFromTheFirstStepToItsEvents(Page page) {
        Browser.signIn(page, admin);
        SoftAssertions soft = new SoftAssertions();
        page.navigate("/admin/sources");
        assertThat(page.locator("main")).containsText("Lumen Mobile");
        check(page, soft);
        page.locator("#name").fill("Planner web app");
        page.locator("main form button.button-primary").click();
        assertThat(page.locator(".once code")).containsText("wk_");
        String key = page.locator(".once code").textContent();
        check(page, soft);
        admin.send("POST", "/v1/batch", BodyPublishers.ofString("""
            {"writeKey":"%s","batch":[
              {"type":"track","userId":"ada","event":"Report opened","properties":{"pages":3},
               "context":{"groupId":"oslo-ferry"}},
              {"type":"track","userId":"bob","event":"Report closed","context":{"groupId":"nova"}},
              {"type":"track","event":"Nobody did this"}]}
            """.formatted(key)), Map.of());
        reading.drain();
        sampling.look();
        page.navigate("/admin/sources");
        check(page, soft);
        page.locator("main th a:has-text('Planner web app')").click();
        assertThat(page.locator("#events")).containsText("There is no account nova yet.");
        assertThat(page.locator("main")).containsText("Schema seen");
        check(page, soft);
        page.locator("[data-open-dialog=close-source]").click();
        assertThat(page.locator("#close-source")).isVisible();
        soft.check(() -> assertAccessible(page));
        page.locator("#close-source button.button-danger").click();
        assertThat(page.locator("#notice")).containsText("is closed");
        check(page, soft);
        soft.assertAll();
    }

    @Test
    void keyActionsReadWellWithEveryStateAndSegment(Page page) {
        Browser.signIn(page, admin);
        SoftAssertions soft = new SoftAssertions();
        page.navigate("/adoption/key-actions");
        page.locator("tr:has-text('First report shared') a[href*='state=DONE']")
                .first()
                .click();
        assertThat(page.locator("main")).containsText("how long it takes");
        assertThat(page.locator("main")).containsText("fitted curve");
        check(page, soft);
        page.navigate("/adoption/key-actions");
        page.locator("tr:has-text('First report shared') a[href*='state=STUCK']")
                .first()
                .click();
        assertThat(page.locator("main")).containsText("Finishes in 14 days");
        check(page, soft);
        soft.assertAll();
    }
}
