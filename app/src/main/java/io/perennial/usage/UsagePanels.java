package io.perennial.usage;

import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Facts;
import io.perennial.accounts.panels.PanelTemplates.Place;
import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Use on the account page: totals and adoption on the overview, everything about both on the tab. */
@Configuration(proxyBeanMethods = false)
class UsagePanels {

    /** Adoption stands before the use of the tab, after the card about use. */
    private static final int BEFORE_USE = 5;

    private static final int USE = 10;
    private static final int AFTER_USE = 11;

    @Bean
    AccountPanel usageTab(AccountUsage usage, PanelTemplates templates) {
        return templates.panel(new Place(Tab.USAGE, "usage", "Usage", USE), "usage/usage", use(usage, usage::of));
    }

    @Bean
    AccountPanel usageCard(AccountUsage usage, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.OVERVIEW, "usage-card", "Usage", USE), "usage/usageCard", use(usage, usage::inShort));
    }

    @Bean
    AccountPanel adoptionTab(AccountAdoption adoption, Unheard unheard, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.USAGE, "adoption", "Adoption", BEFORE_USE),
                "usage/adoption",
                adoption(adoption::of, unheard));
    }

    @Bean
    AccountPanel adoptionCard(AccountAdoption adoption, Unheard unheard, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.OVERVIEW, "adoption-card", "Adoption", AFTER_USE),
                "usage/adoptionCard",
                adoption((account, today, page) -> adoption.summary(account, page), unheard));
    }

    /** Full or in short. */
    private interface Adoption {

        Optional<AdoptionView> of(AccountId account, LocalDate today, Once page);
    }

    private static Facts adoption(Adoption adoption, Unheard unheard) {
        return (account, viewer, today, page) -> {
            Map<String, Object> parameters = new HashMap<>();
            parameters.put("account", account);
            adoption.of(account, today, page).ifPresent(view -> parameters.put("adoption", view));
            Unheard.Silence silence = unheard.about(account, today, page).holding();
            if (silence != null) {
                parameters.put("unknown", SilenceWords.of("Adoption", silence));
            }
            return parameters;
        };
    }

    /** Full or in short. */
    private interface Use {

        Optional<UsageView> of(AccountId account, LocalDate today, Once page);
    }

    private static Facts use(AccountUsage usage, Use use) {
        return (account, viewer, today, page) -> {
            Map<String, Object> parameters = new HashMap<>();
            parameters.put("account", account);
            parameters.put("today", today);
            Unheard.Silence silence = usage.silence(account, today, page);
            if (silence != null) {
                parameters.put("unknown", SilenceWords.of("Usage", silence));
            }
            use.of(account, today, page).ifPresent(view -> parameters.put("usage", view));
            return parameters;
        };
    }
}
