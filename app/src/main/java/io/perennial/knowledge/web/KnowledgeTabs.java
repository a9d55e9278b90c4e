package io.perennial.knowledge.web;

import io.perennial.knowledge.Library;
import io.perennial.knowledge.Library.Shelf;
import io.perennial.platform.web.Tab;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** The pages of the knowledge base beside each other. */
@Component
class KnowledgeTabs {

    private final Library library;

    KnowledgeTabs(Library library) {
        this.library = library;
    }

    List<Tab> on(String current) {
        List<Tab> tabs = new ArrayList<>();
        for (Shelf shelf : Shelf.values()) {
            String url = shelf == Shelf.PUBLISHED ? "/knowledge" : "/knowledge?shelf=" + shelf.key();
            tabs.add(new Tab(shelf.title(), url, current.equals(shelf.key()), library.count(shelf)));
        }
        tabs.add(new Tab("Gaps", "/knowledge/gaps", current.equals("gaps")));
        tabs.add(new Tab("Synonyms", "/knowledge/synonyms", current.equals("synonyms")));
        return tabs;
    }
}
