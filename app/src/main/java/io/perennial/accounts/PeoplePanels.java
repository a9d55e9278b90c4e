package io.perennial.accounts;

import gg.jte.Content;
import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who is known at the customer: a small card on the overview, everybody on the tab. */
@Configuration(proxyBeanMethods = false)
class PeoplePanels {

    /** People on the small card. */
    private static final int SHOWN = 4;

    @Bean
    AccountPanel peopleTab(Accounts accounts, PanelTemplates templates) {
        return new PeoplePanel("people", AccountPanel.Tab.PEOPLE, "accounts/people", accounts, templates);
    }

    @Bean
    AccountPanel peopleCard(Accounts accounts, PanelTemplates templates) {
        return new PeoplePanel("people-card", AccountPanel.Tab.OVERVIEW, "accounts/peopleCard", accounts, templates);
    }

    private record PeoplePanel(String id, Tab tab, String template, Accounts accounts, PanelTemplates templates)
            implements AccountPanel {

        @Override
        public String title() {
            return "People";
        }

        @Override
        public int order() {
            return 40;
        }

        @Override
        public Content content(AccountId account, Viewer viewer, LocalDate today) {
            List<Contact> people = accounts.contacts(account);
            List<Contact> here =
                    people.stream().filter(person -> person.isHereOn(today)).toList();
            List<Contact> gone =
                    people.stream().filter(person -> !person.isHereOn(today)).toList();
            return templates.content(
                    template,
                    tab == Tab.PEOPLE
                            ? Map.of("here", here, "gone", gone, "today", today)
                            : Map.of(
                                    "account",
                                    account,
                                    "important",
                                    here.stream()
                                            .sorted(Comparator.comparing(person -> rank(person)))
                                            .limit(SHOWN)
                                            .toList(),
                                    "others",
                                    Math.max(0, here.size() - SHOWN),
                                    "left",
                                    gone.stream()
                                            .filter(person -> person.leftOn() != null
                                                    && person.leftOn().isAfter(today.minusDays(90)))
                                            .toList(),
                                    "today",
                                    today));
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
}
