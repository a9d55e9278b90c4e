package io.perennial.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.perennial.browser.Browser.WithoutScripts;
import io.perennial.world.Lumenworks;
import io.perennial.world.OneCompany;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
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
}
