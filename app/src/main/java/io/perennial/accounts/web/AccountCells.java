package io.perennial.accounts.web;

import io.perennial.accounts.edit.CellEdits;
import io.perennial.accounts.edit.CellEdits.Conflict;
import io.perennial.accounts.edit.CellEdits.Refused;
import io.perennial.accounts.edit.CellEdits.Saved;
import io.perennial.accounts.edit.Field;
import io.perennial.accounts.list.AccountWindows;
import io.perennial.accounts.list.ListView;
import io.perennial.identity.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * One cell of the grid, edited in place. Answers the account's row when it is saved, 409 with both values when somebody
 * else was first, 422 with the reason when the value is not possible.
 */
@Controller
class AccountCells {

    private final CellEdits edits;
    private final AccountWindows windows;

    AccountCells(CellEdits edits, AccountWindows windows) {
        this.edits = edits;
        this.windows = windows;
    }

    @PostMapping("/accounts/{account}/cells/{field}")
    String edit(
            Viewer viewer,
            @PathVariable UUID account,
            @PathVariable String field,
            @RequestParam(defaultValue = "") String value,
            @RequestParam(defaultValue = "") String seen,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Field edited = Field.named(field).orElseThrow(AccountCells::unknown);
        ListView view = AccountRows.view(request);
        CellEdits.Outcome outcome =
                edits.edit(account, edited, value, seen, viewer).orElseThrow(AccountCells::unknown);
        return switch (outcome) {
            case Saved saved -> {
                model.addAttribute("window", AccountsWindow.saved(view, account, windows, viewer, saved));
                yield "accounts/rows";
            }
            case Conflict conflict -> {
                response.setStatus(HttpStatus.CONFLICT.value());
                model.addAttribute("conflict", conflict);
                model.addAttribute("wanted", value.strip());
                yield "accounts/conflict";
            }
            case Refused refused -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                model.addAttribute("reason", refused.reason());
                yield "accounts/refused";
            }
        };
    }

    private static ResponseStatusException unknown() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
