package io.perennial.browser;

import static io.perennial.browser.Accessibility.assertAccessible;
import static io.perennial.browser.Accessibility.assertReadableInTheDark;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import io.perennial.world.PerennialTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The check of all pages finds what it is for, also where a hundred rows look alike and one does not. */
@PerennialTest
@ExtendWith(Browser.class)
class AccessibilityTests {

    private static final String ROW = "<tr><td>Oslo Ferry</td></tr>";

    @Test
    void rowsThatReadWellAreFine(Page page) {
        page.setContent(list(ROW));

        assertThatCode(() -> assertAccessible(page)).doesNotThrowAnyException();
    }

    @Test
    void theOneRowWithFaintWordsIsFound(Page page) {
        page.setContent(list("<tr><td style='color: #bbb'>Kiva Foods</td></tr>"));

        assertThatThrownBy(() -> assertAccessible(page)).hasMessageContaining("color-contrast");
    }

    @Test
    void theOneRowOnAnotherGroundIsFound(Page page) {
        page.setContent(list("<tr style='background: #333'><td>Kiva Foods</td></tr>"));

        assertThatThrownBy(() -> assertAccessible(page)).hasMessageContaining("color-contrast");
    }

    @Test
    void aRowThatIsFaintOnlyInTheDarkIsFoundThere(Page page) {
        page.setContent("<style>@media (prefers-color-scheme: dark) { .left { color: #ccc } }</style>"
                + list("<tr><td class='left'>Kiva Foods</td></tr>"));

        assertThatCode(() -> assertAccessible(page)).doesNotThrowAnyException();
        assertThatThrownBy(() -> assertReadableInTheDark(page)).hasMessageContaining("color-contrast");
    }

    @Test
    void aFieldWithoutALabelIsFound(Page page) {
        page.setContent(list("<tr><td><input type='text'></td></tr>"));

        assertThatThrownBy(() -> assertAccessible(page)).hasMessageContaining("label");
    }

    private static String list(String last) {
        return "<html lang='en'><title>Accounts</title><body style='background: #fff; color: #222'><main><h1>Accounts</h1><table>"
                + ROW.repeat(100) + last + ROW.repeat(3) + "</table></main></body></html>";
    }
}
