package io.perennial.statements.web;

import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Place;
import io.perennial.platform.web.NavigationItem;
import io.perennial.statements.Statements;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Statements in the rail, and the latest ones on the account's contracts. */
@Configuration(proxyBeanMethods = false)
class StatementNavigation {

    static final String STATEMENTS = "Statements";
    private static final int AFTER_RENEWALS = 12;
    private static final int SHOWN = 5;

    @Bean
    NavigationItem statementsItem() {
        return new NavigationItem(STATEMENTS, "/statements", "file-earmark-text", "Deliver", 350, "", Set.of());
    }

    @Bean
    AccountPanel statementsPanel(Statements statements, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.CONTRACTS, "statements", "Statements", AFTER_RENEWALS),
                "statements/panel",
                (account, viewer, today, page) ->
                        Map.of("account", account, "statements", statements.of(account, SHOWN)));
    }
}
