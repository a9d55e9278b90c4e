package io.perennial.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/** Reading needs the scope {@code read}, everything else {@code write}. */
@Component
class ApiScopes implements HandlerInterceptor {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null || !caller.isAuthenticated()) {
            throw new ApiProblem(401, "unauthenticated", "An API key is needed", "Send it as a bearer token.");
        }
        String scope = READING.contains(request.getMethod()) ? "read" : "write";
        boolean granted = caller.getAuthorities().stream()
                .anyMatch(authority -> ("SCOPE_" + scope).equals(authority.getAuthority()));
        if (!granted) {
            throw new ApiProblem(
                    403,
                    "missing_scope",
                    "This key may not do that",
                    "The call needs a key with the scope " + scope + ".");
        }
        return true;
    }
}
