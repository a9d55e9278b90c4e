package io.perennial.mail.in;

import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/**
 * HTML of strangers, made harmless: only what an allow-list names is left of it, links lead out and say nothing about us, and no
 * picture is fetched from anywhere but the letter itself.
 */
final class SafeHtml {

    private static final String PICTURE = "cid";
    private static final Safelist ALLOWED = Safelist.relaxed()
            .addTags("hr", "s", "center")
            .removeAttributes(":all", "style", "class", "id")
            .removeProtocols("a", "href", "ftp")
            .removeProtocols("img", "src", "http", "https")
            .addProtocols("img", "src", PICTURE)
            .addEnforcedAttribute("a", "rel", "noopener noreferrer nofollow")
            .addEnforcedAttribute("a", "target", "_blank");

    private SafeHtml() {}

    /** Pictures still named by {@code cid:}. */
    static String clean(String html) {
        Document clean = new Cleaner(ALLOWED).clean(Jsoup.parse(html));
        clean.outputSettings().prettyPrint(false);
        for (Element picture : clean.select("img:not([src])")) {
            picture.replaceWith(new TextNode(picture.attr("alt")));
        }
        clean.select("img:not([alt])").attr("alt", "Picture in the letter");
        // Its headings would stand among those of the page that shows it.
        clean.select("h1,h2,h3,h4,h5,h6").forEach(heading -> {
            Element line =
                    new Element("p").appendChild(new Element("strong").insertChildren(0, heading.childNodesCopy()));
            heading.replaceWith(line);
        });
        return clean.body().html();
    }

    /** @param addresses of pictures by their content id; those without one are replaced by their words */
    static String withPictures(String clean, Map<String, String> addresses) {
        if (!clean.contains(PICTURE + ":")) {
            return clean;
        }
        Document document = Jsoup.parseBodyFragment(clean);
        document.outputSettings().prettyPrint(false);
        for (Element picture : document.select("img[src]")) {
            String id = picture.attr("src").substring(PICTURE.length() + 1);
            String address = addresses.get(id);
            if (address == null) {
                picture.replaceWith(new TextNode(picture.attr("alt")));
            } else {
                picture.attr("src", address);
            }
        }
        return document.body().html();
    }

    /** The words of it, a line for each block. */
    static String text(String html) {
        Document document = Jsoup.parse(html);
        document.select("script,style,head,title,template,noscript").remove();
        return words(document.body());
    }

    /** The words without what mail programs mark as repeated. */
    static String freshText(String html) {
        Document document = Jsoup.parse(html);
        document.select("script,style,head,title,template,noscript").remove();
        document.select("#divRplyFwdMsg, #appendonsend, .moz-cite-prefix, .OutlookMessageHeader")
                .forEach(mark -> {
                    mark.nextElementSiblings().remove();
                    mark.remove();
                });
        document.select("blockquote[type=cite], .gmail_quote, .yahoo_quoted, .protonmail_quote, .moz-cite-prefix")
                .remove();
        return words(document.body());
    }

    /** Line ends of the source are blanks to a reader, but for text that was laid out by hand. */
    private static void foldBlanks(Element body) {
        for (Element element : body.select("*")) {
            if (element.closest("pre,textarea") == null) {
                element.textNodes()
                        .forEach(text -> text.text(text.getWholeText().replaceAll("[ \\t\\r\\n\\f]+", " ")));
            }
        }
    }

    private static String words(Element body) {
        foldBlanks(body);
        body.select("td,th").forEach(cell -> cell.appendText(" "));
        body.select("br").forEach(line -> line.replaceWith(new TextNode("\n")));
        body.select("p,div,tr,li,h1,h2,h3,h4,h5,h6,blockquote,pre,table,ul,ol,hr")
                .forEach(block -> {
                    block.prependText("\n");
                    block.appendText("\n");
                });
        return body.wholeText()
                .replace('\u00a0', ' ')
                .replaceAll("[ \\t]+\n", "\n")
                .replaceAll("\n[ \\t]+", "\n")
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }
}
