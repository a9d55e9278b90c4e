package io.perennial.success.web;

import io.perennial.platform.web.NavigationItem;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SuccessNavigation {

    static final String PLANS = "Success plans";
    static final String JOURNEY = "Journey";

    @Bean
    NavigationItem successPlansItem() {
        return new NavigationItem(PLANS, "/success-plans", "bullseye", "Deliver", 320, "", Set.of());
    }

    @Bean
    NavigationItem journeyItem() {
        return new NavigationItem(JOURNEY, "/journey", "map", "Deliver", 325, "", Set.of());
    }
}
