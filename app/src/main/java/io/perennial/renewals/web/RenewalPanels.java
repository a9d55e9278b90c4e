package io.perennial.renewals.web;

import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Facts;
import io.perennial.accounts.panels.PanelTemplates.Place;
import io.perennial.renewals.Renewals;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is due at the customer: the next one on the overview, all of them beside the contracts. */
@Configuration(proxyBeanMethods = false)
class RenewalPanels {

    @Bean
    AccountPanel renewalCard(Renewals renewals, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.OVERVIEW, "renewal-card", "Renewal", 28), "renewals/card", whatIsDue(renewals));
    }

    @Bean
    AccountPanel renewalsTab(Renewals renewals, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.CONTRACTS, "renewals", "Renewals", 10), "renewals/ofAccount", whatIsDue(renewals));
    }

    private static Facts whatIsDue(Renewals renewals) {
        return (account, viewer, today, page) -> Map.of("renewals", renewals.of(account), "today", today);
    }
}
