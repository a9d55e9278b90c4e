package io.perennial.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.Map;

/** WCAG 2.2 AA as far as a machine can tell. */
public final class Accessibility {

    private static final Map<String, Object> ALL =
            Map.of("type", "tag", "values", List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"));

    /** Colours are all that dark changes, so that only their rules are run again. */
    private static final Map<String, Object> COLOURS =
            Map.of("type", "rule", "values", List.of("color-contrast", "link-in-text-block"));

    /** The same on every page, and looked at on those of the rail. */
    private static final String RAIL = ".rail-nav";

    private Accessibility() {}

    /** Fails with rule, element and remedy of each violation. */
    public static void assertAccessible(Page page) {
        assertThat(violations(page, ALL, ""))
                .as("accessibility of " + page.url())
                .isEmpty();
    }

    /** The same without the links of the rail. */
    public static void assertContentAccessible(Page page) {
        assertThat(violations(page, ALL, RAIL))
                .as("accessibility of " + page.url())
                .isEmpty();
    }

    public static void assertReadableInTheDark(Page page) {
        assertReadableInTheDark(page, "");
    }

    public static void assertContentReadableInTheDark(Page page) {
        assertReadableInTheDark(page, RAIL);
    }

    private static void assertReadableInTheDark(Page page, String without) {
        page.emulateMedia(
                new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK).setReducedMotion(ReducedMotion.REDUCE));
        List<?> violations = violations(page, COLOURS, without);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertThat(violations).as("dark look of " + page.url()).isEmpty();
    }

    /** Only violations are written out and cross to us: what passes is a thousand times as much. */
    private static List<?> violations(Page page, Map<String, Object> rules, String without) {
        if (page.evaluate("typeof window.axe").equals("undefined")) {
            page.evaluate("() => {" + AxeBuilder.getAxeScript() + "}");
        }
        return (List<?>) page.evaluate("""
                ([runOnly, without]) => axe.run(without && document.querySelector(without) ? {exclude: [[without]]} : document,
                  {runOnly, resultTypes: ['violations']}).then(found => {
                  if (found.violations.length + found.passes.length === 0) throw new Error('No rule applied to the page')
                  return found.violations.map(rule => `${rule.id}: ${rule.help}` + rule.nodes.map(node =>
                    `\\n    ${node.html}\\n      ${node.failureSummary}`).join(''))
                })
                """, List.of(rules, without));
    }

    /** Fails when somebody would have to scroll sideways at the width of the page. */
    public static void assertReflows(Page page) {
        Object tooWide = page.evaluate("""
                () => document.documentElement.scrollWidth <= innerWidth ? '' : [...document.querySelectorAll('body *')]
                  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.tabs, .table-scroll'))
                  .slice(0, 5).map(e => e.tagName + '.' + e.className + '#' + (e.closest('[id]') || e).id).join(', ') || 'page'
                """);
        assertThat(tooWide).as("wider than the window: " + page.url()).isEqualTo("");
    }
}
