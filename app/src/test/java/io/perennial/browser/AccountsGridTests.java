package io.perennial.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.perennial.browser.Accessibility.assertAccessible;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.perennial.world.Arrivals;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The accounts page as a grid: scrolling, keys, editing in place, selecting. */
@PerennialTest
@ExtendWith(Browser.class)
class AccountsGridTests {

    private static final int MANY = 3_000;

    @Autowired
    Arrivals arrivals;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @BeforeEach
    void threeThousandAccounts() {
        arrivals.twoManagers();
        arrivals.accounts(
                MANY,
                number -> Map.of("name", "Account %04d".formatted(number), "owner", "ana.reyes", "segment", "Large"));
    }

    @Test
    void theLastRowIsOneKeyAwayAndThePageStaysSmall(Page page) {
        open(page, "");
        page.keyboard().press("j");
        assertThat(cell(page, 0, 1)).isFocused();

        page.keyboard().press("Control+End");

        assertThat(page.locator("[data-row='2999'] [role=gridcell]").last()).isFocused();
        assertThat(page.locator("[data-row='2999']")).containsText("Account 2999");
        assertThat(page.locator("[data-row='2999']")).hasAttribute("aria-rowindex", "3001");
        page.locator("cs-grid").evaluate("grid => { grid.scrollTop = 36 * 1500 }");
        assertThat(page.locator("[data-row='1505']")).containsText("Account 1505");
        Assertions.assertThat((int) page.evaluate("document.querySelectorAll('*').length"))
                .isLessThan(4_000);
    }

    @Test
    void aCellIsEditedByKeysAndTheChangeTakenBack(Page page) {
        openCell(page, 2, "Segment");
        assertThat(page.locator(".cell-editor input")).hasValue("Large");
        assertAccessible(page);
        page.keyboard().type("Huge");
        page.keyboard().press("Escape");
        assertThat(at(page, 2, "segment")).hasText("Large");
        assertThat(at(page, 2, "segment")).isFocused();

        page.keyboard().press("F2");
        page.keyboard().type("Huge");
        page.keyboard().press("Enter");

        assertSegment(page, 2, "Huge", "Segment of Account 0002 set to Huge.");
        assertThat(at(page, 2, "segment")).isFocused();
        page.keyboard().press("Control+z");
        assertSegment(page, 2, "Large", "Undone.");
    }

    @Test
    void whoComesSecondChoosesBetweenBothValues(Page page) {
        openCell(page, 1, "Segment");
        page.keyboard().type("Mine");
        database.sql("update accounts.account set segment = 'Theirs' where external_id = 'a-1'")
                .update();
        page.keyboard().press("Enter");

        assertThat(page.locator(".cell-conflict")).containsText("set this to “Theirs”");
        assertThat(page.locator(".cell-editor input")).hasValue("Mine");
        assertAccessible(page);
        page.locator("[data-mine]").click();

        assertSegment(page, 1, "Mine", "set to Mine.");
    }

    @Test
    void whatIsNotPossibleIsSaidInTheCellAndTheTextIsKept(Page page) {
        openCell(page, 1, "Owner");
        page.keyboard().type("Nobody Here");
        page.keyboard().press("Enter");

        assertThat(page.locator(".cell-editor .error")).containsText("Nobody in the team");
        assertThat(page.locator(".cell-editor input")).hasValue("Nobody Here");
        page.keyboard().press("Escape");
        assertThat(at(page, 1, "owner")).hasText("Ana Reyes");
    }

    @Test
    void aRangeBeyondTheScreenIsSelectedChangedAndExported(Page page) throws IOException {
        open(page, "");
        focus(page, 0, "Account");
        page.keyboard().press("x");
        page.locator("cs-grid").evaluate("grid => { grid.scrollTop = 36 * 140 }");
        page.locator("[data-row='149'] input")
                .click(new Locator.ClickOptions()
                        .setModifiers(List.of(com.microsoft.playwright.options.KeyboardModifier.SHIFT)));
        assertThat(page.locator(".bulk-count")).hasText("150 selected");
        assertAccessible(page);

        Download file = page.waitForDownload(() -> page.getByText("Export CSV").click());
        Assertions.assertThat(new String(file.createReadStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .hasSize(151);

        changeSegments(page, "Moved", 150);
        page.locator("#notice button").click();
        Assertions.assertThat(segment("a-149")).isEqualTo("Large");
    }

    @Test
    void allMatchingMeansTheWholeFilter(Page page) {
        open(page, "&q=Account 00");
        focus(page, 0, "Account");
        page.keyboard().press("Control+a");
        assertThat(page.locator(".bulk-count")).hasText("All 100 matching selected");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("x");
        assertThat(page.locator(".bulk-count")).hasText("99 selected");
        changeSegments(page, "Moved", 99);

        Assertions.assertThat(segment("a-1")).isEqualTo("Large");
        Assertions.assertThat(segment("a-99")).isEqualTo("Moved");
    }

    @Test
    void withoutScriptsThePageIsReadTurnedAndChanged(@Browser.WithoutScripts Page page) {
        open(page, "");
        page.locator("tbody tr").first().locator("input").check();
        changeSegments(page, "By hand", 1);
        page.getByText("Next", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("tbody tr")).hasCount(100);
    }

    private void open(Page page, String more) {
        Browser.signIn(page, people.leader());
        page.navigate("/accounts?sort=name" + more);
    }

    /** Opens the page and, by keys, the editor of one cell. */
    private void openCell(Page page, int row, String column) {
        open(page, "");
        focus(page, row, column);
        page.keyboard().press("Enter");
    }

    /** What is shown in the row, said below the grid and stored are the same. */
    private void assertSegment(Page page, int row, String segment, String said) {
        assertThat(page.locator("cs-undo")).containsText(said);
        assertThat(at(page, row, "segment")).hasText(segment);
        Assertions.assertThat(segment("a-" + row)).isEqualTo(segment);
    }

    /** Changes the segment of everything selected, and reads how many that were. */
    private static void changeSegments(Page page, String segment, int changed) {
        page.locator("#bulk-field").selectOption("segment");
        page.locator("#bulk-value").fill(segment);
        page.locator("#bulk button.button-primary").click();
        assertThat(page.locator("#notice")).containsText("Segment: " + changed + " changed.");
    }

    private static void focus(Page page, int row, String column) {
        List<String> titles = page.locator(".grid-head > *").allTextContents();
        int place = titles.stream().map(String::strip).toList().indexOf(column);
        cell(page, row, place).click(new Locator.ClickOptions().setPosition(2, 18));
        cell(page, row, place).focus();
    }

    private static Locator cell(Page page, int row, int place) {
        return page.locator("[data-row='" + row + "'] > *").nth(place);
    }

    private static Locator at(Page page, int row, String field) {
        return page.locator("[data-row='" + row + "'] [data-edit=" + field + "]");
    }

    private String segment(String externalId) {
        return database.sql("select segment from accounts.account where external_id = :id")
                .param("id", externalId)
                .query(String.class)
                .single();
    }
}
