package io.perennial.engagement;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Place;
import io.perennial.engagement.cadence.Silence;
import io.perennial.engagement.interviews.InterviewRows;
import io.perennial.engagement.meetings.Meetings;
import io.perennial.engagement.people.ContactWishes;
import io.perennial.engagement.people.Departures;
import io.perennial.platform.web.Frames;
import java.util.HashMap;
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

    @Bean
    AccountPanel hearingPanel(
            Silence silence,
            Meetings meetings,
            InterviewRows interviews,
            Departures departures,
            PanelTemplates templates) {
        Place place = new Place(Tab.PEOPLE, "hearing", "Meetings and interviews", 35);
        return templates.panel(place, "engagement/hearing", (account, viewer, today, page) -> {
            Map<String, Object> told = new HashMap<>();
            told.put("account", account);
            silence.of(account, viewer).ifPresent(row -> told.put("silent", row));
            told.put("meetings", meetings.next(account, viewer, 5));
            told.put("interviews", interviews.of(account, 3, viewer));
            told.put("departures", departures.of(account));
            told.put("today", today);
            told.put("mayWork", viewer.role().mayWork());
            return told;
        });
    }

    @Bean
    AccountPanel wishesPanel(Accounts accounts, ContactWishes wishes, Frames frames, PanelTemplates templates) {
        Place place = new Place(Tab.PEOPLE, "wishes", "How they wish to be reached", 40);
        return templates.panel(
                place,
                "engagement/wishes",
                (account, viewer, today, page) -> Map.of(
                        "frame",
                        frames.frame(place.title(), ""),
                        "account",
                        account,
                        "contacts",
                        accounts.contacts(account, page).stream()
                                .filter(person -> person.isHereOn(today))
                                .limit(50)
                                .toList(),
                        "wishes",
                        wishes.of(account),
                        "mayWork",
                        viewer.role().mayWork()));
    }
}
