package io.perennial.identity.access;

import io.perennial.identity.keys.ApiKey;
import io.perennial.identity.keys.ApiKeys;
import io.perennial.identity.keys.KeyText;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds the API key of a request, in the Authorization header and nowhere else. */
final class ApiKeyFilter extends OncePerRequestFilter {

    private static final String BEARER = "bearer ";

    private final ApiKeys keys;

    ApiKeyFilter(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (carriesKey(request.getRequestURI()) || carriesKey(request.getQueryString())) {
            ApiRefusals.unauthorised(
                    response,
                    "key-in-address",
                    "An API key must not stand in an address: addresses are kept in logs and histories. Send it in"
                            + " the header \"Authorization: Bearer ...\" and revoke this one.");
            return;
        }
        String header = request.getHeader("Authorization");
        if (header != null) {
            Optional<ApiKey> key = header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                    ? keys.recognise(header.substring(BEARER.length()).strip())
                    : Optional.empty();
            if (key.isEmpty()) {
                ApiRefusals.unauthorised(response, "invalid-key", "This API key is unknown, mistyped or revoked.");
                return;
            }
            KnownCaller.key(key.get()).enter();
        }
        chain.doFilter(request, response);
    }

    private static boolean carriesKey(@Nullable String text) {
        return text != null && text.contains(KeyText.PREFIX);
    }
}
