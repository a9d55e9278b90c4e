package io.perennial.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
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
        assertThat(page.locator("[draggable=true]")).hasCount(1);
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
    void whoOnlyLooksDragsNothing(Page page) {
        Browser.signIn(page, people.reader());
        page.navigate(BOARD);

        assertThat(page.locator("[data-card]")).hasCount(1);
        assertThat(page.locator("[draggable=true]")).hasCount(0);
    }
}
