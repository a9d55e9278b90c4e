package io.perennial.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.perennial.browser.Accessibility.assertAccessible;
import static io.perennial.browser.Accessibility.assertReadableInTheDark;
import static io.perennial.browser.Accessibility.assertReflows;

import com.microsoft.playwright.Page;
import io.perennial.browser.Browser.WithoutScripts;
import io.perennial.world.Lumenworks;
import io.perennial.world.OneCompany;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;

/** The knowledge base as people use it: with keys, with a mouse, and without scripts. */
@PerennialTest
@OneCompany
@ExtendWith(Browser.class)
class KnowledgeTests {

    @Autowired
    Lumenworks lumenworks;

    @Autowired
    People people;

    Visitor admin;

    @BeforeEach
    void theCompanyIsLoaded() {
        lumenworks.isThere();
        admin = people.admin();
    }

    @Test
    void everyPageOfTheKnowledgeBaseReadsWell(Page page) {
        Browser.signIn(page, admin);
        page.navigate("/knowledge?q=share+board");
        String article = Objects.requireNonNull(
                        page.locator(".knowledge-results a").first().getAttribute("href"))
                .replaceFirst("\\?.*", "");
        SoftAssertions soft = new SoftAssertions();
        for (String address : List.of(
                "/knowledge",
                "/knowledge?shelf=drafts",
                "/knowledge?shelf=stale",
                "/knowledge?shelf=retired",
                "/knowledge?q=exprot",
                "/knowledge?q=zeppelin",
                article,
                article + "?language=de",
                article + "?language=fr",
                article + "/edit",
                article + "/versions",
                "/knowledge/new?title=Merge+two+boards",
                "/knowledge/gaps",
                "/knowledge/synonyms")) {
            soft.assertThat(page.navigate(address).status()).as(address).isEqualTo(200);
            soft.check(() -> assertAccessible(page));
            soft.check(() -> assertReadableInTheDark(page));
            picture(page, address);
            page.setViewportSize(320, 700);
            soft.check(() -> assertReflows(page));
            page.setViewportSize(1280, 900);
        }
        soft.assertAll();
    }

    @Test
    void anArticleIsWrittenWithTheKeyboardAndItsPreviewShowsWhatReadersSee(Page page) {
        Browser.signIn(page, admin);
        page.navigate("/knowledge");
        page.keyboard().press("c");
        assertThat(page.locator("h1")).hasText("New article");
        Browser.knowsItsKeys(page);
        page.locator("#title").fill("Archive a board");
        page.locator("#body").fill("Open ");
        page.locator("#body").focus();
        page.keyboard().press("End");
        page.keyboard().press("Control+b");
        assertThat(page.locator("#body")).hasValue("Open **bold**");
        page.locator("button[value=preview]").click();
        assertThat(page.locator("#preview strong")).hasText("bold");
        page.locator("#body").focus();
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("#notice")).containsText("Saved as a draft");
        assertThat(page.locator("h1")).hasText("Archive a board");
        page.locator("#notice button").click();
    }

    @Test
    void unsentWordsAreStillThereAfterComingBack(Page page) {
        Browser.signIn(page, admin);
        page.navigate("/knowledge/new");
        page.locator("#title").fill("Half a thought");
        page.navigate("/knowledge");
        page.navigate("/knowledge/new");
        assertThat(page.locator("#title")).hasValue("Half a thought");
    }

    @Test
    void withoutScriptsOneSearchesReadsAndEdits(@WithoutScripts Page page) {
        Browser.signIn(page, admin);
        page.navigate("/knowledge");
        page.locator("main input[name=q]").fill("calendar outlook");
        page.locator("main form[role=search] button").click();
        page.locator(".knowledge-results a").first().click();
        assertThat(page.locator("article")).containsText("Calendar feed");
        page.locator("a.button", new Page.LocatorOptions().setHasText("Edit")).click();
        page.locator("#tags").fill("calendar, integration");
        page.locator("button[value=preview]").click();
        assertThat(page.locator("#preview")).containsText("Calendar feed");
        assertThat(page.locator("#tags")).hasValue("calendar, integration");
        page.locator("button[value=publish]").click();
        assertThat(page.locator("h1")).containsText("Show due dates");
    }

    /** With {@code -Dperennial.pictures=folder}: what each page looks like, light, dark and on a phone. */
    private static void picture(Page page, String address) {
        String folder = System.getProperty("perennial.pictures");
        if (folder == null) {
            return;
        }
        String name = address.replaceAll("[0-9a-f-]{36}", "id").replaceAll("[^a-z0-9]+", "_");
        var whole = new Page.ScreenshotOptions().setFullPage(true);
        page.screenshot(whole.setPath(Path.of(folder, name + ".light.png")));
        page.emulateMedia(
                new Page.EmulateMediaOptions().setColorScheme(com.microsoft.playwright.options.ColorScheme.DARK));
        page.screenshot(whole.setPath(Path.of(folder, name + ".dark.png")));
        page.emulateMedia(
                new Page.EmulateMediaOptions().setColorScheme(com.microsoft.playwright.options.ColorScheme.LIGHT));
        page.setViewportSize(390, 800);
        page.screenshot(whole.setPath(Path.of(folder, name + ".phone.png")));
        page.setViewportSize(1280, 900);
    }
}
