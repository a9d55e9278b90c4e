package io.perennial.knowledge.web;

import io.perennial.knowledge.ArticleVersion;
import io.perennial.knowledge.Articles;
import io.perennial.knowledge.Language;
import io.perennial.platform.web.OpenPage;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * An article for customers, for whoever was sent its link: no sign-in, no script, nothing around it. What is internal, or not
 * published, is not there.
 */
@Controller
public class HelpPage {

    private final Articles articles;

    HelpPage(Articles articles) {
        this.articles = articles;
    }

    /** @param html safe to be shown as it is */
    public record View(String language, String title, String html) {}

    @GetMapping("/help/{id}")
    String read(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "en") String in,
            HttpServletResponse response,
            Model model) {
        ArticleVersion text = articles.readable(id, Language.of(in))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        OpenPage.armour(response, false);
        model.addAttribute("view", new View(text.language(), text.title(), articles.preview(text.body())));
        return "knowledge/help";
    }
}
