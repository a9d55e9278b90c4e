package io.perennial.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;

/** WCAG 2.2 AA as far as a machine can tell. */
public final class Accessibility {

    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private Accessibility() {}

    /** Fails with rule, element and remedy of each violation. */
    public static void assertAccessible(Page page) {
        assertThat(violations(new AxeBuilder(page).setLegacyMode(true).withTags(RULES)))
                .as("accessibility of " + page.url())
                .isEmpty();
    }

    private static List<String> violations(AxeBuilder axe) {
        return axe.analyze().getViolations().stream()
                .map(rule -> rule.getId() + ": " + rule.getHelp()
                        + rule.getNodes().stream()
                                .map(node -> "\n    " + node.getHtml() + "\n      " + node.getFailureSummary())
                                .toList())
                .toList();
    }

    /** Colours are all that dark changes, so that only their rules are run again. */
    public static void assertReadableInTheDark(Page page) {
        page.emulateMedia(
                new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK).setReducedMotion(ReducedMotion.REDUCE));
        List<String> violations = violations(
                new AxeBuilder(page).setLegacyMode(true).withRules(List.of("color-contrast", "link-in-text-block")));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertThat(violations).as("dark look of " + page.url()).isEmpty();
    }

    /** Fails when somebody would have to scroll sideways at the width of the page. */
    public static void assertReflows(Page page) {
        Object tooWide = page.evaluate("""
                () => document.documentElement.scrollWidth <= innerWidth ? '' : [...document.querySelectorAll('body *')]
                  .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
                  .slice(0, 5).map(e => e.tagName + '.' + e.className).join(', ') || 'page'
                """);
        assertThat(tooWide).as("wider than the window: " + page.url()).isEqualTo("");
    }
}
