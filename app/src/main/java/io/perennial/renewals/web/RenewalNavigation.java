package io.perennial.renewals.web;

import io.perennial.platform.web.NavigationItem;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RenewalNavigation {

    static final String RENEWALS = "Renewals";
    static final String ADDRESS = "/renewals";

    @Bean
    NavigationItem renewalsItem() {
        return new NavigationItem(RENEWALS, ADDRESS, "arrow-repeat", "Keep & grow", 500, "r", Set.of());
    }
}
