package io.perennial.programs.web;

import io.perennial.platform.web.NavigationItem;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProgramNavigation {

    static final String PROGRAMS = "Programs";

    @Bean
    NavigationItem programsItem() {
        return new NavigationItem(PROGRAMS, "/programs", "layers", "Deliver", 300, "p", Set.of());
    }
}
