package io.perennial.cases.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.AccountSearch;
import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.cases.desk.CaseDesk;
import io.perennial.cases.desk.CaseRefused;
import io.perennial.cases.desk.Expectations;
import io.perennial.cases.desk.NewCase;
import io.perennial.cases.desk.Queue;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Frames;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Intake by staff: what the customer may expect stands beside the form before anything is promised. */
@Controller
public class NewCasePage {

    static final List<String> CHANNELS = List.of("phone", "email", "chat", "portal", "meeting");

    private final CaseDesk desk;
    private final Expectations expectations;
    private final Accounts accounts;
    private final AccountSearch search;
    private final Queue queue;
    private final Frames frames;
    private final Clock clock;

    NewCasePage(
            CaseDesk desk,
            Expectations expectations,
            Accounts accounts,
            AccountSearch search,
            Queue queue,
            Frames frames,
            Clock clock) {
        this.desk = desk;
        this.expectations = expectations;
        this.accounts = accounts;
        this.search = search;
        this.queue = queue;
        this.frames = frames;
        this.clock = clock;
    }

    /** What was typed. */
    public record Form(
            String contact,
            String subject,
            String text,
            String impact,
            String urgency,
            String product,
            String channel,
            String give,
            String draft) {}

    /** Before the customer is known: a search. */
    public record Who(String words, List<AccountSearch.Hit> hits, boolean mayWork) {

        /** The address of the form for a hit. */
        public static String url(AccountSearch.Hit hit) {
            String id = hit.url().replaceFirst("^/accounts/", "").replaceFirst("\\?.*", "");
            return "/cases/new?account=" + id;
        }
    }

    /** The form and what may be expected. */
    public record View(
            AccountCard account,
            List<Contact> contacts,
            Expectations.Expected expected,
            List<String> products,
            List<String> channels,
            Form form,
            Instant now,
            LocalDate today,
            @Nullable String problem) {}

    @GetMapping("/cases/new")
    String form(
            Viewer viewer,
            @RequestParam(required = false) @Nullable UUID account,
            @RequestParam(defaultValue = "") String contact,
            @RequestParam(defaultValue = "") String q,
            Model model) {
        if (account == null) {
            model.addAttribute(
                    "frame", frames.frame("New case", CaseNavigation.CASES).under("Cases", "/cases"));
            model.addAttribute("who", new Who(q, search.find(q, viewer), QueuePage.mayWork(viewer)));
            return "cases/who";
        }
        return show(
                viewer,
                new AccountId(account),
                new Form(contact, "", "", "", "", "", "phone", "me", Ids.next().toString()),
                null,
                model);
    }

    @PostMapping("/cases")
    String open(
            Viewer viewer,
            HttpServletResponse response,
            @RequestParam UUID account,
            @RequestParam(defaultValue = "") String contact,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String impact,
            @RequestParam(defaultValue = "") String urgency,
            @RequestParam(defaultValue = "") String product,
            @RequestParam(defaultValue = "") String channel,
            @RequestParam(defaultValue = "") String give,
            @RequestParam(defaultValue = "") String draft,
            Model model) {
        Form form = new Form(contact, subject, text, impact, urgency, product, channel, give, draft);
        try {
            UUID person = contact.isBlank() ? null : UUID.fromString(contact);
            UUID opened = desk.open(
                    new NewCase(
                            new AccountId(account),
                            person,
                            subject,
                            text,
                            impact,
                            urgency,
                            product,
                            channel,
                            give,
                            draft),
                    viewer);
            return "redirect:/cases/" + opened;
        } catch (CaseRefused | IllegalArgumentException e) {
            response.setStatus(422);
            return show(viewer, new AccountId(account), form, e.getMessage(), model);
        }
    }

    private String show(Viewer viewer, AccountId id, Form form, @Nullable String problem, Model model) {
        AccountCard account =
                accounts.find(id, viewer).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        LocalDate today = LocalDate.ofInstant(clock.instant(), clock.getZone());
        model.addAttribute(
                "frame", frames.frame("New case", CaseNavigation.CASES).under("Cases", "/cases"));
        model.addAttribute(
                "view",
                new View(
                        account,
                        accounts.contacts(id).stream()
                                .filter(person -> person.isHereOn(today))
                                .toList(),
                        expectations.of(id),
                        queue.products(),
                        CHANNELS,
                        form,
                        clock.instant(),
                        today,
                        problem));
        return "cases/new";
    }
}
