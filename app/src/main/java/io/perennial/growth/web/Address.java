package io.perennial.growth.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The address of a view: its path and what is asked of it. */
final class Address {

    private Address() {}

    /** @param pairs name and value in turn; what is empty is left out */
    static String of(String path, String... pairs) {
        StringBuilder address = new StringBuilder(path);
        char mark = '?';
        for (int i = 0; i < pairs.length; i += 2) {
            if (!pairs[i + 1].isEmpty()) {
                address.append(mark)
                        .append(pairs[i])
                        .append('=')
                        .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
                mark = '&';
            }
        }
        return address.toString();
    }
}
