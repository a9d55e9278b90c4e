package io.perennial.identity.access;

import io.perennial.identity.keys.ApiKeys;
import io.perennial.identity.signin.Sessions;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Two doors: programs with a key under /api, people with a session everywhere else. {@link Routes} decides for both. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    @Order(1)
    SecurityFilterChain programs(HttpSecurity http, ApiKeys keys, ApiRefusals refusals) throws Exception {
        return common(http)
                .securityMatcher(request -> request.getRequestURI().startsWith("/api/"))
                .csrf(AbstractHttpConfigurer::disable)
                .addFilterBefore(new FileDoor<>(refusals), CsrfFilter.class)
                .addFilterBefore(new ApiKeyFilter(keys), FileDoor.class)
                .exceptionHandling(no -> no.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain people(
            HttpSecurity http,
            Sessions sessions,
            PageRefusals refusals,
            @Value("${perennial.https:false}") boolean https)
            throws Exception {
        return common(http)
                // A link from a letter is itself the secret, and its page leaves no cookie with the customer; mail
                // programs
                // press its button without having seen the page.
                .csrf(forms -> forms.csrfTokenRepository(new FormTokens(https))
                        .ignoringRequestMatchers(
                                request -> request.getRequestURI().startsWith("/satisfaction/"),
                                request -> request.getRequestURI().startsWith("/leaving/"),
                                request -> request.getRequestURI().startsWith("/s/"),
                                request -> request.getRequestURI().startsWith("/progress/"),
                                request -> request.getRequestURI().startsWith("/getting-started/"),
                                request -> request.getRequestURI().startsWith("/help/"),
                                request -> request.getRequestURI().startsWith("/letters/"),
                                request -> request.getRequestURI().startsWith("/unsubscribe/")))
                .addFilterBefore(new FileDoor<>(refusals), CsrfFilter.class)
                .addFilterBefore(new SignedInFilter(sessions), FileDoor.class)
                .addFilterBefore(new ForeignPages(), SignedInFilter.class)
                .exceptionHandling(no -> no.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .build();
    }

    private static HttpSecurity common(HttpSecurity http) throws Exception {
        return http.securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .sessionManagement(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                        .permitAll()
                        .anyRequest()
                        .access(byRoute()));
    }

    private static AuthorizationManager<RequestAuthorizationContext> byRoute() {
        return (authentication, context) -> {
            Caller caller = KnownCaller.of(authentication.get())
                    .map(KnownCaller::caller)
                    .orElseGet(Caller.Anybody::new);
            return new AuthorizationDecision(Routes.allows(
                    caller,
                    context.getRequest().getMethod(),
                    context.getRequest().getRequestURI()));
        };
    }

    @Bean
    FilterRegistrationBean<BrowserArmour> browserArmour(@Value("${perennial.https:false}") boolean https) {
        FilterRegistrationBean<BrowserArmour> armour = new FilterRegistrationBean<>(new BrowserArmour(https));
        armour.setOrder(Ordered.HIGHEST_PRECEDENCE + 1); // The entrance for events stands in front and shows no pages.
        return armour;
    }

    /** People and keys are recognised by the filters above; nothing else may authenticate anybody. */
    @Bean
    AuthenticationManager nobodyElse() {
        return authentication -> {
            throw new ProviderNotFoundException("Sign in on the page, or send an API key");
        };
    }

    @Bean
    WebMvcConfigurer viewers(CurrentCaller current) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(current);
            }
        };
    }
}
