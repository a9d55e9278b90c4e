package io.perennial.identity.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells browsers what a page of ours may do. Set before anything else runs, so that errors carry it too. Answers are
 * never stored unless a controller says otherwise, as the one for static files does.
 */
final class BrowserArmour extends OncePerRequestFilter {

    /** Under this request attribute the page frame finds the nonce of the answer. */
    private static final String NONCE = "cspNonce";

    /** Files that say themselves how long they may be kept. */
    private static final String STATIC = "/_static/";

    private static final int NONCE_BYTES = 16;
    private static final String PAGES =
            "default-src 'none'; script-src 'self' 'nonce-%s'; style-src 'self'; img-src 'self'"
                    + " data:; connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none';"
                    + " object-src 'none'";
    private static final String PROGRAMS = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
    private static final String ONE_YEAR = "max-age=31536000; includeSubDomains";

    private final SecureRandom random = new SecureRandom();
    private final boolean https;

    BrowserArmour(boolean https) {
        this.https = https;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        response.setHeader(
                "Content-Security-Policy", path.startsWith("/api/") ? PROGRAMS : PAGES.formatted(nonce(request)));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", showsToken(path) ? "no-referrer" : "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader(
                "Permissions-Policy",
                "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()");
        if (!path.startsWith(STATIC)) {
            response.setHeader("Cache-Control", "no-store");
        }
        if (https || request.isSecure()) {
            response.setHeader("Strict-Transport-Security", ONE_YEAR);
        }
        chain.doFilter(request, response);
    }

    /** Addresses that may carry a one-time secret tell nobody, not even ourselves. */
    private static boolean showsToken(String path) {
        return path.equals("/welcome") || path.equals("/setup");
    }

    private String nonce(HttpServletRequest request) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        String nonce = Base64.getEncoder().encodeToString(bytes);
        request.setAttribute(NONCE, nonce);
        return nonce;
    }
}
