package io.perennial.cases.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.cases.desk.CaseReads;
import io.perennial.cases.desk.CaseView;
import io.perennial.identity.Viewer;
import io.perennial.knowledge.Articles;
import io.perennial.knowledge.Audience;
import io.perennial.knowledge.Language;
import io.perennial.platform.web.PublicAddress;
import io.perennial.shared.AccountId;
import java.util.List;
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

/** Articles that may answer a case, beside it and while it is typed. */
@Controller
public class SuggestedArticles {

    private static final int MOST = 5;

    private final Articles articles;
    private final CaseReads reads;
    private final Accounts accounts;
    private final PublicAddress address;

    SuggestedArticles(Articles articles, CaseReads reads, Accounts accounts, PublicAddress address) {
        this.articles = articles;
        this.reads = reads;
        this.accounts = accounts;
        this.address = address;
    }

    /**
     * @param link for the reply: title and address where customers read it; null when they may not, or no public address is set
     */
    public record Suggested(
            UUID id,
            String title,
            String excerpt,
            boolean internal,
            @Nullable String link) {}

    @GetMapping("/cases/{id}/articles")
    String besideACase(Viewer viewer, @PathVariable UUID id, Model model) {
        CaseView view = reads.find(id, viewer).orElseThrow(CaseCommands::none);
        CaseView.Person person = view.contact();
        StringBuilder text = new StringBuilder(view.row().subject());
        view.entries().stream()
                .filter(entry -> entry.kind().equals("customer"))
                .limit(MOST)
                .forEach(entry -> text.append('\n').append(entry.text()));
        model.addAttribute(
                "articles",
                suggest(text.toString(), person == null || person.language() == null ? "en" : person.language(), true));
        return "cases/articles";
    }

    /** While a case is typed; a form, since a text may be longer than an address. */
    @PostMapping("/cases/articles")
    String whileTyping(
            Viewer viewer,
            @RequestParam UUID account,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String text,
            Model model) {
        AccountCard customer = accounts.find(new AccountId(account), viewer)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        String language = customer.language() == null ? "en" : customer.language();
        model.addAttribute("articles", suggest(subject + "\n" + text, language, false));
        return "cases/articles";
    }

    private List<Suggested> suggest(String text, String language, boolean linked) {
        return articles.suggest(text.replace("\0", ""), Audience.INTERNAL, language, MOST).stream()
                .map(found -> {
                    boolean theirs =
                            articles.readable(found.id(), Language.of(language)).isPresent();
                    String path = "/help/" + found.id() + "?in="
                            + Language.of(language).code();
                    return new Suggested(
                            found.id(),
                            found.title(),
                            found.excerpt(),
                            !theirs,
                            linked && theirs
                                    ? address.of(path)
                                            .map(link -> found.title() + "\n" + link)
                                            .orElse(null)
                                    : null);
                })
                .toList();
    }
}
