package io.perennial.engagement;

import gg.jte.Content;
import io.perennial.accounts.Accounts;
import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Log a conversation or a task, and what is still owed, on the account page. */
@Configuration(proxyBeanMethods = false)
class EngagementPanels {

    @Bean
    AccountPanel composerPanel(Accounts accounts, Frames frames, PanelTemplates templates) {
        return new ComposerPanel(accounts, frames, templates);
    }

    @Bean
    AccountPanel tasksPanel(Tasks tasks, Frames frames, PanelTemplates templates) {
        return new TasksPanel(tasks, frames, templates);
    }

    private record ComposerPanel(Accounts accounts, Frames frames, PanelTemplates templates) implements AccountPanel {

        @Override
        public String id() {
            return "composer";
        }

        @Override
        public String title() {
            return "Log";
        }

        @Override
        public Tab tab() {
            return Tab.OVERVIEW;
        }

        @Override
        public int order() {
            return 20;
        }

        @Override
        public Content content(AccountId account, Viewer viewer, LocalDate today) {
            return templates.content(
                    "engagement/composer",
                    Map.of(
                            "frame",
                            frames.frame(title(), ""),
                            "account",
                            account,
                            "contacts",
                            accounts.contacts(account).stream()
                                    .filter(person -> person.isHereOn(today))
                                    .toList(),
                            "mayWork",
                            viewer.role().mayWork()));
        }
    }

    private record TasksPanel(Tasks tasks, Frames frames, PanelTemplates templates) implements AccountPanel {

        @Override
        public String id() {
            return "tasks";
        }

        @Override
        public String title() {
            return "Open tasks";
        }

        @Override
        public Tab tab() {
            return Tab.OVERVIEW;
        }

        @Override
        public int order() {
            return 25;
        }

        @Override
        public Content content(AccountId account, Viewer viewer, LocalDate today) {
            return templates.content(
                    "engagement/tasks",
                    Map.of(
                            "frame",
                            frames.frame(title(), ""),
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
}
