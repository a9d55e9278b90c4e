package io.perennial.identity.web;

import io.perennial.identity.Role;
import io.perennial.platform.web.NavigationItem;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The entries of this module in the left rail. */
@Configuration(proxyBeanMethods = false)
class IdentityNavigation {

    private static final Set<String> ADMINISTRATORS = Set.of(Role.ADMIN.name());

    @Bean
    NavigationItem teamItem() {
        return new NavigationItem("Team", "/admin/team", "people", "Admin", 920, "t", ADMINISTRATORS);
    }

    @Bean
    NavigationItem keysItem() {
        return new NavigationItem("API keys", "/admin/keys", "key", "Admin", 930, "k", ADMINISTRATORS);
    }

    @Bean
    NavigationItem changesItem() {
        return new NavigationItem("Recent changes", "/changes", "clock-history", "Admin", 910, "c", Set.of());
    }
}
