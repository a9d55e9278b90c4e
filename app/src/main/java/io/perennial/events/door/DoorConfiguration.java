package io.perennial.events.door;

import io.perennial.events.SourceActivity;
import io.perennial.events.Sources;
import java.time.Clock;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the entrance in front of every other filter, at its own addresses. */
@Configuration(proxyBeanMethods = false)
class DoorConfiguration {

    @Bean
    FilterRegistrationBean<EventDoor> eventDoor(
            Sources sources,
            SourceActivity activity,
            Inbox inbox,
            Rates rates,
            DiskReserve disk,
            StrangersKeys strangers,
            Reply reply,
            Clock clock) {
        FilterRegistrationBean<EventDoor> door = new FilterRegistrationBean<>(
                new EventDoor(sources, activity, inbox, rates, disk, strangers, reply, clock));
        door.addUrlPatterns(Addresses.patterns());
        door.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return door;
    }

    @Bean
    static WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> cutOffOfSlowBodies() {
        return factory -> factory.addEngineValves(new CutOff());
    }
}
