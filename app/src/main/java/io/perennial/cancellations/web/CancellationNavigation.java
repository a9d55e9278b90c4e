package io.perennial.cancellations.web;

import io.perennial.cancellations.WorkList;
import io.perennial.platform.web.NavigationItem;
import io.perennial.platform.web.Tab;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CancellationNavigation {

    static final String CANCELLATIONS = "Cancellations";

    @Bean
    NavigationItem cancellationsItem() {
        return new NavigationItem(
                CANCELLATIONS, "/cancellations", "box-arrow-right", "Keep & grow", 510, "x", Set.of());
    }

    /** The parts of the section, as tabs. */
    static List<Tab> tabs(String current) {
        return List.of(
                new Tab("Why they leave", "/cancellations", current.equals("")),
                list(WorkList.STILL_ACTIVE, current),
                list(WorkList.AT_RISK, current),
                list(WorkList.WIN_BACK, current),
                new Tab("Save attempts", "/cancellations/attempts", current.equals("attempts")),
                new Tab("In their words", VoicesPage.ADDRESS, current.equals("voices")),
                new Tab("Reasons", "/cancellations/reasons", current.equals("reasons")),
                new Tab("Offers and rules", "/cancellations/rules", current.equals("rules")));
    }

    private static Tab list(WorkList list, String current) {
        return new Tab(list.title(), "/cancellations/" + list.key(), current.equals(list.key()));
    }
}
