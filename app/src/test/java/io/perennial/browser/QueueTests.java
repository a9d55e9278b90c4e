package io.perennial.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.perennial.platform.live.Live;
import io.perennial.world.Lumenworks;
import io.perennial.world.OneCompany;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;

/** The morning queue, worked with the keyboard alone. */
@PerennialTest
@OneCompany
@ExtendWith(Browser.class)
class QueueTests {

    @Autowired
    Lumenworks lumenworks;

    @Autowired
    Live live;

    @Autowired
    People people;

    @BeforeEach
    void theCompanyIsLoaded() {
        lumenworks.isThere();
    }

    @Test
    void aNoteIsWrittenWithoutLosingALetterWhileThePageLives(Page page) {
        Browser.signIn(page, people.admin());
        page.navigate("/");
        page.keyboard().press("j");
        page.keyboard().press("n");
        Locator note = page.locator("[data-cursor] textarea[name=subject]");
        assertThat(note).isFocused();

        Browser.hearsOfChanges(page);
        live.changed("today"); // somebody else worked: the open form stays, typed in or not
        assertThat(page.locator("#queue > .live-note")).isVisible();
        page.keyboard().type("Called twice, no answer");
        assertThat(note).hasValue("Called twice, no answer");
        page.keyboard().press("Control+Enter");

        assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.STATUS)
                        .filter(new Locator.FilterOptions().setHasText("Noted on the timeline")))
                .isVisible();
    }

    @Test
    void escapeClosesAFormAndGoesBackToItsButton(Page page) {
        Browser.signIn(page, people.admin());
        page.navigate("/");
        page.keyboard().press("j");
        page.keyboard().press("s");
        assertThat(page.locator("[data-cursor] input[name=until]")).isFocused();

        page.keyboard().press("Escape");

        assertThat(page.locator("[data-cursor] input[name=until]")).isHidden();
        assertThat(page.locator("[data-cursor] summary[data-shortcut=s]")).isFocused();
    }
}
