package io.perennial.identity.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets files in only where files are taken, and only from those who may bring them. Everything behind this filter that
 * asks for a form field would first take the whole body to disk, and the form token is such a field.
 */
final class FileDoor<R extends AuthenticationEntryPoint & AccessDeniedHandler> extends OncePerRequestFilter {

    /** Of a form with files that is no import: what may stay in a letter is far below it. */
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private final R refusals;

    FileDoor(R refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!carriesFiles(request)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Caller> known = KnownCaller.current().map(KnownCaller::caller);
        if (!Routes.allows(known.orElseGet(Caller.Anybody::new), request.getMethod(), request.getRequestURI())) {
            refuse(known.isPresent(), request, response);
        } else if (!Routes.takesFiles(request.getMethod(), request.getRequestURI())) {
            response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
        } else if (!Routes.takesMuch(request.getMethod(), request.getRequestURI()) && isMuch(request)) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void refuse(boolean known, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (known) {
            refusals.handle(request, response, new AccessDeniedException("May not bring files"));
        } else {
            refusals.commence(request, response, new AuthenticationCredentialsNotFoundException("Nobody known"));
        }
    }

    /** A browser says how long a form is; what does not say it may be endless. */
    private static boolean isMuch(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        return length < 0 || length > MOST_BYTES;
    }

    private static boolean carriesFiles(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
    }
}
