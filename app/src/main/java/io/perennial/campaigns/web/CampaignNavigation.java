package io.perennial.campaigns.web;

import io.perennial.platform.web.NavigationItem;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CampaignNavigation {

    static final String CAMPAIGNS = "Campaigns";

    @Bean
    NavigationItem campaignsItem() {
        return new NavigationItem(CAMPAIGNS, "/campaigns", "send", "Deliver", 335, "", Set.of());
    }
}
