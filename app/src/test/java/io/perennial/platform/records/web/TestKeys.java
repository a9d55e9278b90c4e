package io.perennial.platform.records.web;

import io.perennial.platform.web.CurrentActor;
import io.perennial.shared.Actor;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/** Keys for tests: whoever sends {@code X-Test-Key} is that key, with the scopes of {@code X-Test-Scopes}. */
@TestConfiguration(proxyBeanMethods = false)
class TestKeys {

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain testKeySecurity(HttpSecurity http) throws Exception {
        return http.securityMatcher("/api/**")
                .csrf(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(routes -> routes.anyRequest().permitAll())
                .anonymous(AbstractHttpConfigurer::disable)
                .addFilterBefore(new TestKeyFilter(), UsernamePasswordAuthenticationFilter.class)
                .build();
    }

    @Bean
    @Primary
    CurrentActor testKeyActor() {
        return () -> {
            String name = java.util.Objects.requireNonNull(
                            SecurityContextHolder.getContext().getAuthentication())
                    .getName();
            return Actor.key(UUID.nameUUIDFromBytes(name.getBytes()), name);
        };
    }

    private static final class TestKeyFilter extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String key = request.getHeader("X-Test-Key");
            String scopes = request.getHeader("X-Test-Scopes");
            if (key != null) {
                List<SimpleGrantedAuthority> granted = Arrays.stream(
                                (scopes == null ? "read,write" : scopes).split(","))
                        .map(scope -> new SimpleGrantedAuthority("SCOPE_" + scope))
                        .toList();
                SecurityContextHolder.getContext()
                        .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(key, null, granted));
            }
            chain.doFilter(request, response);
        }
    }
}
