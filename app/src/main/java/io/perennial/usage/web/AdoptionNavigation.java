package io.perennial.usage.web;

import io.perennial.platform.web.NavigationItem;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AdoptionNavigation {

    static final String ADOPTION = "Adoption";

    @Bean
    NavigationItem adoptionItem() {
        return new NavigationItem(ADOPTION, "/adoption", "grid-3x3-gap", "Insight", 610, "u", Set.of());
    }
}
