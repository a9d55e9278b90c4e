package io.perennial.engagement.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.engagement.TouchpointForm;
import io.perennial.engagement.Touchpoints;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** Logs a call, a meeting, a mail or a note. */
@Controller
class TouchpointPages {

    private final Touchpoints touchpoints;
    private final Accounts accounts;
    private final Frames frames;
    private final Clock clock;

    TouchpointPages(Touchpoints touchpoints, Accounts accounts, Frames frames, Clock clock) {
        this.touchpoints = touchpoints;
        this.accounts = accounts;
        this.frames = frames;
        this.clock = clock;
    }

    @PostMapping("/accounts/{id}/touchpoints")
    ModelAndView log(
            @PathVariable UUID id,
            Viewer viewer,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "") String contact,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String body,
            @RequestParam(defaultValue = "") String mood,
            @RequestParam(defaultValue = "") String back,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx) {
        AccountId account = new AccountId(id);
        AccountCard card =
                accounts.find(account, viewer).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        TouchpointForm form = new TouchpointForm(kind, at, contact, subject, body, mood, null);
        UUID change;
        try {
            change = touchpoints.log(account, form.toLog(), viewer);
        } catch (Touchpoints.NotLogged | IllegalArgumentException e) {
            return again(card, form.with(String.valueOf(e.getMessage())));
        }
        return htmx == null ? Return.to(back, account, "Logged on the timeline.") : noted(card, change);
    }

    /** In place of the form, in a row of a list. */
    private ModelAndView noted(AccountCard card, UUID change) {
        return new ModelAndView(
                "engagement/noted",
                Map.of("frame", frames.frame("Noted", "Accounts"), "account", card.id(), "change", change));
    }

    private ModelAndView again(AccountCard card, TouchpointForm form) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), clock.getZone());
        ModelAndView page = new ModelAndView(
                "engagement/logAgain",
                Map.of(
                        "frame",
                        frames.frame("Log a conversation", "Accounts")
                                .under("Accounts", "/accounts")
                                .under(card.name(), "/accounts/" + card.id()),
                        "account",
                        card,
                        "contacts",
                        accounts.contacts(card.id()).stream()
                                .filter(person -> person.isHereOn(today))
                                .toList(),
                        "form",
                        form));
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }
}
