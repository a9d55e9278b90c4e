package io.perennial.defects.web;

import io.perennial.platform.web.NavigationItem;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DefectNavigation {

    static final String DEFECTS = "Defects";
    static final String NOTICES = "Notices";

    @Bean
    NavigationItem defectsItem() {
        return new NavigationItem(DEFECTS, "/defects", "bug", "Support", 410, "d", Set.of());
    }

    @Bean
    NavigationItem noticesItem() {
        return new NavigationItem(NOTICES, "/notices", "megaphone", "Support", 430, "n", Set.of());
    }
}
