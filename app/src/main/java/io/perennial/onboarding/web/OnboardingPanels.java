package io.perennial.onboarding.web;

import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Place;
import io.perennial.onboarding.Onboardings;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the start of the customer goes, on the account page. */
@Configuration(proxyBeanMethods = false)
class OnboardingPanels {

    @Bean
    AccountPanel onboardingCard(Onboardings onboardings, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.OVERVIEW, "onboarding-card", "Onboarding", 26),
                "onboarding/card",
                (account, viewer, today, page) -> Map.of(
                        "account",
                        account,
                        "onboardings",
                        onboardings.of(account),
                        "today",
                        today,
                        "mayWork",
                        viewer.role().mayWork()));
    }
}
