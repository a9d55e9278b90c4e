package io.perennial.surveys.web;

import io.perennial.platform.web.NavigationItem;
import io.perennial.platform.web.Tab;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SurveyNavigation {

    static final String SURVEYS = "Surveys";
    static final String ADDRESS = "/surveys";

    @Bean
    NavigationItem surveysItem() {
        return new NavigationItem(SURVEYS, ADDRESS, "chat-square-text", "Deliver", 340, "y", Set.of());
    }

    /** The parts of the section, as tabs. */
    static List<Tab> tabs(String current) {
        return List.of(
                new Tab("Surveys", ADDRESS, current.equals("")),
                new Tab("To follow up", ADDRESS + "/follow-ups", current.equals("follow-ups")),
                new Tab("In their words", ADDRESS + "/answers", current.equals("answers")),
                new Tab("Not asked too often", ADDRESS + "/protection", current.equals("protection")));
    }
}
