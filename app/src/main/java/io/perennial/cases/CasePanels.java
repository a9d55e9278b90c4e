package io.perennial.cases;

import gg.jte.Content;
import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Cases on the account page: what is open on the overview, the list on the tab. */
@Configuration(proxyBeanMethods = false)
class CasePanels {

    /** Cases on the small card, and on the tab. */
    private static final int SHOWN = 4;

    static final int LISTED = 200;

    @Bean
    AccountPanel casesTab(Cases cases, PanelTemplates templates, Clock clock) {
        return new CasesPanel("cases", AccountPanel.Tab.CASES, "cases/cases", LISTED, cases, templates, clock);
    }

    @Bean
    AccountPanel casesCard(Cases cases, PanelTemplates templates, Clock clock) {
        return new CasesPanel(
                "cases-card", AccountPanel.Tab.OVERVIEW, "cases/casesCard", SHOWN, cases, templates, clock);
    }

    private record CasesPanel(
            String id, Tab tab, String template, int limit, Cases cases, PanelTemplates templates, Clock clock)
            implements AccountPanel {

        @Override
        public String title() {
            return "Cases";
        }

        @Override
        public int order() {
            return 50;
        }

        @Override
        public Content content(AccountId account, Viewer viewer, LocalDate today) {
            Instant now = clock.instant();
            return templates.content(
                    template,
                    Map.of(
                            "account",
                            account,
                            "cases",
                            cases.of(account, now, limit),
                            "count",
                            cases.count(account, now),
                            "now",
                            now));
        }
    }
}
