package io.perennial.metrics.profit;

import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Place;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What service for the customer costs, on the account page. */
@Configuration(proxyBeanMethods = false)
class ProfitPanels {

    @Bean
    AccountPanel serviceCostCard(ProfitBoard board, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.OVERVIEW, "service-cost", "What service costs", 36),
                "metrics/profitCard",
                (account, viewer, today, page) -> Map.of(
                        "account",
                        account,
                        "kinds",
                        board.work(account, today.withDayOfMonth(1).minusMonths(11), today.plusDays(1))));
    }
}
