package io.perennial.platform.web;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What calls pass: those under {@code /api/v1}, searches on pages, and changes by people, after which pages are read anew. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration implements WebMvcConfigurer {

    private final RateLimits rateLimits;
    private final KeptViews kept;

    ApiConfiguration(RateLimits rateLimits, KeptViews kept) {
        this.rateLimits = rateLimits;
        this.kept = kept;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(rateLimits).addPathPatterns("/api/v1/**").order(0);
        // The knowledge base says it on its own page and keeps the words.
        interceptors.addInterceptor(new SearchLength()).excludePathPatterns("/api/**", "/v1/**", "/knowledge");
        interceptors.addInterceptor(kept).excludePathPatterns("/api/**", "/v1/**");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new SentForms());
    }
}
