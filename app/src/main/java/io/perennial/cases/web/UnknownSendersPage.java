package io.perennial.cases.web;

import io.perennial.accounts.AccountSearch;
import io.perennial.cases.desk.CaseRefused;
import io.perennial.cases.desk.UnknownSenders;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Letters of people whom nobody knows: one click makes each a case of a customer. */
@Controller
public class UnknownSendersPage {

    private static final String ADDRESS = "/cases/letters";

    /** Heading of hits that are people; what stands under their name is the customer's. */
    private static final String PEOPLE = "People";

    private final UnknownSenders senders;
    private final AccountSearch search;
    private final Frames frames;

    UnknownSendersPage(UnknownSenders senders, AccountSearch search, Frames frames) {
        this.senders = senders;
        this.search = search;
        this.frames = frames;
    }

    /**
     * @param chosen the letter that a customer is looked for
     * @param found customers of that search
     */
    public record View(
            List<UnknownSenders.Unknown> letters,
            @Nullable UUID chosen,
            String words,
            List<Found> found,
            @Nullable Notice notice,
            @Nullable String problem) {}

    public record Found(String account, String name, String about) {}

    @GetMapping(ADDRESS)
    String letters(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable UUID letter,
            @RequestParam(defaultValue = "") String q,
            Model model) {
        return show(viewer, letter, q, Notice.take(request), null, model);
    }

    @PostMapping(ADDRESS + "/{id}/case")
    String open(
            Viewer viewer,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam UUID account,
            Model model) {
        try {
            return "redirect:/cases/" + senders.openFor(id, new AccountId(account), viewer);
        } catch (CaseRefused e) {
            response.setStatus(422);
            return show(viewer, null, "", null, e.getMessage(), model);
        }
    }

    @PostMapping(ADDRESS + "/{id}/dismissal")
    String setAside(Viewer viewer, HttpServletRequest request, @PathVariable UUID id) {
        senders.setAside(id, viewer);
        new Notice("The letter is set aside. Administrators find it under Mail.", null, null).leave(request);
        return "redirect:" + ADDRESS;
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    private String show(
            Viewer viewer,
            @Nullable UUID chosen,
            String words,
            @Nullable Notice notice,
            @Nullable String problem,
            Model model) {
        List<Found> found = chosen == null
                ? List.of()
                : search.find(words, viewer).stream()
                        .map(hit -> new Found(
                                hit.url().replaceFirst("^/accounts/", "").replaceFirst("[/?].*", ""),
                                hit.kind().equals(PEOPLE) ? hit.subtitle() : hit.title(),
                                hit.kind().equals(PEOPLE) ? hit.title() : hit.subtitle()))
                        .toList();
        model.addAttribute(
                "frame", frames.frame("Unknown senders", CaseNavigation.CASES).under("Cases", "/cases"));
        model.addAttribute("view", new View(senders.latest(viewer), chosen, words, found, notice, problem));
        return "cases/letters";
    }
}
