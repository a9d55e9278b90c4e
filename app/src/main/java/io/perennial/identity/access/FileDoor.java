package io.perennial.identity.access;

import io.perennial.platform.web.CutForm;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

    /** Of a form that is too large: read and thrown away, because a browser shows an answer only once it has sent everything. */
    private static final long MOST_THROWN_AWAY = 512L * 1024 * 1024;

    private static final long MEGABYTE = 1024 * 1024;

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
        if (Routes.ignoresBody(request.getMethod(), request.getRequestURI())) {
            chain.doFilter(new WithoutBody(request), response);
            return;
        }
        Optional<Caller> known = KnownCaller.current().map(KnownCaller::caller);
        if (!Routes.allows(known.orElseGet(Caller.Anybody::new), request.getMethod(), request.getRequestURI())) {
            refuse(known.isPresent(), request, response);
        } else if (!Routes.takesFiles(request.getMethod(), request.getRequestURI())) {
            response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
        } else if (!Routes.takesMuch(request.getMethod(), request.getRequestURI()) && isMuch(request)) {
            cut(request, response, chain);
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

    /** What was typed goes on without the files; the page says why they were not taken. */
    private static void cut(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long length = request.getContentLengthLong();
        if (length < 0 || length > MOST_THROWN_AWAY) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        InputStream body = request.getInputStream();
        HttpServletRequest rest = new ShortForm(request, FormHead.read(request.getContentType(), body));
        body.transferTo(OutputStream.nullOutputStream());
        rest.setAttribute(
                CutForm.WHY,
                "The files have " + length / MEGABYTE + " MB together, which is more than a form takes ("
                        + MOST_BYTES / MEGABYTE
                        + " MB). None of them was kept and nothing was sent; your text is here.");
        chain.doFilter(rest, response);
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
