package io.perennial.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.Hostile;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class MarkdownTests {

    private static final Set<String> HARMLESS = Set.of(
            "html",
            "head",
            "body",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "p",
            "br",
            "hr",
            "strong",
            "em",
            "code",
            "pre",
            "blockquote",
            "ul",
            "ol",
            "li",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "a",
            "img");
    private static final Set<String> HARMLESS_ATTRIBUTES = Set.of("href", "rel", "src", "alt", "start");

    @Test
    void anArticleHasHeadingsBelowItsTitleListsAndTables() {
        String html =
                Markdown.html("# Share\n\nChoose **Share**.\n\n1. one\n2. two\n\n| a | b |\n|---|---|\n| 1 | 2 |");

        Document page = Jsoup.parse(html);
        assertThat(page.select("h1")).isEmpty();
        assertThat(page.select("h2").text()).isEqualTo("Share");
        assertThat(page.select("strong").text()).isEqualTo("Share");
        assertThat(page.select("ol > li")).hasSize(2);
        assertThat(page.select("td").eachText()).containsExactly("1", "2");
    }

    @Test
    void htmlInATextIsShownAsText() {
        String html = Markdown.html("Use <b>bold</b>\n\n<script>alert(1)</script>\n");

        assertThat(Jsoup.parse(html).select("b, script")).isEmpty();
        assertThat(Jsoup.parse(html).text()).contains("<b>bold</b>", "<script>alert(1)</script>");
    }

    @Test
    void linksLeadToTheWebToMailAndIntoTheProductOnly() {
        String html = Markdown.html("""
                [web](https://example.org/a) [mail](mailto:a@example.org) [here](/knowledge) [part](#steps)
                [code](javascript:alert(1)) [file](file:///etc/passwd) [data](data:text/html,x) [other](//evil.test/x)
                [odd](/\\evil.test) [entity](&#106;avascript:alert(1)) <javascript:alert(1)>
                """);

        assertThat(Jsoup.parse(html).select("a[href]").eachAttr("href"))
                .containsExactly("https://example.org/a", "mailto:a@example.org", "/knowledge", "#steps");
        assertThat(Jsoup.parse(html).select("a[href]").eachAttr("rel"))
                .allSatisfy(rel -> assertThat(rel).contains("noopener", "noreferrer", "nofollow", "ugc"));
    }

    @Test
    void picturesComeFromThisProductOnly() {
        String html = Markdown.html(
                "![ours](/files/0190-a/board.png) ![theirs](https://evil.test/p.gif) ![inline](data:image/png;base64,AA)");

        assertThat(Jsoup.parse(html).select("img").eachAttr("src")).containsExactly("/files/0190-a/board.png");
        assertThat(Jsoup.parse(html).text()).as("of others the words stay").contains("theirs", "inline");
    }

    @Test
    void aTextNestedTenThousandDeepIsReadWithinASecond() {
        for (String deep : List.of("> ".repeat(10_000), "[".repeat(10_000), "*".repeat(10_000), "- ".repeat(5_000))) {
            Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
                assertThat(Markdown.html(deep + "x")).contains("x");
                assertThat(Markdown.plain(deep + "x")).contains("x");
            });
        }
    }

    @Test
    void nothingHostileIsLeftOfTheSharedCollection() {
        int tried = 0;
        for (String entrance : List.of("kb_html", "email", "portal", "survey", "search", "filename", "rest", "csv")) {
            for (Hostile hostile : Hostile.of(entrance)) {
                if (hostile.repeated()) {
                    continue;
                }
                assertHarmless(Markdown.html(hostile.text()), hostile.id());
                assertHarmless(Markdown.sanitised(hostile.text()), hostile.id() + ", as HTML");
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(50);
    }

    /** {@code kb-html-tabnabbing}. */
    @Test
    void aLinkInHtmlGetsNoHoldOnThePageItCameFrom() {
        String html = Markdown.sanitised("<a target=_blank href=https://x.test>x</a>");

        assertThat(Jsoup.parse(html).select("a").attr("rel").split(" "))
                .contains("noopener", "noreferrer", "nofollow", "ugc");
        assertThat(Jsoup.parse(html).select("a").text()).isEqualTo("x");
    }

    private static void assertHarmless(String html, String name) {
        for (Element element : Jsoup.parse(html).getAllElements()) {
            if (element.normalName().equals("#root")) {
                continue;
            }
            assertThat(HARMLESS).as(name + ": " + html).contains(element.normalName());
            element.attributes().forEach(attribute -> {
                assertThat(HARMLESS_ATTRIBUTES).as(name + ": " + html).contains(attribute.getKey());
                if (attribute.getKey().equals("href")) {
                    assertThat(attribute.getValue()).as(name).matches("(?i)https?://.+|mailto:.+|#.*|/(?![/\\\\]).*");
                }
                if (attribute.getKey().equals("src")) {
                    assertThat(attribute.getValue()).as(name).startsWith("/files/");
                }
            });
        }
    }
}
