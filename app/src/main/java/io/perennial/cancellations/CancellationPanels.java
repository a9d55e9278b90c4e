package io.perennial.cancellations;

import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Place;
import io.perennial.platform.web.Frames;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Notices of the customer on the account page: all on the tab, what stands now on the overview. */
@Configuration(proxyBeanMethods = false)
class CancellationPanels {

    private static final int AFTER_CONTRACTS = 32;

    @Bean
    AccountPanel leavingTab(
            AccountLosses losses,
            Voices voices,
            Attempts attempts,
            LeavingRules rules,
            Frames frames,
            PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.CONTRACTS, "leaving", "Leaving", AFTER_CONTRACTS),
                "cancellations/panel",
                (account, viewer, today, page) -> Map.of(
                        "frame",
                        frames.frame("Leaving", ""),
                        "account",
                        account,
                        "losses",
                        losses.of(account, page),
                        "attempts",
                        attempts.of(account, page),
                        "voices",
                        voices.of(account),
                        "offers",
                        rules.rules().offers(),
                        "today",
                        today,
                        "mayWork",
                        viewer.role().mayWork()));
    }

    @Bean
    AccountPanel leavingCard(AccountLosses losses, Attempts attempts, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.OVERVIEW, "leaving-card", "Leaving", AFTER_CONTRACTS),
                "cancellations/card",
                (account, viewer, today, page) -> Map.of(
                        "account",
                        account,
                        "losses",
                        losses.of(account, page),
                        "attempts",
                        attempts.of(account, page),
                        "today",
                        today,
                        "mayWork",
                        viewer.role().mayWork()));
    }
}
