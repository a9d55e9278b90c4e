package io.perennial.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.perennial.browser.Accessibility.assertAccessible;
import static io.perennial.browser.Accessibility.assertReflows;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.perennial.platform.live.Live;
import io.perennial.world.PerennialTest;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@PerennialTest
@ExtendWith(Browser.class)
class ComponentsTests {

    @Autowired
    Live live;

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyComponentIsAccessible(String theme, Page page) {
        page.navigate("/dev/components?theme=" + theme);
        chartsAreDrawn(page);

        assertAccessible(page);
    }

    @Test
    void menuPaletteAndDialogAreAccessibleWhileOpen(Page page) {
        page.navigate("/dev/components");
        page.getByLabel("Your menu, Ana Reis").click();
        assertAccessible(page);
        page.keyboard().press("Escape");
        page.keyboard().press("Control+k");
        assertAccessible(page);
        page.keyboard().press("Escape");
        page.locator("[data-open-dialog]").click();
        assertAccessible(page);
    }

    @Test
    void phoneNeedsNoSidewaysScrolling(Page page) {
        page.setViewportSize(320, 700);
        page.navigate("/dev/components");
        chartsAreDrawn(page);

        assertReflows(page);

        page.getByLabel("Open menu").click();
        assertThat(page.locator(".rail-nav")).isInViewport();
        page.keyboard().press("Escape");
        assertThat(page.locator(".rail-nav")).not().isVisible();
    }

    @Test
    void paletteLeadsToAPageByKeysAlone(Page page) {
        page.navigate("/dev/components");
        page.keyboard().press("Control+k");
        page.keyboard().type("acc");
        assertThat(page.locator(".palette [role=option]").first()).containsText("Accounts");
        page.keyboard().press("Enter");

        page.waitForURL("**/dev/components?at=accounts");
    }

    @Test
    void gThenALetterGoesToAPageUnlessSingleKeysAreOff(Page page) {
        page.navigate("/dev/components");
        page.keyboard().press("g");
        page.keyboard().press("t");
        page.waitForURL("**/dev/components?at=today");

        page.getByLabel("Your menu, Ana Reis").click();
        page.waitForResponse(
                "**/preferences",
                () -> page.locator("button[name=keys][value=off]").click());
        page.reload();
        page.keyboard().press("g");
        page.keyboard().press("s");
        page.keyboard().press("?");
        assertThat(page.locator("#keys-sheet")).not().isVisible();
        Assertions.assertThat(page.url()).endsWith("at=today");
    }

    @Test
    void jAndKWalkTheRowsAndSpaceShowsThePreview(Page page) {
        page.navigate("/dev/components");
        page.keyboard().press("j");
        page.keyboard().press("j");
        assertThat(page.locator("tr[data-cursor]")).containsText("Tamm Works");
        page.keyboard().press("Space");
        assertThat(page.locator("#panel")).containsText("At risk");
        page.keyboard().press("k");
        assertThat(page.locator("#panel-title")).hasText("Norda Bank");
        page.keyboard().press("Escape");
        assertThat(page.locator("#panel")).not().isVisible();
        Assertions.assertThat(focused(page)).isNotEqualTo("BODY");
    }

    @Test
    void regionRefreshesItselfWhenSomethingChanged(Page page) {
        page.navigate("/dev/components");
        Browser.hearsOfChanges(page);
        String before = page.locator("#live-moment").textContent();

        live.changed("sample");

        assertThat(page.locator("#live-moment")).not().hasText(before);
    }

    @Test
    void regionThatIsBeingEditedIsLeftAlone(Page page) {
        page.navigate("/dev/components");
        Browser.hearsOfChanges(page);
        Locator note = page.locator("textarea#live-note");
        note.click();
        page.keyboard().type("They lost their champ");
        page.keyboard().press("ArrowLeft");
        String before = page.locator("#live-moment").textContent();

        live.changed("sample");

        assertThat(page.locator("#live-sample > .live-note")).containsText("Updated.");
        assertThat(page.locator("#live-moment")).hasText(before);
        page.keyboard().type("!");
        assertThat(note).hasValue("They lost their cham!p");
        assertThat(note).isFocused();

        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Show").setExact(true))
                .click();
        assertThat(page.locator("#live-moment")).not().hasText(before);
        assertThat(page.locator("textarea#live-note")).hasValue("They lost their cham!p");
        Assertions.assertThat(focused(page)).isNotEqualTo("BODY");
    }

    @Test
    void chartIsDrawnAndHasItsTable(Page page) {
        page.navigate("/dev/components");
        chartsAreDrawn(page);
        Locator chart = page.locator("cs-chart").first();
        assertThat(chart.locator(".chart-table")).not().isVisible();
        chart.locator(".chart-plot").focus();
        page.keyboard().press("End");
        assertThat(chart.locator(".chart-readout")).containsText("16 Nov: 38");
        chart.getByText("Show table").click();
        assertThat(chart.locator(".chart-table")).isVisible();
    }

    @Test
    void windowOnAHundredThousandRowsReachesTheLastOne(Page page) {
        page.navigate("/dev/components");
        Locator grid = page.locator("cs-grid");
        grid.locator("#sample-0 [role=gridcell]").nth(1).focus();
        page.keyboard().press("ArrowDown");
        assertThat(grid.locator("#sample-1 [role=gridcell]").nth(1)).isFocused();
        page.keyboard().press("x");
        assertThat(grid.locator("#sample-1")).hasAttribute("aria-selected", "true");
        page.keyboard().press("Control+End");
        assertThat(grid.locator("#sample-99999 [role=gridcell]").last()).isFocused();
        assertThat(grid.locator("#sample-99999")).hasAttribute("aria-rowindex", "100001");
        Assertions.assertThat((int) page.evaluate("document.querySelectorAll('cs-grid [role=row]').length"))
                .isLessThan(400);
    }

    @Test
    void withoutScriptsThePageReadsAndSaves(@Browser.WithoutScripts Page page) {
        page.navigate("/dev/components");
        assertThat(page.locator("cs-chart .chart-table").first()).isVisible();
        page.locator("cs-menu summary").click();
        page.locator("button[name=theme][value=dark]").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", Pattern.compile("dark"));
    }

    private static void chartsAreDrawn(Page page) {
        page.locator("cs-chart").first().waitFor();
        for (Locator chart : page.locator("cs-chart").all()) {
            chart.scrollIntoViewIfNeeded();
            assertThat(chart.locator(".chart-plot svg")).isVisible();
        }
    }

    private static Object focused(Page page) {
        return page.evaluate("document.activeElement.tagName");
    }
}
