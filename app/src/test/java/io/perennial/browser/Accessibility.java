package io.perennial.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;

/** WCAG 2.2 AA as far as a machine can tell. */
public final class Accessibility {

    private static final Map<String, Object> ALL =
            Map.of("type", "tag", "values", List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"));

    private static final String CONTRAST = "color-contrast";

    /** Colours are all that dark changes, so that only their rules are run again. */
    private static final Map<String, Object> COLOURS =
            Map.of("type", "rule", "values", List.of(CONTRAST, "link-in-text-block"));

    /** The same on every page, and looked at on those of the rail. */
    private static final String RAIL = ".rail-nav";

    private Accessibility() {}

    /** Fails with rule, element and remedy of each violation. */
    public static void assertAccessible(Page page) {
        assertAccessible(page, "");
    }

    /** The same without the links of the rail. */
    public static void assertContentAccessible(Page page) {
        assertAccessible(page, RAIL);
    }

    private static void assertAccessible(Page page, String without) {
        SoftAssertions soft = new SoftAssertions();
        soft.assertThat(violations(page, ALL, without))
                .as("accessibility of " + page.url())
                .isEmpty();
        soft.assertThat(violations(page, COLOURS, without))
                .as("colours of " + page.url())
                .isEmpty();
        soft.assertAll();
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
        return (List<?>)
                page.evaluate("([runOnly, without, contrast]) => {" + LOOKS + """
                const all = runOnly.type === 'tag'
                const where = all ? {} : {include: looks(without)}
                if (without && document.querySelector(without)) where.exclude = [[without]]
                const options = {runOnly, resultTypes: ['violations'], rules: all ? {[contrast]: {enabled: false}} : {}}
                return axe.run(where.include || where.exclude ? where : document, options).then(found => {
                  if (found.violations.length + found.passes.length === 0) throw new Error('No rule applied to the page')
                  return found.violations.map(rule => `${rule.id}: ${rule.help}` + rule.nodes.map(node =>
                    `\\n    ${node.html}\\n      ${node.failureSummary}`).join(''))
                })}
                """, List.of(rules, without, CONTRAST));
    }

    /**
     * The words of the page, of each look two: colours of text and of all that lies behind it, and the classes on the way to it.
     * To find what lies behind a word takes a millisecond, and a list says the same in a hundred rows.
     */
    private static final String LOOKS = """
            const looks = without => {
              const ways = new Map(), seen = new Map()
              const way = element => {
                if (!element) return ''
                if (!ways.has(element)) {
                  const style = getComputedStyle(element)
                  ways.set(element, `${way(element.parentElement)}>${element.localName}.${element.className}`
                    + style.backgroundColor + style.backgroundImage + style.opacity)
                }
                return ways.get(element)
              }
              return [...document.querySelectorAll('body *')].filter(element => {
                if (without && element.closest(without)) return false
                if (![...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())
                  && !element.matches('input, select, textarea')) return false
                const style = getComputedStyle(element)
                const look = way(element) + style.color + style.fontSize + style.fontWeight
                seen.set(look, (seen.get(look) || 0) + 1)
                return seen.get(look) <= 2
              })
            }
            """;

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
