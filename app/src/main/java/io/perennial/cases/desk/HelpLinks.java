package io.perennial.cases.desk;

import io.perennial.cases.ArrivedMessage;
import io.perennial.cases.MessageListener;
import io.perennial.knowledge.Articles;
import io.perennial.knowledge.Language;
import io.perennial.knowledge.SentLinks;
import io.perennial.platform.web.PublicAddress;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Links to articles in what we write to customers become the reader's own, in the letter only: what the case keeps is the plain
 * link, so that no colleague votes for a customer. And who writes again was not helped by what they read.
 */
@Component
class HelpLinks implements MessageListener {

    private static final String PATH = "/help/";
    private static final String ARTICLE =
            "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\\?in=([A-Za-z-]{2,12}))?(?![\\w&?=-])";

    private final Articles articles;
    private final SentLinks links;
    private final Optional<Pattern> ours;
    private final String base;

    HelpLinks(Articles articles, SentLinks links, PublicAddress address) {
        this.articles = articles;
        this.links = links;
        this.base = address.of(PATH).orElse("");
        this.ours = address.of(PATH).map(base -> Pattern.compile(Pattern.quote(base) + ARTICLE));
    }

    /** The text as this reader gets it; in the transaction that posts the letter. */
    String personal(String text, UUID about, @Nullable UUID contact) {
        return ours.map(pattern -> pattern.matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement(personal(found, about, contact))))
                .orElse(text);
    }

    private String personal(MatchResult found, UUID about, @Nullable UUID contact) {
        UUID article = UUID.fromString(found.group(1));
        Language language = Language.of(found.group(2) == null ? "en" : found.group(2));
        if (articles.readable(article, language).isEmpty()) {
            return found.group();
        }
        return base + article + "?in=" + language.code() + "&" + SentLinks.PARAMETER + "="
                + links.send(article, language, contact, about);
    }

    @Override
    public void arrived(ArrivedMessage message) {
        if (message.kind().equals("customer")) {
            links.wrote(message.contact(), message.caseId());
        }
    }
}
