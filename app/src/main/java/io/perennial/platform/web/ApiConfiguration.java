package io.perennial.platform.web;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What calls pass before anything else: those under {@code /api/v1}, and searches on pages. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration implements WebMvcConfigurer {

    private final RateLimits rateLimits;

    ApiConfiguration(RateLimits rateLimits) {
        this.rateLimits = rateLimits;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(rateLimits).addPathPatterns("/api/v1/**").order(0);
        // The knowledge base says it on its own page and keeps the words.
        interceptors.addInterceptor(new SearchLength()).excludePathPatterns("/api/**", "/v1/**", "/knowledge");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new SentForms());
    }
}
