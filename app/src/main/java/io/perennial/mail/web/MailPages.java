package io.perennial.mail.web;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.mail.Delivery.State;
import io.perennial.mail.Letter;
import io.perennial.mail.MailSettings;
import io.perennial.mail.MailStatus;
import io.perennial.mail.Outbox;
import io.perennial.mail.Ways;
import io.perennial.mail.in.IncomingLetters;
import io.perennial.mail.in.Intake;
import io.perennial.mail.out.Suppression;
import io.perennial.mail.out.Wakeup;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.NavigationItem;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** How mail is doing: the ways out and in, what waits, what failed and why, what nobody took. */
@Controller
public class MailPages {

    private static final String SECTION = "Mail";
    private static final String ADDRESS = "/admin/mail";

    private final MailLists lists;
    private final MailStatus status;
    private final MailSettings settings;
    private final Ways ways;
    private final Suppression suppression;
    private final Outbox outbox;
    private final IncomingLetters incoming;
    private final Intake intake;
    private final Wakeup wakeup;
    private final Frames frames;

    MailPages(
            MailLists lists,
            MailStatus status,
            MailSettings settings,
            Ways ways,
            Suppression suppression,
            Outbox outbox,
            IncomingLetters incoming,
            Intake intake,
            Wakeup wakeup,
            Frames frames) {
        this.lists = lists;
        this.status = status;
        this.settings = settings;
        this.ways = ways;
        this.suppression = suppression;
        this.outbox = outbox;
        this.incoming = incoming;
        this.intake = intake;
        this.wakeup = wakeup;
        this.frames = frames;
    }

    @Bean
    static NavigationItem mailItem() {
        return new NavigationItem(SECTION, ADDRESS, "envelope", "Admin", 950, "", Set.of(Role.ADMIN.name()));
    }

    @GetMapping(ADDRESS)
    String mail(
            Viewer viewer,
            @RequestParam(required = false) @Nullable String state,
            HttpServletRequest request,
            Model model) {
        model.addAttribute("notice", Notice.take(request));
        return show(viewer, chosen(state), viewer.email(), null, model);
    }

