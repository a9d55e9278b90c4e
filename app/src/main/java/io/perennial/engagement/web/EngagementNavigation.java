package io.perennial.engagement.web;

import io.perennial.platform.web.NavigationItem;
import io.perennial.platform.web.Tab;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EngagementNavigation {

    static final String ENGAGEMENT = "Engagement";
    static final String INTERVIEWS = "Interviews";

    @Bean
    NavigationItem engagementItem() {
        return new NavigationItem(ENGAGEMENT, "/engagement", "chat-left-text", "Customers", 240, "", Set.of());
    }

    @Bean
    NavigationItem interviewsItem() {
        return new NavigationItem(INTERVIEWS, "/interviews", "chat-square-text", "Customers", 242, "", Set.of());
    }

    static List<Tab> tabs(String current) {
        return List.of(
                tab("Overview", "/engagement", current),
                tab("Silent customers", "/engagement/silent", current),
                tab("Cadence", "/engagement/cadences", current),
                tab("Letters", "/engagement/letters", current),
                tab("Calendar", "/engagement/calendar", current));
    }

    static List<Tab> interviewTabs(String current) {
        return List.of(
                tab("Interviews", "/interviews", current),
                tab("Answers by question", "/interviews/questions", current),
                tab("Questionnaires", "/interviews/questionnaires", current));
    }

    private static Tab tab(String title, String url, String current) {
        return new Tab(title, url, url.equals(current));
    }
}
