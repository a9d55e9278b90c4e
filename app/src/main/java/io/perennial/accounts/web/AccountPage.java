package io.perennial.accounts.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.accounts.Panels;
import io.perennial.accounts.Timeline;
import io.perennial.accounts.list.AccountList;
import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.identity.TeamMembers;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.view.RedirectView;

/** How is this customer, and what is next? One page of panels that the modules contribute. */
@Controller
class AccountPage {

    private static final int TIMELINE_ON_OVERVIEW = 12;
    private static final int TIMELINE_PAGE = 50;
    private static final String TIMELINE_TAB = "timeline";

    private final Accounts accounts;
    private final AccountList list;
    private final Panels panels;
    private final Timeline timeline;
    private final TeamMembers team;
    private final Frames frames;
    private final Clock clock;

    AccountPage(
            Accounts accounts,
            AccountList list,
            Panels panels,
            Timeline timeline,
            TeamMembers team,
            Frames frames,
            Clock clock) {
        this.accounts = accounts;
        this.list = list;
        this.panels = panels;
        this.timeline = timeline;
        this.team = team;
        this.frames = frames;
        this.clock = clock;
    }

    @GetMapping("/accounts/{account}")
    String account(
            Viewer viewer,
            @PathVariable UUID account,
            @RequestParam(defaultValue = "overview") String tab,
            @RequestParam(required = false) @Nullable Instant before,
            @RequestParam(name = "kind", required = false) @Nullable Set<String> kinds,
            HttpServletRequest request,
            Model model) {
        AccountCard card = require(account, viewer);
        Set<String> chosen = kinds == null
                ? Set.of()
                : kinds.stream().filter(AccountView.KINDS::contains).collect(Collectors.toUnmodifiableSet());
        Instant until = before == null ? clock.instant().plusSeconds(1) : before;
        boolean isTimeline = tab.equals(TIMELINE_TAB);
        Tab shown = isTimeline ? Tab.OVERVIEW : tab(tab);
        model.addAttribute(
                "frame", frames.frame(card.name(), AccountsPage.SECTION).under("Accounts", "/accounts"));
        model.addAttribute(
                "page",
                new AccountView(
                        card,
                        list.one(account, viewer),
                        tabs(card, tab),
                        isTimeline ? List.of() : rendered(shown, card.id(), viewer),
                        isTimeline
                                ? timeline.before(card.id(), until, chosen, TIMELINE_PAGE)
                                : shown == Tab.OVERVIEW
                                        ? timeline.before(card.id(), until, Set.of(), TIMELINE_ON_OVERVIEW)
                                        : null,
                        isTimeline,
                        chosen,
                        team.active().stream().map(TeamMembers.Colleague::name).toList(),
                        viewer.role().mayWork(),
                        today(),
                        clock.instant(),
                        Notice.take(request)));
        return "accounts/account";
    }

    @GetMapping("/accounts/{account}/preview")
    String preview(Viewer viewer, @PathVariable UUID account, Model model) {
        AccountCard card = require(account, viewer);
        model.addAttribute(
                "page",
                new AccountView(
                        card,
                        list.one(account, viewer),
                        List.of(),
                        rendered(Tab.OVERVIEW, card.id(), viewer),
                        timeline.before(card.id(), clock.instant().plusSeconds(1), Set.of(), 3),
                        false,
                        Set.of(),
                        List.of(),
                        false,
                        today(),
                        clock.instant(),
                        null));
        return "accounts/preview";
    }

    @GetMapping("/accounts/{account}/panels/{panel}")
    String panel(Viewer viewer, @PathVariable UUID account, @PathVariable String panel, Model model) {
        AccountCard card = require(account, viewer);
        AccountPanel found = panels.find(panel).orElseThrow(AccountPage::unknown);
        model.addAttribute("panel", render(found, card.id(), viewer, new Once()));
        model.addAttribute("account", account);
        return "accounts/panel";
    }

    private AccountCard require(UUID account, Viewer viewer) {
        return accounts.find(new AccountId(account), viewer).orElseThrow(AccountPage::unknown);
    }

    private static ResponseStatusException unknown() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    private static Tab tab(String name) {
        try {
            return Tab.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private List<AccountView.Rendered> rendered(Tab tab, AccountId account, Viewer viewer) {
        Once page = new Once();
        return panels.of(tab).stream()
                .map(panel -> render(panel, account, viewer, page))
                .toList();
    }

    private AccountView.Rendered render(AccountPanel panel, AccountId account, Viewer viewer, Once page) {
        return new AccountView.Rendered(panel.id(), panel.title(), panel.content(account, viewer, today(), page));
    }

    private List<io.perennial.platform.web.Tab> tabs(AccountCard card, String current) {
        List<io.perennial.platform.web.Tab> tabs = new ArrayList<>();
        tabs.add(link(card, "overview", "Overview", current));
        tabs.add(link(card, TIMELINE_TAB, "Timeline", current));
        panels.tabs().stream()
                .filter(tab -> tab != Tab.OVERVIEW)
                .map(tab -> link(card, tab.name().toLowerCase(Locale.ROOT), title(tab), current))
                .forEach(tabs::add);
        return tabs;
    }

    private static io.perennial.platform.web.Tab link(AccountCard card, String tab, String title, String current) {
        String url = "/accounts/" + card.id() + (tab.equals("overview") ? "" : "?tab=" + tab);
        return new io.perennial.platform.web.Tab(title, url, tab.equals(current));
    }

    private static String title(Tab tab) {
        return tab.name().charAt(0) + tab.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** An account asked for by the company's own id, as links from other systems do; a tab in the query is kept. */
    @GetMapping("/accounts/by-external-id/{externalId}")
    RedirectView byExternalId(Viewer viewer, @PathVariable String externalId, HttpServletRequest request) {
        AccountId account = accounts.byExternalId(externalId)
                .filter(found -> accounts.isVisible(found, viewer))
                .orElseThrow(AccountPage::unknown);
        String query = request.getQueryString();
        RedirectView redirect = new RedirectView("/accounts/" + account + (query == null ? "" : "?" + query));
        redirect.setExpandUriTemplateVariables(false);
        return redirect;
    }
}