    @PostMapping(ADDRESS + "/test-letter")
    String testLetter(
            Viewer viewer,
            @RequestParam(defaultValue = "") String to,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            outbox.post(
                    Letter.plain(
                            "test:" + UUID.randomUUID(),
                            to,
                            "A test letter from Perennial",
                            "Good day,\n\nthis letter shows that Perennial can send mail. " + viewer.name()
                                    + " asked for it.\n",
                            "test"),
                    viewer.actor());
        } catch (IllegalArgumentException refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, null, to, refused.getMessage(), model);
        }
        String obstacle = settings.obstacle();
        new Notice(obstacle == null ? "The letter is on its way." : "The letter waits. " + obstacle, null, null)
                .leave(request);
        return "redirect:" + ADDRESS;
    }

    @GetMapping(ADDRESS + "/letters/{id}")
    String letter(Viewer viewer, @PathVariable UUID id, HttpServletRequest request, Model model) {
        MailView.Sent letter = lists.letter(id).orElseThrow(MailPages::unknown);
        model.addAttribute("notice", Notice.take(request));
        model.addAttribute("frame", frames.frame(letter.subject(), SECTION).under(SECTION, ADDRESS));
        model.addAttribute("page", new MailView.LetterPage(letter, lists.attempts(id)));
        return "mail/letter";
    }

    @PostMapping(ADDRESS + "/letters/{id}/retry")
    String again(Viewer viewer, @PathVariable UUID id, HttpServletRequest request) {
        boolean again = lists.again(id);
        wakeup.afterCommit();
        new Notice(again ? "The letter is tried again." : "The letter waits already, or has been sent.", null, null)
                .leave(request);
        return "redirect:" + ADDRESS + "/letters/" + id;
    }

    @GetMapping(ADDRESS + "/received/{id}")
    String received(Viewer viewer, @PathVariable UUID id, HttpServletRequest request, Model model) {
        MailView.Received letter = lists.received(id)
                // What a module has taken is its own, and shown by it to those who may see it.
                .filter(found -> found.takenBy() == null)
                .orElseThrow(MailPages::unknown);
        model.addAttribute("notice", Notice.take(request));
        model.addAttribute("frame", frames.frame(letter.title(), SECTION).under(SECTION, ADDRESS));
        model.addAttribute(
                "page", new MailView.ReceivedPage(letter, incoming.find(id).orElseThrow(MailPages::unknown)));
        return "mail/received";
    }

    @PostMapping(ADDRESS + "/received/{id}/offer")
    String offer(Viewer viewer, @PathVariable UUID id, HttpServletRequest request) {
        String words = intake.offerAgain(id)
                .map(by -> "The letter was taken by " + by + ".")
                .orElse("Nobody takes the letter.");
        new Notice(words, null, null).leave(request);
        return "redirect:" + ADDRESS;
    }

    @PostMapping(ADDRESS + "/received/{id}/dismissal")
    String setAside(Viewer viewer, @PathVariable UUID id, HttpServletRequest request) {
        if (lists.setAside(id, viewer.name())) {
            new Notice("The letter is set aside.", null, null).leave(request);
        }
        return "redirect:" + ADDRESS;
    }

    @PostMapping(ADDRESS + "/addresses/revival")
    String revive(Viewer viewer, @RequestParam(defaultValue = "") String address, HttpServletRequest request) {
        if (suppression.revive(address)) {
            new Notice("Letters are sent to " + address + " again.", null, null).leave(request);
        }
        return "redirect:" + ADDRESS;
    }

    private String show(Viewer viewer, @Nullable State state, String testTo, @Nullable String problem, Model model) {
        model.addAttribute("frame", frames.frame(SECTION, SECTION));
        model.addAttribute(
                "page",
                new MailView(
                        doors(),
                        status.troubles(viewer),
                        tabs(state),
                        lists.letters(state),
                        lists.incoming(true),
                        lists.unreadCount(),
                        suppression.latest(MailLists.MOST),
                        testTo,
                        problem));
        return "mail/mail";
    }

    private List<MailView.Door> doors() {
        MailSettings.Smtp smtp = settings.smtp();
        MailSettings.Imap imap = settings.imap();
        MailSettings.Listener listener = settings.listener();
        return List.of(
                new MailView.Door(
                        "Out, by SMTP",
                        smtp.isKnown()
                                ? smtp.host() + ":" + smtp.usedPort() + ", " + words(smtp.security()) + ", from "
                                        + settings.from()
                                : "Set PERENNIAL_MAIL_SMTP_HOST and PERENNIAL_MAIL_FROM",
                        settings.obstacle() == null,
                        ways.of(Ways.SMTP).orElse(null)),
                new MailView.Door(
                        "In, from a mailbox",
                        imap.isKnown()
                                ? imap.user() + " at " + imap.host() + ":" + imap.usedPort() + ", "
                                        + words(imap.security()) + ", " + imap.folder()
                                : "Set PERENNIAL_MAIL_IMAP_HOST, _USER and _PASSWORD",
                        imap.isKnown() && imap.polling(),
                        ways.of(Ways.IMAP).orElse(null)),
                new MailView.Door(
                        "In, by SMTP",
                        listener.isOn()
                                ? listener.address() + ":" + listener.port() + ", for "
                                        + String.join(", ", listener.recipients())
                                : "Set PERENNIAL_MAIL_LISTENER_PORT and _RECIPIENTS",
                        listener.isOn(),
                        ways.of(Ways.LISTENER).orElse(null)));
    }

    private List<Tab> tabs(@Nullable State chosen) {
        Map<State, Long> counts = lists.counts();
        List<Tab> tabs = new ArrayList<>();
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        tabs.add(new Tab("All", ADDRESS + "#letters", chosen == null, all));
        for (State state : List.of(State.WAITING, State.ACCEPTED, State.BOUNCED, State.FAILED, State.WITHHELD)) {
            tabs.add(new Tab(
                    state.title(),
                    ADDRESS + "?state=" + state.name().toLowerCase(Locale.ROOT) + "#letters",
                    state == chosen,
                    counts.getOrDefault(state, 0L)));
        }
        return tabs;
    }

    private static @Nullable State chosen(@Nullable String typed) {
        for (State state : State.values()) {
            if (state.name().equalsIgnoreCase(typed)) {
                return state;
            }
        }
        return null;
    }

    private static String words(MailSettings.Security security) {
        return switch (security) {
            case TLS -> "TLS";
            case STARTTLS -> "STARTTLS";
            case NONE -> "not encrypted";
        };
    }

    private static ResponseStatusException unknown() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
