package io.perennial.platform.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The line icons of the product, inlined as SVG: no request, no font, coloured by the text around them. */
public final class Icons {

    private static final Logger log = LoggerFactory.getLogger(Icons.class);
    private static final Map<String, String> DRAWN = new ConcurrentHashMap<>();
    private static final String DOT =
            "<svg class=\"icon\" viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" fill=\"currentColor\" aria-hidden=\"true\""
                    + " focusable=\"false\"><circle cx=\"8\" cy=\"8\" r=\"3\"/></svg>";

    private Icons() {}

    /** The drawing, hidden from screen readers. An unknown name gives a dot and one warning in the log. */
    public static String svg(String name) {
        return DRAWN.computeIfAbsent(name, Icons::draw);
    }

    static boolean exists(String name) {
        try {
            return Libraries.icons("icons/" + name + ".svg").exists();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String draw(String name) {
        if (!name.matches("[a-z0-9-]+") || !exists(name)) {
            log.warn("There is no icon named {}; a dot stands in its place.", name);
            return DOT;
        }
        try {
            String drawing = Libraries.icons("icons/" + name + ".svg").getContentAsString(StandardCharsets.UTF_8);
            String shapes = drawing.substring(drawing.indexOf('>') + 1, drawing.lastIndexOf("</svg>"))
                    .strip();
            return "<svg class=\"icon\" viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" fill=\"currentColor\""
                    + " aria-hidden=\"true\" focusable=\"false\">" + shapes + "</svg>";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
