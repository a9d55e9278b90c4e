package io.perennial.campaigns.web;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Place;
import io.perennial.campaigns.Consent;
import io.perennial.campaigns.Consents;
import io.perennial.mail.Purpose;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** On the account page: which letters its people want. */
@Configuration(proxyBeanMethods = false)
public class CampaignPanels {

    private static final int SHOWN = 100;

    /** @param words what they said, in one line */
    public record Row(UUID contact, String name, String words) {}

    @Bean
    AccountPanel lettersWanted(Consents consents, Accounts accounts, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.PEOPLE, "letters-wanted", "Letters they want", 85),
                "campaigns/consentPanel",
                (account, viewer, today, page) -> {
                    Map<UUID, Map<Purpose, Consent>> said = consents.of(account);
                    List<Row> rows = accounts.contacts(account, page).stream()
                            .filter(person -> person.isHereOn(today))
                            .limit(SHOWN)
                            .map(person -> new Row(
                                    person.id(),
                                    person.name(),
                                    words(person, said.getOrDefault(person.id(), Map.of()))))
                            .toList();
                    return Map.of("people", rows);
                });
    }

    private static String words(Contact person, Map<Purpose, Consent> said) {
        if (person.email() == null) {
            return "no address known";
        }
        if (said.isEmpty()) {
            return "said nothing yet";
        }
        return said.values().stream()
                .map(one ->
                        one.purpose().title().toLowerCase(Locale.ROOT) + ": " + one.words() + ", " + one.sourceWords())
                .collect(Collectors.joining("; "));
    }
}
