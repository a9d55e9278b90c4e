package io.perennial.console;

import io.perennial.accounts.AccountSearch;
import io.perennial.accounts.AccountSearch.Hit;
import io.perennial.identity.Viewer;
import io.perennial.knowledge.Articles;
import io.perennial.knowledge.Audience;
import io.perennial.platform.web.Frames;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Where is it? Accounts and people of the viewer's portfolio, and articles, for the palette and as a page. */
@Controller
class SearchPage {

    private static final int ARTICLES = 5;

    private final AccountSearch search;
    private final Articles articles;
    private final Frames frames;

    SearchPage(AccountSearch search, Articles articles, Frames frames) {
        this.search = search;
        this.articles = articles;
        this.frames = frames;
    }

    record Found(String kind, String title, String subtitle, String url, String key) {}

    @GetMapping(path = "/search", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    List<Found> palette(Viewer viewer, @RequestParam(defaultValue = "") String q, Locale language) {
        return find(q, viewer, language).stream()
                .map(hit -> new Found(hit.kind(), hit.title(), hit.subtitle(), hit.url(), ""))
                .toList();
    }

    @GetMapping(path = "/search", produces = MediaType.TEXT_HTML_VALUE)
    String page(Viewer viewer, @RequestParam(defaultValue = "") String q, Locale language, Model model) {
        model.addAttribute("frame", frames.frame("Search", ""));
        model.addAttribute("query", q);
        model.addAttribute("hits", find(q, viewer, language));
        return "console/search";
    }

    private List<Hit> find(String q, Viewer viewer, Locale language) {
        Stream<Hit> known = articles.find(q, Audience.INTERNAL, language.getLanguage(), ARTICLES).stream()
                .map(article -> new Hit("Articles", article.title(), "", "/knowledge/" + article.id()));
        return Stream.concat(search.find(q, viewer).stream(), known).toList();
    }
}
