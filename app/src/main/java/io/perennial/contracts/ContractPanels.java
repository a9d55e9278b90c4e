package io.perennial.contracts;

import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Facts;
import io.perennial.accounts.panels.PanelTemplates.Place;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What was sold to the customer: a small card on the overview, everything on the tab. */
@Configuration(proxyBeanMethods = false)
class ContractPanels {

    private static final int ORDER = 30;

    @Bean
    AccountPanel contractsTab(SoldToAccount sold, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.CONTRACTS, "contracts", "Contracts and lines", ORDER),
                "contracts/contracts",
                whatWasSold(sold));
    }

    @Bean
    AccountPanel contractsCard(SoldToAccount sold, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.OVERVIEW, "contracts-card", "Contracts", ORDER),
                "contracts/contractsCard",
                whatWasSold(sold));
    }

    private static Facts whatWasSold(SoldToAccount sold) {
        return (account, viewer, today, page) -> Map.of(
                "account",
                account,
                "sold",
                sold.to(account, today),
                "today",
                today,
                "mayMerge",
                Mergers.mayMerge(viewer));
    }
}
