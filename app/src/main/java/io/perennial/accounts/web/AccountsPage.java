package io.perennial.accounts.web;

import io.perennial.accounts.list.AccountList;
import io.perennial.accounts.list.Filter.BadView;
import io.perennial.accounts.list.ListSummary;
import io.perennial.accounts.list.ListView;
import io.perennial.accounts.list.SavedViews;
import io.perennial.identity.TeamMembers;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.NavigationItem;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Which customers need me? The dense table; its whole state is the URL. */
@Controller
class AccountsPage {

    static final String SECTION = "Accounts";
    private static final int PAGE_SIZE = 100;

    private final AccountList accounts;
    private final SavedViews savedViews;
    private final TeamMembers team;
    private final Frames frames;

    AccountsPage(AccountList accounts, SavedViews savedViews, TeamMembers team, Frames frames) {
        this.accounts = accounts;
        this.savedViews = savedViews;
        this.team = team;
        this.frames = frames;
    }

    @Bean
    static NavigationItem accountsNavigation() {
        return new NavigationItem(SECTION, "/accounts", "buildings", "Customers", 200, "A", Set.of());
    }

    @GetMapping("/accounts")
    String accounts(
            Viewer viewer,
            @RequestParam(name = "q", required = false) @Nullable String search,
            @RequestParam(name = "filter", required = false) @Nullable List<String> filters,
            @RequestParam(name = "column", required = false) @Nullable String filterColumn,
            @RequestParam(name = "operator", required = false) @Nullable String filterOperator,
            @RequestParam(name = "value", required = false) @Nullable String filterValue,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String group,
            @RequestParam(name = "columns", required = false) @Nullable List<String> columns,
            @RequestParam(defaultValue = "0") long from,
            HttpServletRequest request,
            Model model) {
        if (filterColumn != null && filterOperator != null) {
            // The filter form works without JavaScript: it adds its condition and shows the clean address.
            return "redirect:"
                    + added(search, filters, filterColumn, filterOperator, filterValue, sort, group, columns);
        }
        ListView view;
        String problem = null;
        try {
            view = ListView.parse(search, filters, sort, group, joined(columns));
        } catch (BadView e) {
            problem = e.getMessage() + " All accounts are shown instead.";
            view = ListView.parse(null, null, null, null, null);
        }
        Map<String, ListSummary> groups = new LinkedHashMap<>();
        accounts.groups(view, viewer).forEach(summary -> groups.put(Objects.toString(summary.heading(), ""), summary));
        model.addAttribute("frame", frames.frame("Accounts", SECTION));
        model.addAttribute(
                "table",
                new AccountsTable(
                        view,
                        savedViews.of(viewer),
                        accounts.summary(view, viewer),
                        groups,
                        accounts.rows(view, viewer, from, PAGE_SIZE),
                        from,
                        PAGE_SIZE,
                        team.active().stream().map(TeamMembers.Colleague::name).toList(),
                        viewer.role().mayWork(),
                        Notice.take(request),
                        problem));
        return "accounts/accounts";
    }

    private static String added(
            @Nullable String search,
            @Nullable List<String> filters,
            String column,
            String operator,
            @Nullable String value,
            @Nullable String sort,
            @Nullable String group,
            @Nullable List<String> columns) {
        String text = column + ":" + operator + (value == null || value.isBlank() ? "" : ":" + value.strip());
        ListView view = ListView.parse(search, filters, sort, group, joined(columns));
        // A condition that cannot be read goes into the address as it is; the page then says what is wrong with it.
        return view.url() + (view.query().isEmpty() ? "?" : "&") + "filter=" + encoded(text);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static @Nullable String joined(@Nullable List<String> columns) {
        return columns == null || columns.isEmpty() ? null : String.join(",", columns);
    }

    @PostMapping("/accounts/views")
    String saveView(
            Viewer viewer,
            @RequestParam String name,
            @RequestParam(defaultValue = "") String query,
            @RequestParam(defaultValue = "false") boolean shared) {
        ListView view = QueryText.parse(query);
        savedViews.save(name, view, shared, viewer);
        return "redirect:" + view.url();
    }

    @PostMapping("/accounts/views/{view}/deletion")
    String deleteView(Viewer viewer, @PathVariable UUID view) {
        savedViews.delete(view, viewer);
        return "redirect:/accounts";
    }
}
