package io.perennial.growth.web;

import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Place;
import io.perennial.growth.Opportunities;
import io.perennial.growth.OpportunityEditing;
import io.perennial.growth.expansion.ExpansionSignals;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What more the customer could have, on the overview of the account. */
@Configuration(proxyBeanMethods = false)
class GrowthPanels {

    private static final int AFTER_CONTRACTS = 33;
    private static final int AFTER_OPPORTUNITIES = 34;
    private static final int SHOWN = 5;

    @Bean
    AccountPanel opportunitiesCard(Opportunities opportunities, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.OVERVIEW, "opportunities-card", "Opportunities", AFTER_CONTRACTS),
                "growth/card",
                (account, viewer, today, page) -> Map.of(
                        "account",
                        account,
                        "opportunities",
                        opportunities.of(account, SHOWN),
                        "today",
                        today,
                        "mayWrite",
                        OpportunityEditing.mayWrite(viewer)));
    }

    @Bean
    AccountPanel expansionCard(ExpansionSignals signals, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.OVERVIEW, "expansion-card", "Signals of growth", AFTER_OPPORTUNITIES),
                "growth/expansionCard",
                (account, viewer, today, page) -> Map.of("account", account, "signals", signals.of(account, SHOWN)));
    }
}
