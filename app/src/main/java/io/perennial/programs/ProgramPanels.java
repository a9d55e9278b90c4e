package io.perennial.programs;

import gg.jte.Content;
import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is covered, used and left, and how fast an answer is due: on the overview in short, on the tab in full. */
@Configuration(proxyBeanMethods = false)
class ProgramPanels {

    @Bean
    AccountPanel programTab(Expectations expectations, PanelTemplates templates, Clock clock) {
        return new ProgramPanel("program", AccountPanel.Tab.CONTRACTS, expectations, templates, clock);
    }

    @Bean
    AccountPanel programCard(Expectations expectations, PanelTemplates templates, Clock clock) {
        return new ProgramPanel("program-card", AccountPanel.Tab.OVERVIEW, expectations, templates, clock);
    }

    private record ProgramPanel(String id, Tab tab, Expectations expectations, PanelTemplates templates, Clock clock)
            implements AccountPanel {

        @Override
        public String title() {
            return "Program and entitlements";
        }

        /** Before the contracts that it follows from on the tab, after them on the overview. */
        @Override
        public int order() {
            return tab == Tab.CONTRACTS ? 25 : 31;
        }

        @Override
        public Content content(AccountId account, Viewer viewer, LocalDate today) {
            return templates.content(
                    "programs/panel",
                    Map.of(
                            "account",
                            account,
                            "view",
                            expectations.of(account, clock.instant(), today),
                            "full",
                            tab == Tab.CONTRACTS));
        }
    }
}
