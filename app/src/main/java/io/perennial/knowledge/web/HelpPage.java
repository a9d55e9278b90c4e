package io.perennial.knowledge.web;

import io.perennial.knowledge.ArticleVersion;
import io.perennial.knowledge.Articles;
import io.perennial.knowledge.Language;
import io.perennial.knowledge.NotPossible;
import io.perennial.knowledge.SentLinks;
import io.perennial.platform.web.OpenPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * An article for customers, for whoever was sent its link: no sign-in, no script, nothing around it. What is internal, or not
 * published, is not there. A link that was sent to one reader asks whether it helped; opening it never answers, as mail
 * scanners open links and press no button.
 */
@Controller
public class HelpPage {

    private final Articles articles;
    private final SentLinks links;

    HelpPage(Articles articles, SentLinks links) {
        this.articles = articles;
        this.links = links;
    }

    /**
     * @param html safe to be shown as it is
     * @param action where the answer goes; null when nobody is asked
     */
    public record View(
            String language,
            String title,
            String html,
            HelpWords words,
            @Nullable String action,
            @Nullable Boolean useful,
            @Nullable String comment) {}

    @GetMapping("/help/{id}")
    String read(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "en") String in,
            @RequestParam(defaultValue = "") String link,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        ArticleVersion text = articles.readable(id, Language.of(in))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        SentLinks.Link sent = links.find(id, link).orElse(null);
        if (sent != null && isReading(request)) {
            links.opened(id, link);
        }
        OpenPage.armour(response, sent != null);
        model.addAttribute(
                "view",
                new View(
                        text.language(),
                        text.title(),
                        articles.preview(text.body()),
                        HelpWords.in(text.language()),
                        sent == null ? null : address(id, in, link),
                        sent == null || sent.vote() == null ? null : sent.vote().useful(),
                        sent == null || sent.vote() == null ? null : sent.vote().comment()));
        return "knowledge/help";
    }

    @PostMapping("/help/{id}")
    String vote(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "en") String in,
            @RequestParam(defaultValue = "") String link,
            @RequestParam(defaultValue = "") String useful,
            @RequestParam(defaultValue = "") String comment,
            HttpServletResponse response) {
        OpenPage.armour(response, true);
        if (!useful.equals("yes") && !useful.equals("no")) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        boolean readable = articles.readable(id, Language.of(in)).isPresent();
        try {
            if (!readable || !links.vote(id, link, useful.equals("yes"), comment)) {
                throw new ResponseStatusException(HttpStatus.NOT_FOUND);
            }
        } catch (NotPossible tooLong) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        return "redirect:" + address(id, in, link);
    }

    private static String address(UUID id, String in, String link) {
        return "/help/" + id + "?in=" + Language.of(in).code() + "&" + SentLinks.PARAMETER + "=" + link;
    }

    /** Neither a look whether it is there nor a fetch ahead of a click. */
    private static boolean isReading(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && request.getHeader("Purpose") == null
                && request.getHeader("Sec-Purpose") == null;
    }
}
