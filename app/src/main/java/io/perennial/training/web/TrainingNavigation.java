package io.perennial.training.web;

import io.perennial.platform.web.NavigationItem;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TrainingNavigation {

    static final String TRAINING = "Training";
    static final String ADDRESS = "/training";

    @Bean
    NavigationItem trainingItem() {
        return new NavigationItem(TRAINING, ADDRESS, "mortarboard", "Deliver", 315, "", Set.of());
    }
}
