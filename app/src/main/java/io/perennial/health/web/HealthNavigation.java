package io.perennial.health.web;

import io.perennial.platform.web.NavigationItem;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HealthNavigation {

    static final String SIGNALS = "Signals";
    static final String HEALTH = "Health";

    @Bean
    NavigationItem signalsItem() {
        return new NavigationItem(SIGNALS, "/signals", "flag", "", 20, "S", Set.of());
    }

    @Bean
    NavigationItem healthItem() {
        return new NavigationItem(HEALTH, "/health", "heart-pulse", "Insight", 600, "H", Set.of());
    }
}
