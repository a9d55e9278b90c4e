package io.perennial.world;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Lets a test look at the frame itself (components page, assets, live stream, preferences, error pages) without signing in, under the
 * strictest content security policy. Only requests that carry {@link #HEADER} come this way; pages of modules do not.
 */
@TestConfiguration(proxyBeanMethods = false)
public class OpenDoor {

    public static final String HEADER = "X-Perennial-Test-Frame";

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    private static final RequestMatcher FRAME = request -> request.getHeader(HEADER) != null
            && request.getRequestURI().matches("/(dev/.*|_static/.*|live|preferences|error)");

    @Bean
    @Order(0)
    SecurityFilterChain frameWithoutSignIn(HttpSecurity http) throws Exception {
        return http.securityMatcher(FRAME)
                // Without a session: sessions of the product hold only what its database can store.
                .csrf(forms -> forms.csrfTokenRepository(new CookieCsrfTokenRepository()))
                .authorizeHttpRequests(routes -> routes.anyRequest().permitAll())
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY)))
                .build();
    }
}
