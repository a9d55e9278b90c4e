package io.perennial.platform.web;

import jakarta.servlet.http.HttpServletResponse;

/**
 * A page for whoever has its address, without signing in: it runs no script, stands in nobody's frame, tells no other site its
 * address and is in no search engine.
 */
public final class OpenPage {

    private static final String NOTHING_RUNS = "default-src 'none'; style-src 'self'; img-src 'self'; form-action %s;"
            + " frame-ancestors 'none'; base-uri 'none'";

    private OpenPage() {}

    /** @param answers whether the page has a form */
    public static void armour(HttpServletResponse response, boolean answers) {
        response.setHeader("Content-Security-Policy", NOTHING_RUNS.formatted(answers ? "'self'" : "'none'"));
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex, nofollow");
    }
}
