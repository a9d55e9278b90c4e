package io.perennial.playbooks.web;

import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Place;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.NavigationItem;
import io.perennial.playbooks.Runs;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where playbooks are found: in the rail, and at the customer with the steps that run there. */
@Configuration(proxyBeanMethods = false)
class PlaybookNavigation {

    static final String PLAYBOOKS = "Playbooks";
    private static final int AFTER_TASKS = 26;
    private static final int SHOWN = 6;

    @Bean
    NavigationItem playbooksItem() {
        return new NavigationItem(PLAYBOOKS, "/playbooks", "list-check", "Deliver", 330, "", Set.of());
    }

    @Bean
    AccountPanel playbooksPanel(Runs runs, Frames frames, PanelTemplates templates) {
        Place place = new Place(Tab.OVERVIEW, "playbooks", PLAYBOOKS, AFTER_TASKS);
        return templates.panel(
                place,
                "playbooks/panel",
                (account, viewer, today, page) -> Map.of(
                        "frame",
                        frames.frame(place.title(), ""),
                        "account",
                        account,
                        "runs",
                        runs.of(account, SHOWN, viewer),
                        "mayWork",
                        viewer.role().mayWork()));
    }
}
