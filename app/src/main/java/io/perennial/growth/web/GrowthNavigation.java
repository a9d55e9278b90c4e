package io.perennial.growth.web;

import io.perennial.platform.web.NavigationItem;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GrowthNavigation {

    static final String OPPORTUNITIES = "Opportunities";
    static final String EXPANSION = "Expansion";
    static final String WHITE_SPACE = "White space";

    @Bean
    NavigationItem expansionItem() {
        return new NavigationItem(EXPANSION, "/expansion", "arrows-angle-expand", "Keep & grow", 520, "e", Set.of());
    }

    @Bean
    NavigationItem whiteSpaceItem() {
        return new NavigationItem(WHITE_SPACE, "/white-space", "grid", "Keep & grow", 530, "w", Set.of());
    }

    @Bean
    NavigationItem opportunitiesItem() {
        return new NavigationItem(OPPORTUNITIES, "/opportunities", "trophy", "Keep & grow", 540, "", Set.of());
    }
}
