package io.perennial.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.perennial.browser.Accessibility.assertAccessible;
import static io.perennial.browser.Accessibility.assertReadableInTheDark;
import static io.perennial.browser.Accessibility.assertReflows;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;

/** What holds for every page that the rail leads to, for somebody who may see all of them. */
@PerennialTest
@ExtendWith(Browser.class)
class PagesTests {

    @Autowired
    People people;

    @Test
    void everyPageOfTheRailIsAccessibleAndFitsAPhone(Page page) {
        Browser.signIn(page, people.admin());
        page.navigate("/");
        List<String> addresses = page.locator(".rail-nav a").all().stream()
                .map(link -> Objects.requireNonNull(link.getAttribute("href")))
                .toList();

        SoftAssertions soft = new SoftAssertions();
        soft.assertThat(addresses).as("pages of the rail").isNotEmpty();
        soft.check(() -> assertReadableInTheDark(page));
        for (String address : addresses) {
            page.setViewportSize(1280, 900);
            Response answer = page.navigate(address);
            soft.assertThat(answer.status()).as(address).isEqualTo(200);
            soft.check(() -> assertAccessible(page));
            page.setViewportSize(320, 700);
            soft.check(() -> assertReflows(page));
        }
        soft.assertAll();
    }

    @Test
    void whoeverGoesAstrayKeepsTheWayBack(Page page) {
        Browser.signIn(page, people.admin());

        page.navigate("/nowhere");

        assertThat(page.locator("main h1")).hasText("There is no page at this address");
        assertThat(page.locator(".rail-nav a").first()).isVisible();
    }
}
