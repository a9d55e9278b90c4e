package io.perennial.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import io.perennial.renewals.DueTerms;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The board of renewals: a mouse drags, keys choose, and both do the same. */
@PerennialTest
@ExtendWith(Browser.class)
class RenewalBoardTests {

    private static final String BOARD = "/renewals?view=board&window=365";

    @Autowired
    JdbcClient database;

    @Autowired
    DueTerms terms;

    @Autowired
    People people;

    @BeforeEach
    void osloFerryIsDueInTenMonths() {
        Book book = new Book(database);
        book.line(book.account("oslo", "Oslo Ferry"), "12000", "2026-09-20")
                .until("2027-09-20")
                .per("year")
                .add();
        terms.keepAll();
    }

    @Test
    void keysMoveACardJustAsWell(Page page) {
        Browser.signIn(page, people.csm("Ana Reyes"));
        page.navigate(BOARD);
        assertThat(page.locator("[data-grip]")).hasCount(1);
        page.locator("[data-card] summary").focus();
        page.keyboard().press("Enter");
        Locator stage = page.getByLabel("Stage of Oslo Ferry");
        stage.selectOption("noticed");
        stage.focus();
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");

        assertThat(page.locator("[data-column=noticed] [data-card]")).hasCount(1);
        assertThat(page).hasURL(Pattern.compile("window=365"));
    }

    @Test
    void aMouseDragsACardOverItsOwnColumnToAnother(Page page) {
        Browser.signIn(page, people.csm("Ana Reyes"));
        page.navigate(BOARD);
        drag(page, "begun", 12);
        assertThat(page.locator("[data-column=begun] [data-card]")).hasCount(1);
        assertThat(page.locator("[data-over], [data-lifted]")).hasCount(0);
        drag(page, "value", 4);

        assertThat(page.locator("[data-column=value] [data-card]")).hasCount(1);
        assertThat(page).hasURL(Pattern.compile("window=365"));
        assertThat(page.getByText("Undo").first()).isVisible();
        drag(page, "confirmed", 4);
        assertThat(page.locator("[data-column=confirmed] [data-card]")).hasCount(1);
    }

    @Test
    void escapePutsACardBackAndAPressIsStillAClick(Page page) {
        Browser.signIn(page, people.csm("Ana Reyes"));
        page.navigate(BOARD);
        Locator card = page.locator("[data-card]");
        lift(page, "value", 4);
        assertThat(page.locator("[data-column=value][data-over]")).hasCount(1);
        page.keyboard().press("Escape");
        page.mouse().up();
        assertThat(page.locator("[data-column=begun] [data-card]")).hasCount(1);

        card.locator("a").first().click();
        assertThat(page).hasURL(Pattern.compile("/renewals/[0-9a-f-]{36}"));
    }

    private static void drag(Page page, String column, int steps) {
        lift(page, column, steps);
        page.mouse().up();
    }

    /** From the middle of the card to the middle of a column's head, as a hand does. */
    private static void lift(Page page, String column, int steps) {
        BoundingBox card = page.locator("[data-card] .row").first().boundingBox();
        BoundingBox head = page.locator("[data-column=" + column + "] h2").boundingBox();
        page.mouse().move(card.x + card.width / 2, card.y + card.height / 2);
        page.mouse().down();
        page.mouse().move(head.x + head.width / 2, head.y + head.height / 2, new Mouse.MoveOptions().setSteps(steps));
    }

    @Test
    void whoOnlyLooksDragsNothing(Page page) {
        Browser.signIn(page, people.reader());
        page.navigate(BOARD);

        assertThat(page.locator("[data-card]")).hasCount(1);
        assertThat(page.locator("[data-grip]")).hasCount(0);
    }
}
