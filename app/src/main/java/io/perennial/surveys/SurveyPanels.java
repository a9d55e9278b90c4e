package io.perennial.surveys;

import gg.jte.Content;
import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Answers on the account page: the latest on the overview, all on the tab. */
@Configuration(proxyBeanMethods = false)
class SurveyPanels {

    /** Answers on the small card, and on the tab. */
    private static final int SHOWN = 3;

    static final int LISTED = 200;

    @Bean
    AccountPanel surveysTab(Surveys surveys, Accounts accounts, PanelTemplates templates, Clock clock) {
        return new SurveyPanel(
                "surveys", AccountPanel.Tab.SURVEYS, "surveys/surveys", LISTED, surveys, accounts, templates, clock);
    }

    @Bean
    AccountPanel surveysCard(Surveys surveys, Accounts accounts, PanelTemplates templates, Clock clock) {
        return new SurveyPanel(
                "surveys-card",
                AccountPanel.Tab.OVERVIEW,
                "surveys/surveysCard",
                SHOWN,
                surveys,
                accounts,
                templates,
                clock);
    }

    private record SurveyPanel(
            String id,
            Tab tab,
            String template,
            int limit,
            Surveys surveys,
            Accounts accounts,
            PanelTemplates templates,
            Clock clock)
            implements AccountPanel {

        @Override
        public String title() {
            return "Surveys";
        }

        @Override
        public int order() {
            return 60;
        }

        @Override
        public Content content(AccountId account, Viewer viewer, LocalDate today) {
            Map<UUID, String> people = accounts.contacts(account).stream()
                    .collect(Collectors.toMap(Contact::id, Contact::name, (one, other) -> one));
            return templates.content(
                    template,
                    Map.of(
                            "account",
                            account,
                            "answers",
                            surveys.of(account, clock.instant(), limit),
                            "people",
                            people));
        }
    }
}
