package io.perennial.knowledge;

import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Turns what people wrote into HTML that cannot do anything. HTML inside the text is shown as text; what is left passes a
 * list of allowed elements. Links lead to http, https, mailto or into this product; pictures come from this product only.
 */
final class Markdown {

    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

    /** Deeper lists and quotations are read as text. */
    private static final int DEEPEST = 40;

    private static final Pattern LINK = Pattern.compile("(?i)https?://.+|mailto:.+|#[\\w-]*|/(?![/\\\\]).*");
    private static final Pattern PICTURE = Pattern.compile("/files/[\\w./-]+");

    private static final Parser PARSER =
            Parser.builder().extensions(EXTENSIONS).maxOpenBlockParsers(DEEPEST).build();
    private static final HtmlRenderer HTML = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();
    private static final TextContentRenderer TEXT = TextContentRenderer.builder()
            .extensions(EXTENSIONS)
            .lineBreakRendering(LineBreakRendering.COMPACT)
            .build();

    private static final PolicyFactory ALLOWED = new HtmlPolicyBuilder()
            .allowElements(
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
                    "img")
            .allowUrlProtocols("http", "https", "mailto")
            .allowAttributes("href")
            .matching(LINK)
            .onElements("a")
            .requireRelsOnLinks("noopener", "noreferrer", "nofollow", "ugc")
            .allowAttributes("src")
            .matching(PICTURE)
            .onElements("img")
            .allowAttributes("alt")
            .onElements("img")
            .allowAttributes("start")
            .matching(Pattern.compile("\\d{1,9}"))
            .onElements("ol")
            .toFactory();

    private Markdown() {}

    /** Safe to put on a page as it is. Headings start at the second level: the first is the title's. */
    static String html(String markdown) {
        Node document = PARSER.parse(markdown);
        document.accept(new LowerHeadings());
        document.accept(new OwnPictures());
        return sanitised(HTML.render(document));
    }

    static String sanitised(String html) {
        return ALLOWED.sanitize(html);
    }

    /** Without signs of markup, for search and excerpts. */
    static String plain(String markdown) {
        return TEXT.render(PARSER.parse(markdown)).strip();
    }

    /** Of a picture from elsewhere its words stay. */
    private static final class OwnPictures extends AbstractVisitor {
        @Override
        public void visit(Image picture) {
            if (PICTURE.matcher(picture.getDestination()).matches()) {
                return;
            }
            Node word = picture.getFirstChild();
            while (word != null) {
                Node next = word.getNext();
                picture.insertBefore(word);
                word = next;
            }
            picture.unlink();
        }
    }

    private static final class LowerHeadings extends AbstractVisitor {
        @Override
        public void visit(Heading heading) {
            heading.setLevel(Math.min(6, heading.getLevel() + 1));
            visitChildren(heading);
        }
    }
}
