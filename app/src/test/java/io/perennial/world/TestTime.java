package io.perennial.world;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

@TestConfiguration(proxyBeanMethods = false)
class TestTime {

    @Bean
    MovableClock clock() {
        return new MovableClock();
    }
}
