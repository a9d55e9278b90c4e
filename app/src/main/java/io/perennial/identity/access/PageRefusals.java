package io.perennial.identity.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** How people are told no: to sign-in and back, or a page that says why. */
@Component
class PageRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final DeniedAccess denied;

    PageRefusals(DeniedAccess denied) {
        this.denied = denied;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException problem)
            throws IOException {
        if (request.getHeader("HX-Request") != null) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader("HX-Redirect", "/sign-in");
        } else if (acceptsEvents(request)) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", "/sign-in" + back(request));
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException problem)
            throws IOException {
        if (KnownCaller.current().isEmpty()) {
            // A form that was left open until its token was forgotten.
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", isOpen(request) ? request.getRequestURI() : "/sign-in");
            return;
        }
        denied.note(request);
        boolean exists = Routes.knows(request.getRequestURI());
        response.sendError(exists ? HttpServletResponse.SC_FORBIDDEN : HttpServletResponse.SC_NOT_FOUND);
    }

    private static boolean isOpen(HttpServletRequest request) {
        return Routes.allows(new Caller.Anybody(), "GET", request.getRequestURI());
    }

    private static boolean acceptsEvents(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.startsWith("text/event-stream");
    }

    private static String back(HttpServletRequest request) {
        if (!request.getMethod().equals("GET") || request.getRequestURI().equals("/")) {
            return "";
        }
        String query = request.getQueryString();
        String page = query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
        return "?next=" + URLEncoder.encode(page, StandardCharsets.UTF_8);
    }
}
