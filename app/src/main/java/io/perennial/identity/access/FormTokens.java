package io.perennial.identity.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/**
 * The token that every form carries. Signed-in people have it in their session; the pages before sign-in keep it in a
 * cookie, so that a visitor who never signs in leaves nothing in the database.
 */
final class FormTokens implements CsrfTokenRepository {

    private static final String HEADER = "X-CSRF-TOKEN";
    private static final String PARAMETER = "_csrf";
    private static final String ATTRIBUTE = "form-token";
    private static final int BYTES = 24;

    private final SecureRandom random = new SecureRandom();
    private final boolean https;

    FormTokens(boolean https) {
        this.https = https;
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        byte[] token = new byte[BYTES];
        random.nextBytes(token);
        return token(Base64.getUrlEncoder().withoutPadding().encodeToString(token));
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        HttpSession session = request.getSession(false);
        if (session != null && token != null) {
            session.setAttribute(ATTRIBUTE, token.getToken());
        } else if (session != null) {
            session.removeAttribute(ATTRIBUTE);
        } else if (token != null) {
            ResponseCookie cookie = ResponseCookie.from(cookieName(request), token.getToken())
                    .path("/")
                    .httpOnly(true)
                    .secure(isSecure(request))
                    .sameSite("Strict")
                    .build();
            response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
        }
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            return session.getAttribute(ATTRIBUTE) instanceof String text ? token(text) : null;
        }
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(cookieName(request))
                        && !cookie.getValue().isBlank()) {
                    return token(cookie.getValue());
                }
            }
        }
        return null;
    }

    private static CsrfToken token(String text) {
        return new DefaultCsrfToken(HEADER, PARAMETER, text);
    }

    private String cookieName(HttpServletRequest request) {
        return isSecure(request) ? "__Host-perennial-form" : "perennial-form";
    }

    private boolean isSecure(HttpServletRequest request) {
        return https || request.isSecure();
    }
}
