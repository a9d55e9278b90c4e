package io.perennial.accounts;

import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The parts of the account page that the modules brought. */
@Component
public class Panels {

    private final Map<String, AccountPanel> byId = new LinkedHashMap<>();

    Panels(List<AccountPanel> panels) {
        panels.stream()
                .sorted(Comparator.comparing(AccountPanel::tab)
                        .thenComparingInt(AccountPanel::order)
                        .thenComparing(AccountPanel::id))
                .forEach(panel -> {
                    if (byId.put(panel.id(), panel) != null) {
                        throw new IllegalStateException("Two account panels are called " + panel.id());
                    }
                });
    }

    /** In order. */
    public List<AccountPanel> of(Tab tab) {
        return byId.values().stream().filter(panel -> panel.tab() == tab).toList();
    }

    /** Tabs that have something to show, in the order of the page. */
    public List<Tab> tabs() {
        return byId.values().stream().map(AccountPanel::tab).distinct().toList();
    }

    public Optional<AccountPanel> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
