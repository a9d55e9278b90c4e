package io.perennial.platform.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * How this browser likes to see Perennial. Kept in cookies, so that the first byte of a page is already right.
 *
 * @param theme {@code system}, {@code light} or {@code dark}
 * @param density {@code comfortable}, {@code default} or {@code compact}
 * @param palette {@code safe} (blue, ochre, crimson) or {@code classic} (green, amber, red)
 * @param singleKeys false when shortcuts without a modifier are switched off (WCAG 2.1.4)
 * @param railOpen false when the left rail shows icons only
 * @param windows false when long lists are shown as pages, which screen readers often read better
 */
public record Preferences(
        String theme, String density, String palette, boolean singleKeys, boolean railOpen, boolean windows) {

    static final Set<String> THEMES = Set.of("system", "light", "dark");
    static final Set<String> DENSITIES = Set.of("comfortable", "default", "compact");
    static final Set<String> PALETTES = Set.of("safe", "classic");
    static final Set<String> SWITCH = Set.of("on", "off");

    static Preferences of(HttpServletRequest request) {
        return new Preferences(
                chosen(request, "theme", THEMES, "system"),
                chosen(request, "density", DENSITIES, "default"),
                chosen(request, "palette", PALETTES, "safe"),
                chosen(request, "keys", SWITCH, "on").equals("on"),
                chosen(request, "rail", SWITCH, "on").equals("on"),
                chosen(request, "windows", SWITCH, "on").equals("on"));
    }

    static Preferences none() {
        return new Preferences("system", "default", "safe", true, true, true);
    }

    Preferences withTheme(String other) {
        return new Preferences(other, density, palette, singleKeys, railOpen, windows);
    }

    private static String chosen(HttpServletRequest request, String name, Set<String> known, String otherwise) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return otherwise;
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals("perennial." + name) && known.contains(cookie.getValue())) {
                return cookie.getValue();
            }
        }
        return otherwise;
    }
}
