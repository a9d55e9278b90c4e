package io.perennial.identity.access;

import io.perennial.identity.signin.Sessions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds the person behind the session cookie. */
final class SignedInFilter extends OncePerRequestFilter {

    /** The open event stream asks by itself, and does not keep a forgotten browser signed in. */
    private static final String EVENT_STREAM = "/live";

    private final Sessions sessions;

    SignedInFilter(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean byItself = request.getRequestURI().equals(EVENT_STREAM);
        sessions.member(request, byItself)
                .ifPresent(member -> KnownCaller.person(member.viewer()).enter());
        chain.doFilter(request, response);
    }

    /** Error pages stand in the same frame, with the same name in the corner. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
