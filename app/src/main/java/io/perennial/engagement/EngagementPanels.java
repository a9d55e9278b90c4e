package io.perennial.engagement;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Place;
import io.perennial.platform.web.Frames;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Log a conversation or a task, and what is still owed, on the account page. */
@Configuration(proxyBeanMethods = false)
class EngagementPanels {

    @Bean
    AccountPanel composerPanel(Accounts accounts, Frames frames, PanelTemplates templates) {
        Place place = new Place(Tab.OVERVIEW, "composer", "Log", 20);
        return templates.panel(
                place,
                "engagement/composer",
                (account, viewer, today, page) -> Map.of(
                        "frame",
                        frames.frame(place.title(), ""),
                        "account",
                        account,
                        "contacts",
                        accounts.contacts(account, page).stream()
                                .filter(person -> person.isHereOn(today))
                                .toList(),
                        "mayWork",
                        viewer.role().mayWork()));
    }

    @Bean
    AccountPanel tasksPanel(Tasks tasks, Frames frames, PanelTemplates templates) {
        Place place = new Place(Tab.OVERVIEW, "tasks", "Open tasks", 25);
        return templates.panel(
                place,
                "engagement/tasks",
                (account, viewer, today, page) -> Map.of(
                        "frame",
                        frames.frame(place.title(), ""),
                        "account",
                        account,
                        "tasks",
                        tasks.openOf(account, viewer, today),
                        "today",
                        today,
                        "mayWork",
                        viewer.role().mayWork()));
    }
}
