package io.perennial.programs;

import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Facts;
import io.perennial.accounts.panels.PanelTemplates.Place;
import java.time.Clock;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is covered, used and left, and how fast an answer is due: on the overview in short, on the tab in full. */
@Configuration(proxyBeanMethods = false)
class ProgramPanels {

    private static final String TITLE = "Program and entitlements";

    /** Before the contracts that it follows from on the tab, after them on the overview. */
    private static final int BEFORE_CONTRACTS = 25;

    private static final int AFTER_CONTRACTS = 31;

    @Bean
    AccountPanel programTab(Expectations expectations, PanelTemplates templates, Clock clock) {
        return templates.panel(
                new Place(Tab.CONTRACTS, "program", TITLE, BEFORE_CONTRACTS),
                "programs/panel",
                expected(expectations, clock, true));
    }

    @Bean
    AccountPanel programCard(Expectations expectations, PanelTemplates templates, Clock clock) {
        return templates.panel(
                new Place(Tab.OVERVIEW, "program-card", TITLE, AFTER_CONTRACTS),
                "programs/panel",
                expected(expectations, clock, false));
    }

    private static Facts expected(Expectations expectations, Clock clock, boolean full) {
        return (account, viewer, today, page) ->
                Map.of("account", account, "view", expectations.of(account, clock.instant(), today), "full", full);
    }
}
