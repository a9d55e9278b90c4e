package io.perennial.usage;

import static io.perennial.platform.web.Wording.day;
import static io.perennial.platform.web.Wording.moment;

import gg.jte.Content;
import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Use on the account page: totals on the overview, features on the tab. */
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
                parameters.put("unknown", words(silence));
            }
            usage.of(account, today).ifPresent(view -> parameters.put("usage", view));
            return templates.content(template, parameters);
        }

        private static String words(Unheard.Silence silence) {
            String known = "Usage is known up to " + day(silence.knownUntil()) + ": source " + silence.name();
            if (silence.heardOn() != null) {
                return known + " was silent since " + moment(silence.since()) + " and speaks again since "
                        + day(silence.heardOn()) + ".";
            }
            return known + (silence.closed() ? " was closed after " : " is silent since ") + moment(silence.since())
                    + ".";
        }
    }
}
