package io.perennial.surveys;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Facts;
import io.perennial.accounts.panels.PanelTemplates.Place;
import java.time.Clock;
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
    private static final int ORDER = 60;

    @Bean
    AccountPanel surveysTab(Surveys surveys, Accounts accounts, PanelTemplates templates, Clock clock) {
        return templates.panel(
                new Place(Tab.SURVEYS, "surveys", "Surveys", ORDER),
                "surveys/surveys",
                latest(surveys, accounts, clock, LISTED));
    }

    @Bean
    AccountPanel surveysCard(Surveys surveys, Accounts accounts, PanelTemplates templates, Clock clock) {
        return templates.panel(
                new Place(Tab.OVERVIEW, "surveys-card", "Surveys", ORDER),
                "surveys/surveysCard",
                latest(surveys, accounts, clock, SHOWN));
    }

    private static Facts latest(Surveys surveys, Accounts accounts, Clock clock, int limit) {
        return (account, viewer, today, page) -> {
            Map<UUID, String> people = accounts.contacts(account, page).stream()
                    .collect(Collectors.toMap(Contact::id, Contact::name, (one, other) -> one));
            return Map.of("account", account, "answers", surveys.of(account, clock.instant(), limit), "people", people);
        };
    }
}
