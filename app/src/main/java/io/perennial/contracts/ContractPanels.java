package io.perennial.contracts;

import gg.jte.Content;
import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What was sold to the customer: a small card on the overview, everything on the tab. */
@Configuration(proxyBeanMethods = false)
class ContractPanels {

    @Bean
    AccountPanel contractsTab(SoldToAccount sold, PanelTemplates templates) {
        return new SoldPanel("contracts", AccountPanel.Tab.CONTRACTS, "contracts/contracts", sold, templates);
    }

    @Bean
    AccountPanel contractsCard(SoldToAccount sold, PanelTemplates templates) {
        return new SoldPanel("contracts-card", AccountPanel.Tab.OVERVIEW, "contracts/contractsCard", sold, templates);
    }

    private record SoldPanel(String id, Tab tab, String template, SoldToAccount sold, PanelTemplates templates)
            implements AccountPanel {

        @Override
        public String title() {
            return tab == Tab.CONTRACTS ? "Contracts and lines" : "Contracts";
        }

        @Override
        public int order() {
            return 30;
        }

        @Override
        public Content content(AccountId account, Viewer viewer, LocalDate today) {
            return templates.content(
                    template, Map.of("account", account, "sold", sold.to(account, today), "today", today));
        }
    }
}
