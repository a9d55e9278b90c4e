package io.perennial.accounts.panels;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Renders a panel's template into the account page, in place and without a copy. */
@Component
public class PanelTemplates {

    private final TemplateEngine engine;

    PanelTemplates(TemplateEngine engine) {
        this.engine = engine;
    }

    /** @param template path without ending, e.g. {@code accounts/people} */
    public Content content(String template, Map<String, Object> parameters) {
        return output -> engine.render(template + ".jte", parameters, output);
    }

    /** A panel that is a template and what it is told. */
    public AccountPanel panel(Place place, String template, Facts facts) {
        return new TemplatePanel(place.id(), place.title(), place.tab(), place.order(), template, facts, this);
    }

    /** Where a panel stands and what it is called; see {@link AccountPanel} for each part. */
    public record Place(Tab tab, String id, String title, int order) {}

    /** What a template is told about an account. */
    @FunctionalInterface
    public interface Facts {

        /**
         * @param page what several panels of the page are told is read once
         * @return parameters of the template by name
         */
        Map<String, Object> about(AccountId account, Viewer viewer, LocalDate today, Once page);
    }

    private record TemplatePanel(
            String id, String title, Tab tab, int order, String template, Facts facts, PanelTemplates templates)
            implements AccountPanel {

        @Override
        public Content content(AccountId account, Viewer viewer, LocalDate today, Once page) {
            return templates.content(template, facts.about(account, viewer, today, page));
        }
    }
}
