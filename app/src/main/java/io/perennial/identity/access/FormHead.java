package io.perennial.identity.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of a form that stand before its first file. Browsers send fields in the order of the page, so what was typed can be
 * kept of a form whose files are too much to be read.
 */
final class FormHead {

    /** Far more than a text may have. */
    static final int LOOKED_AT = 1024 * 1024;

    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=(?:\"([^\"]{1,200})\"|([^;\\s]{1,200}))");
    private static final Pattern NAME = Pattern.compile("(?i)[; ]name=\"([^\"\\r\\n]{1,200})\"");
    private static final String BREAK = "\r\n";

    private FormHead() {}

    /** @param type the content type, with the boundary */
    static Map<String, List<String>> read(String type, InputStream body) throws IOException {
        Matcher boundary = BOUNDARY.matcher(type);
        Map<String, List<String>> fields = new LinkedHashMap<>();
        // One character for each byte, so that a piece can be cut anywhere; fields are read as UTF-8 below.
        String head = new String(body.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
        if (!boundary.find()) {
            return fields;
        }
        String mark = "--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        int at = head.indexOf(mark);
        while (at >= 0) {
            int begins = at + mark.length() + BREAK.length();
            int says = head.indexOf(BREAK + BREAK, begins);
            int ends = says < 0 ? -1 : head.indexOf(BREAK + mark, says + 2 * BREAK.length());
            String about = says < 0 ? "" : head.substring(begins, says);
            Matcher name = NAME.matcher(about);
            if (ends < 0 || about.toLowerCase(Locale.ROOT).contains("filename") || !name.find()) {
                return fields;
            }
            String value = new String(
                    head.substring(Math.min(says + 2 * BREAK.length(), ends), ends)
                            .getBytes(StandardCharsets.ISO_8859_1),
                    StandardCharsets.UTF_8);
            fields.computeIfAbsent(name.group(1), key -> new ArrayList<>()).add(value);
            at = ends + BREAK.length();
        }
        return fields;
    }
}
