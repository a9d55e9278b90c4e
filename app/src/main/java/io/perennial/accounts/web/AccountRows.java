package io.perennial.accounts.web;

import io.perennial.accounts.list.AccountList;
import io.perennial.accounts.list.AccountOrder;
import io.perennial.accounts.list.AccountOrder.Account;
import io.perennial.accounts.list.AccountOrder.Heading;
import io.perennial.accounts.list.AccountOrder.Line;
import io.perennial.accounts.list.AccountWindows;
import io.perennial.accounts.list.Filter.BadView;
import io.perennial.accounts.list.ListSummary;
import io.perennial.accounts.list.ListView;
import io.perennial.identity.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/**
 * Windows of the accounts grid. The query is that of the accounts page; the header {@code X-Order} names the order that
 * the window belongs to, and asking on with it keeps all windows consistent.
 */
@Controller
class AccountRows {

    static final String ORDER = "X-Order";
    static final String TOTAL = "X-Total-Count";

    /** Most rows that are selected by naming each; more are selected by their filter. */
    static final int LARGEST_RANGE = 5_000;

    private final AccountWindows windows;
    private final AccountList list;

    AccountRows(AccountWindows windows, AccountList list) {
        this.windows = windows;
        this.list = list;
    }

    @GetMapping("/accounts/rows")
    String rows(
            Viewer viewer,
            @RequestParam int offset,
            @RequestParam int limit,
            @RequestParam(required = false) @Nullable UUID order,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        ListView view = view(request);
        AccountOrder found = windows.order(order, view, viewer);
        List<Line> lines = found.lines(Math.max(0, offset), Math.clamp(limit, 0, AccountList.LARGEST_PAGE));
        response.setHeader(ORDER, found.id().toString());
        response.setHeader(TOTAL, Integer.toString(found.size()));
        model.addAttribute(
                "window",
                new AccountsWindow(
                        view,
                        lines,
                        windows.rows(lines, viewer),
                        groups(lines, view, viewer),
                        viewer.role().mayWork(),
                        null,
                        null));
        return "accounts/rows";
    }

    /** The account ids of a range, a line each, for selecting it without having it on screen. */
    @GetMapping(path = "/accounts/rows/ids", produces = "text/plain;charset=UTF-8")
    @ResponseBody
    String ids(
            Viewer viewer,
            @RequestParam int offset,
            @RequestParam int limit,
            @RequestParam(required = false) @Nullable UUID order,
            HttpServletRequest request) {
        AccountOrder found = windows.order(order, view(request), viewer);
        return found.lines(Math.max(0, offset), Math.clamp(limit, 0, LARGEST_RANGE)).stream()
                .filter(Account.class::isInstance)
                .map(line -> ((Account) line).id().toString())
                .collect(Collectors.joining("\n"));
    }

    private Map<String, ListSummary> groups(List<Line> lines, ListView view, Viewer viewer) {
        Map<String, ListSummary> groups = new HashMap<>();
        if (lines.stream().anyMatch(Heading.class::isInstance)) {
            list.groups(view, viewer).forEach(summary -> groups.put(Objects.toString(summary.heading(), ""), summary));
        }
        return groups;
    }

    static ListView view(HttpServletRequest request) {
        try {
            return QueryText.parse(Objects.requireNonNullElse(request.getQueryString(), ""));
        } catch (BadView e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage());
        }
    }
}
