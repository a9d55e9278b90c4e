package io.perennial.cases.web;

import io.perennial.platform.web.NavigationItem;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CaseNavigation {

    static final String CASES = "Cases";

    @Bean
    NavigationItem casesItem() {
        return new NavigationItem(CASES, "/cases", "life-preserver", "Support", 400, "q", Set.of());
    }
}
