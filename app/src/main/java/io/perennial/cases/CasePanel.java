package io.perennial.cases;

import gg.jte.Content;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.util.Optional;
import java.util.UUID;

/**
 * A part of the case view, contributed by the module that owns the facts. Fetched after the page, each by itself, so that a
 * slow one keeps nobody waiting; asked only for cases that the viewer may see.
 */
public interface CasePanel {

    /** Stable, used as element id and as fragment URL: {@code /cases/{id}/panels/{panel}}. */
    String id();

    String title();

    /** Small numbers first. */
    int order();

    /**
     * What stands under the title; see {@code accounts :: panels}, {@code PanelTemplates}, for one that is a template.
     *
     * @return empty: the panel has nothing to say about this case and takes no room
     */
    Optional<Content> content(Case about, Viewer viewer);

    /** The case that is looked at. */
    record Case(UUID id, long number, AccountId account) {}
}
