package io.perennial.growth.web;

import io.perennial.growth.space.AccountSpace;
import io.perennial.growth.space.AccountSpaces;
import io.perennial.growth.space.Estimate;
import io.perennial.growth.space.Space;
import io.perennial.growth.space.Space.Product;
import io.perennial.growth.space.WhiteSpace;
import io.perennial.identity.Viewer;
import io.perennial.platform.exports.CsvTable;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** White space as files: the matrix, or customer by customer. */
@Controller
class WhiteSpaceFiles {

    private static final int BATCH = 500;

    private final WhiteSpace space;
    private final AccountSpaces accounts;

    WhiteSpaceFiles(WhiteSpace space, AccountSpaces accounts) {
        this.space = space;
        this.accounts = accounts;
    }

    /** A line for each segment, product and currency. */
    @GetMapping("/white-space/matrix.csv")
    void matrix(Viewer viewer, HttpServletResponse response) throws IOException {
        Space read = space.read(viewer);
        try (CsvTable table = begin(response, "white-space.csv")) {
            table.header(List.of(
                    "segment",
                    "accounts",
                    "product",
                    "owners",
                    "missing",
                    "peers_percent",
                    "currency",
                    "estimate_low",
                    "estimate",
                    "estimate_high",
                    "missing_without_price"));
            for (Space.Segment segment : read.segments()) {
                for (Space.Cell cell : segment.cells()) {
                    List<Estimate> estimates = cell.estimates();
                    if (estimates.isEmpty()) {
                        line(table, segment, cell, null);
                    }
                    for (Estimate estimate : estimates) {
                        line(table, segment, cell, estimate);
                    }
                }
            }
        }
    }

    private static void line(CsvTable table, Space.Segment segment, Space.Cell cell, @Nullable Estimate estimate) {
        table.row(Arrays.asList(
                segment.name(),
                segment.accounts(),
                cell.product(),
                cell.owners(),
                cell.missing(),
                cell.peers(),
                estimate == null ? "" : estimate.currency(),
                estimate == null ? null : estimate.low(),
                estimate == null ? null : estimate.amount(),
                estimate == null ? null : estimate.high(),
                cell.unpriced()));
    }

    /** A line for each customer and product, some customers at a time. */
    @GetMapping("/white-space/accounts.csv")
    void accounts(
            Viewer viewer,
            @RequestParam(defaultValue = "") String segment,
            @RequestParam(defaultValue = "") String product,
            HttpServletResponse response)
            throws IOException {
        String only = WhiteSpacePages.clean(product);
        List<String> products = only.isEmpty()
                ? space.read(viewer).products().stream().map(Product::name).toList()
                : List.of(only);
        try (CsvTable table = begin(response, "white-space-accounts.csv")) {
            table.header(List.of(
                    "account",
                    "name",
                    "segment",
                    "owner",
                    "health",
                    "product",
                    "owned",
                    "annual",
                    "annual_currency",
                    "owned_until",
                    "peers_percent",
                    "currency",
                    "estimate_low",
                    "estimate",
                    "estimate_high"));
            UUID after = null;
            do {
                AccountSpaces.Page page = accounts.read(
                        WhiteSpacePages.asked(WhiteSpacePages.clean(segment), only), products, after, BATCH, viewer);
                page.accounts().forEach(account -> lines(table, account));
                after = page.next();
            } while (after != null);
        }
    }

    private static void lines(CsvTable table, AccountSpace account) {
        for (AccountSpace.Cell cell : account.cells()) {
            Estimate estimate = cell.owned() ? null : cell.estimate();
            table.row(Arrays.asList(
                    account.externalId(),
                    account.name(),
                    account.segment(),
                    account.owner(),
                    account.band(),
                    cell.product(),
                    cell.owned() ? "yes" : "no",
                    cell.annual(),
                    cell.annualCurrency(),
                    cell.had(),
                    cell.peers(),
                    estimate == null ? "" : estimate.currency(),
                    estimate == null ? null : estimate.low(),
                    estimate == null ? null : estimate.amount(),
                    estimate == null ? null : estimate.high()));
        }
    }

    private static CsvTable begin(HttpServletResponse response, String name) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        return new CsvTable(response.getOutputStream());
    }
}
