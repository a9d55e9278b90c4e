package io.perennial.onboarding.web;

import io.perennial.onboarding.Links;
import io.perennial.onboarding.Links.Seen;
import io.perennial.onboarding.Milestone;
import io.perennial.platform.web.OpenPage;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/**
 * Where a contact of a customer sees how their start goes, and confirms that they get in, without signing in. Opening it changes
 * nothing: mail scanners open links, and only a button confirms.
 */
@Controller
public class GettingStartedPage {

    private final Links links;

    GettingStartedPage(Links links) {
        this.links = links;
    }

    /** @param seen null when the link is not ours, or over */
    public record View(String token, @Nullable Seen seen, boolean german) {

        public List<Milestone> waiting() {
            return seen == null
                    ? List.of()
                    : seen.milestones().stream().filter(Milestone::isOpen).toList();
        }

        /** In the reader's language. */
        public String say(String english, String other) {
            return german ? other : english;
        }

        public String language() {
            return german ? "de" : "en";
        }
    }

    @GetMapping(Links.PATH + "{token}")
    String see(@PathVariable String token, HttpServletResponse response, Model model) {
        OpenPage.armour(response, true);
        Seen seen = links.see(token).orElse(null);
        if (seen == null) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
        }
        model.addAttribute(
                "view",
                new View(
                        token,
                        seen,
                        seen != null && seen.language().toLowerCase(Locale.ROOT).startsWith("de")));
        return "onboarding/gettingStarted";
    }

    @PostMapping(Links.PATH + "{token}")
    String confirm(@PathVariable String token, HttpServletResponse response) {
        OpenPage.armour(response, true);
        if (links.confirm(token).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return "redirect:" + Links.PATH + token;
    }
}
