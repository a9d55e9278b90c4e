package io.perennial.knowledge.web;

import io.perennial.platform.web.NavigationItem;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the knowledge base stands in the left rail. */
@Configuration
class KnowledgeNavigation {

    static final String KNOWLEDGE = "Knowledge";

    @Bean
    NavigationItem knowledgeEntry() {
        return new NavigationItem(KNOWLEDGE, "/knowledge", "book", "Support", 420, "B", Set.of());
    }
}
