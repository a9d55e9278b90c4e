package io.perennial.onboarding.web;

import io.perennial.platform.web.NavigationItem;
import io.perennial.platform.web.Tab;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OnboardingNavigation {

    static final String ONBOARDING = "Onboarding";
    static final String ADDRESS = "/onboardings";

    @Bean
    NavigationItem onboardingItem() {
        return new NavigationItem(ONBOARDING, ADDRESS, "signpost-split", "Deliver", 310, "o", Set.of());
    }

    /** The looks at onboardings. */
    static List<Tab> tabs(String current) {
        return List.of(
                new Tab("List", ADDRESS, current.equals("list")),
                new Tab("Board", ADDRESS + "?view=board", current.equals("board")),
                new Tab("Timeline", ADDRESS + "?view=timeline", current.equals("timeline")),
                new Tab("Pace and first value", ADDRESS + "/pace", current.equals("pace")),
                new Tab("Templates", ADDRESS + "/templates", current.equals("templates")));
    }
}
