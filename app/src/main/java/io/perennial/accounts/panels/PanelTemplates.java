package io.perennial.accounts.panels;

import gg.jte.Content;
import gg.jte.TemplateEngine;
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
}
