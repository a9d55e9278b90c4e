package io.perennial.accounts;

import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Place;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who is known at the customer: a small card on the overview, everybody on the tab. */
@Configuration(proxyBeanMethods = false)
class PeoplePanels {

    /** People on the small card. */
    private static final int SHOWN = 4;

    private static final int ORDER = 40;

    /** Whoever left in so many days is still spoken of. */
    private static final int LEFT_LATELY_DAYS = 90;

    private record People(List<Contact> here, List<Contact> gone) {

        static People of(List<Contact> all, LocalDate today) {
            Map<Boolean, List<Contact>> byPresence =
                    all.stream().collect(Collectors.partitioningBy(person -> person.isHereOn(today)));
            return new People(byPresence.getOrDefault(true, List.of()), byPresence.getOrDefault(false, List.of()));
        }

        List<Contact> important() {
            return here.stream()
                    .sorted(Comparator.comparing(PeoplePanels::rank))
                    .limit(SHOWN)
                    .toList();
        }

        List<Contact> leftAfter(LocalDate day) {
            return gone.stream()
                    .filter(person -> person.leftOn() != null && person.leftOn().isAfter(day))
                    .toList();
        }
    }

    @Bean
    AccountPanel peopleTab(Accounts accounts, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.PEOPLE, "people", "People", ORDER), "accounts/people", (account, viewer, today, page) -> {
                    People people = People.of(accounts.contacts(account, page), today);
                    return Map.of("here", people.here(), "gone", people.gone(), "today", today);
                });
    }

    @Bean
    AccountPanel peopleCard(Accounts accounts, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.OVERVIEW, "people-card", "People", ORDER),
                "accounts/peopleCard",
                (account, viewer, today, page) -> {
                    People people = People.of(accounts.contacts(account, page), today);
                    return Map.of(
                            "account",
                            account,
                            "important",
                            people.important(),
                            "others",
                            Math.max(0, people.here().size() - SHOWN),
                            "left",
                            people.leftAfter(today.minusDays(LEFT_LATELY_DAYS)),
                            "today",
                            today);
                });
    }

    /** Those who decide come first. */
    private static int rank(Contact person) {
        int rank = 9;
        for (String role : person.roleNames()) {
            switch (role.toLowerCase(Locale.ROOT)) {
                case "decision maker" -> rank = Math.min(rank, 0);
                case "sponsor" -> rank = Math.min(rank, 1);
                case "champion" -> rank = Math.min(rank, 2);
                case "renewal", "finance" -> rank = Math.min(rank, 3);
                default -> rank = Math.min(rank, 5);
            }
        }
        return rank;
    }
}
