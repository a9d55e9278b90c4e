package io.perennial.success.web;

import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Place;
import io.perennial.success.Journeys;
import io.perennial.success.PlanWork;
import io.perennial.success.SuccessPlans;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the customer wants to reach and where it stands in its life, on the overview of the account. */
@Configuration(proxyBeanMethods = false)
class SuccessPanels {

    private static final int BEFORE_THE_RENEWAL = 26;
    private static final int SHOWN = 4;

    @Bean
    AccountPanel successCard(SuccessPlans plans, Journeys journeys, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.OVERVIEW, "success-card", "Success plans", BEFORE_THE_RENEWAL),
                "success/card",
                (account, viewer, today, page) -> Map.of(
                        "account",
                        account,
                        "plans",
                        plans.of(account).stream().limit(SHOWN).toList(),
                        "stage",
                        journeys.of(account),
                        "today",
                        today,
                        "mayWrite",
                        PlanWork.mayWrite(viewer)));
    }
}
