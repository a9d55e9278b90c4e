package io.perennial.usage;

import gg.jte.Content;
import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Use on the account page: totals and adoption on the overview, everything about both on the tab. */
@Configuration(proxyBeanMethods = false)
class UsagePanels {

    @Bean
    AccountPanel usageTab(AccountUsage usage, PanelTemplates templates) {
        return new UsagePanel("usage", AccountPanel.Tab.USAGE, "usage/usage", usage, templates);
    }

    @Bean
    AccountPanel usageCard(AccountUsage usage, PanelTemplates templates) {
        return new UsagePanel("usage-card", AccountPanel.Tab.OVERVIEW, "usage/usageCard", usage, templates);
    }

    @Bean
    AccountPanel adoptionTab(AccountAdoption adoption, Unheard unheard, PanelTemplates templates) {
        return new AdoptionPanel(
                "adoption", AccountPanel.Tab.USAGE, "usage/adoption", adoption::of, unheard, templates);
    }

    @Bean
    AccountPanel adoptionCard(AccountAdoption adoption, Unheard unheard, PanelTemplates templates) {
        return new AdoptionPanel(
                "adoption-card",
                AccountPanel.Tab.OVERVIEW,
                "usage/adoptionCard",
                (account, today) -> adoption.summary(account),
                unheard,
                templates);
    }

    private record AdoptionPanel(
            String id,
            Tab tab,
            String template,
            BiFunction<AccountId, LocalDate, Optional<AdoptionView>> adoption,
            Unheard unheard,
            PanelTemplates templates)
            implements AccountPanel {

        @Override
        public String title() {
            return "Adoption";
        }

        /** Before the use of the tab, after the card about use. */
        @Override
        public int order() {
            return tab == Tab.USAGE ? 5 : 11;
        }

        @Override
        public Content content(AccountId account, Viewer viewer, LocalDate today) {
            Map<String, Object> parameters = new HashMap<>();
            parameters.put("account", account);
            adoption.apply(account, today).ifPresent(view -> parameters.put("adoption", view));
            Unheard.Silence silence = unheard.holding(account, today);
            if (silence != null) {
                parameters.put("unknown", SilenceWords.of("Adoption", silence));
            }
            return templates.content(template, parameters);
        }
    }

    private record UsagePanel(String id, Tab tab, String template, AccountUsage usage, PanelTemplates templates)
            implements AccountPanel {

        @Override
        public String title() {
            return "Usage";
        }

        @Override
        public int order() {
            return 10;
        }

        @Override
        public Content content(AccountId account, Viewer viewer, LocalDate today) {
            Map<String, Object> parameters = new HashMap<>();
            parameters.put("account", account);
            parameters.put("today", today);
            Unheard.Silence silence = usage.silence(account, today);
            if (silence != null) {
                parameters.put("unknown", SilenceWords.of("Usage", silence));
            }
            usage.of(account, today).ifPresent(view -> parameters.put("usage", view));
            return templates.content(template, parameters);
        }
    }
}
