package io.perennial.metrics.web;

import io.perennial.platform.web.NavigationItem;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MetricNavigation {

    static final String METRICS = "Metrics";
    static final String SERVICE = "Service";
    static final String AREAS = "Five areas";
    static final String PROFITABILITY = "Profitability";
    static final String REVENUE = "Revenue";
    static final String SALES = "Service sales";

    @Bean
    NavigationItem metricsItem() {
        return new NavigationItem(METRICS, "/metrics", "speedometer2", "Insight", 605, "M", Set.of());
    }

    @Bean
    NavigationItem areasItem() {
        return new NavigationItem(AREAS, "/areas", "compass", "Insight", 604, "", Set.of());
    }

    @Bean
    NavigationItem revenueItem() {
        return new NavigationItem(REVENUE, "/revenue", "graph-up-arrow", "Insight", 606, "v", Set.of());
    }

    @Bean
    NavigationItem serviceItem() {
        return new NavigationItem(SERVICE, "/service", "stopwatch", "Insight", 607, "", Set.of());
    }

    @Bean
    NavigationItem salesItem() {
        return new NavigationItem(SALES, "/sales", "bag-plus", "Insight", 608, "", Set.of());
    }

    @Bean
    NavigationItem profitabilityItem() {
        return new NavigationItem(PROFITABILITY, "/profitability", "piggy-bank", "Insight", 609, "", Set.of());
    }
}
