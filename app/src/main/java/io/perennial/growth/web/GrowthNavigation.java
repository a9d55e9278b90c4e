package io.perennial.growth.web;

import io.perennial.platform.web.NavigationItem;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GrowthNavigation {

    static final String OPPORTUNITIES = "Opportunities";

    @Bean
    NavigationItem opportunitiesItem() {
        return new NavigationItem(OPPORTUNITIES, "/opportunities", "trophy", "Customers", 290, "", Set.of());
    }
}
