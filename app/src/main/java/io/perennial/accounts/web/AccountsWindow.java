package io.perennial.accounts.web;

import io.perennial.accounts.edit.CellEdits.Saved;
import io.perennial.accounts.list.AccountOrder;
import io.perennial.accounts.list.AccountRow;
import io.perennial.accounts.list.AccountWindows;
import io.perennial.accounts.list.ListSummary;
import io.perennial.accounts.list.ListView;
import io.perennial.identity.Viewer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the grid.
 *
 * @param rows by account; one that left the portfolio meanwhile is missing
 * @param groups sums by heading, for the headings among the lines
 * @param change to undo by, when the rows are the answer to an edit
 * @param words what was edited, else null
 */
public record AccountsWindow(
        ListView view,
        List<AccountOrder.Line> lines,
        Map<UUID, AccountRow> rows,
        Map<String, ListSummary> groups,
        boolean mayEdit,
        @Nullable UUID change,
        @Nullable String words) {

    /** The row of one account as an edit left it. */
    static AccountsWindow saved(ListView view, UUID account, AccountWindows windows, Viewer viewer, Saved saved) {
        List<AccountOrder.Line> line = List.of(new AccountOrder.Account(account));
        return new AccountsWindow(
                view, line, windows.rows(line, viewer), Map.of(), true, saved.change(), saved.words());
    }
}
