package io.perennial.cases;

import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Facts;
import io.perennial.accounts.panels.PanelTemplates.Place;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Cases on the account page: what is open on the overview, the list on the tab. */
@Configuration(proxyBeanMethods = false)
class CasePanels {

    /** Cases on the small card, and on the tab. */
    private static final int SHOWN = 4;

    static final int LISTED = 200;
    private static final int ORDER = 50;

    @Bean
    AccountPanel casesTab(Cases cases, PanelTemplates templates, Clock clock) {
        return templates.panel(
                new Place(Tab.CASES, "cases", "Cases", ORDER), "cases/cases", latest(cases, clock, LISTED));
    }

    @Bean
    AccountPanel casesCard(Cases cases, PanelTemplates templates, Clock clock) {
        return templates.panel(
                new Place(Tab.OVERVIEW, "cases-card", "Cases", ORDER), "cases/casesCard", latest(cases, clock, SHOWN));
    }

    private static Facts latest(Cases cases, Clock clock, int limit) {
        return (account, viewer, today, page) -> {
            Instant now = clock.instant();
            return Map.of(
                    "account",
                    account,
                    "cases",
                    cases.of(account, now, limit),
                    "count",
                    cases.count(account, now),
                    "now",
                    now);
        };
    }
}
