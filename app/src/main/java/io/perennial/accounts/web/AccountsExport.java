package io.perennial.accounts.web;

import io.perennial.accounts.list.AccountList;
import io.perennial.accounts.list.AccountRow;
import io.perennial.accounts.list.AccountWindows;
import io.perennial.accounts.list.ListColumn;
import io.perennial.accounts.list.ListView;
import io.perennial.identity.Viewer;
import io.perennial.platform.exports.CsvTable;
import io.perennial.platform.exports.TableWriter;
import io.perennial.platform.exports.WorkbookTable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The whole view as a file: the columns that are shown, every matching row, streamed. */
@Controller
class AccountsExport {

    private static final int BATCH = 500;

    private final AccountList accounts;
    private final AccountWindows windows;

    AccountsExport(AccountList accounts, AccountWindows windows) {
        this.accounts = accounts;
        this.windows = windows;
    }

    @GetMapping("/accounts/export.csv")
    void csv(Viewer viewer, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ListView view = AccountRows.view(request);
        name(response, "text/csv;charset=UTF-8", "accounts.csv");
        try (TableWriter table = new CsvTable(response.getOutputStream())) {
            write(view, viewer, table, row -> true);
        }
    }

    @GetMapping("/accounts/export.xlsx")
    void excel(Viewer viewer, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ListView view = AccountRows.view(request);
        name(response, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "accounts.xlsx");
        try (TableWriter table = new WorkbookTable(response.getOutputStream(), "Accounts")) {
            write(view, viewer, table, row -> true);
        }
    }

    /** The selection as a file: some accounts by id, or all of a view but some. */
    @PostMapping("/accounts/export")
    void selected(
            Viewer viewer,
            @RequestParam(defaultValue = "") String query,
            @RequestParam(name = "account", required = false) @Nullable List<UUID> chosen,
            @RequestParam(required = false) @Nullable Set<UUID> except,
            @RequestParam(defaultValue = "false") boolean everything,
            HttpServletResponse response)
            throws IOException {
        ListView view = QueryText.parse(query);
        name(response, "text/csv;charset=UTF-8", "accounts.csv");
        try (TableWriter table = new CsvTable(response.getOutputStream())) {
            if (everything) {
                write(view, viewer, table, row -> except == null || !except.contains(row.id()));
            } else {
                writeChosen(view, chosen == null ? List.of() : chosen, viewer, table);
            }
        }
    }

    private void writeChosen(ListView view, List<UUID> chosen, Viewer viewer, TableWriter table) throws IOException {
        List<ListColumn> columns = columns(view);
        table.header(columns.stream().map(ListColumn::key).toList());
        for (int from = 0; from < chosen.size(); from += BATCH) {
            List<UUID> batch = chosen.subList(from, Math.min(chosen.size(), from + BATCH));
            Map<UUID, AccountRow> rows = windows.byIds(batch, viewer);
            for (UUID account : batch) {
                AccountRow row = rows.get(account);
                if (row != null) {
                    table.row(values(row, columns));
                }
            }
        }
    }

    private static void name(HttpServletResponse response, String type, String file) {
        response.setContentType(type);
        response.setHeader("Content-Disposition", "attachment; filename=\"" + file + "\"");
    }

    private void write(ListView view, Viewer viewer, TableWriter table, Predicate<AccountRow> wanted)
            throws IOException {
        List<ListColumn> columns = columns(view);
        table.header(columns.stream().map(ListColumn::key).toList());
        accounts.each(view, viewer, row -> {
            try {
                if (wanted.test(row)) {
                    table.row(values(row, columns));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The shown columns; money never without its currency, an account never without its external id. */
    private static List<ListColumn> columns(ListView view) {
        List<ListColumn> columns = new ArrayList<>(view.columns());
        columns.remove(ListColumn.EXTERNAL_ID);
        columns.addFirst(ListColumn.EXTERNAL_ID);
        boolean money = columns.stream().anyMatch(column -> column.kind() == ListColumn.Kind.MONEY);
        if (money && !columns.contains(ListColumn.CURRENCY)) {
            columns.add(ListColumn.CURRENCY);
        }
        return columns;
    }

    private static List<@Nullable Object> values(AccountRow row, List<ListColumn> columns) {
        List<@Nullable Object> values = new ArrayList<>();
        for (ListColumn column : columns) {
            values.add(column.kind() == ListColumn.Kind.DATE ? row.date(column) : row.value(column));
        }
        return values;
    }
}
