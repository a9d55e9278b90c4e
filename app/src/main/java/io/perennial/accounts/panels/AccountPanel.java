package io.perennial.accounts.panels;

import gg.jte.Content;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import java.time.LocalDate;

/** A part of the account page, contributed by the module that owns the facts. */
public interface AccountPanel {

    /** Stable, used as element id and as fragment URL: {@code /accounts/{id}/panels/{panel}}. */
    String id();

    String title();

    /** Which tabs show it; overview panels are small. */
    Tab tab();

    /** Small numbers first. */
    int order();

    /** @param page what the panels of one page read of this account, each fact once */
    Content content(AccountId account, Viewer viewer, LocalDate today, Once page);

    enum Tab {
        OVERVIEW,
        USAGE,
        PEOPLE,
        CONTRACTS,
        CASES,
        SURVEYS,
        HEALTH
    }
}
