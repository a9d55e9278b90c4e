package io.perennial.accounts.web;

import io.perennial.accounts.list.AccountRow;
import io.perennial.accounts.list.Filter;
import io.perennial.accounts.list.ListColumn;
import io.perennial.accounts.list.ListSummary;
import io.perennial.accounts.list.ListView;
import io.perennial.accounts.list.SavedViews.SavedView;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Wording;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the accounts page shows.
 *
 * @param offset of the first row
 * @param notice what just happened, or null
 * @param problem why the view in the URL could not be read, or null
 */
public record AccountsTable(
        ListView view,
        List<SavedView> saved,
        ListSummary summary,
        Map<String, ListSummary> groups,
        List<AccountRow> rows,
        long offset,
        int pageSize,
        List<String> owners,
        boolean mayEdit,
        @Nullable Notice notice,
        @Nullable String problem) {

    public boolean filtered() {
        return !view.filters().isEmpty() || !view.search().isEmpty();
    }

    public boolean isSaved() {
        return saved.stream().anyMatch(saved -> saved.query().equals(view.query()));
    }

    public long last() {
        return offset + rows.size();
    }

    public @Nullable String previous() {
        return offset == 0 ? null : page(Math.max(0, offset - pageSize));
    }

    public @Nullable String next() {
        return last() >= summary.accounts() ? null : page(last());
    }

    private String page(long from) {
        String query = view.query();
        return "/accounts?" + (query.isEmpty() ? "" : query + "&") + "from=" + from;
    }

    /** A download of the whole view in a format, {@code csv} or {@code xlsx}. */
    public String download(String format) {
        String query = view.query();
        return "/accounts/export." + format + (query.isEmpty() ? "" : "?" + query);
    }

    /** Where the grid fetches its windows. */
    public String rowsUrl() {
        String query = view.query();
        return "/accounts/rows" + (query.isEmpty() ? "" : "?" + query);
    }

    /** Places of the grid: accounts, and headings when the view is grouped. */
    public long places() {
        return summary.accounts() + groups.size();
    }

    /** Columns of the grid as CSS reads them: fixed widths, so that a window never shifts its neighbours. */
    public String widths() {
        return (mayEdit ? "2.75rem " : "")
                + view.columns().stream().map(AccountsTable::width).collect(Collectors.joining(" "));
    }

    private static String width(ListColumn column) {
        double title = column.title().length() * 0.43 + 1.75;
        double least = switch (column.kind()) {
            case TEXT, BAND -> 7;
            case SCORE -> 11;
            case MONEY -> 7.5;
            case DATE -> 6.75;
            case POINTS, NUMBER, SHARE, PERCENT, YES_NO -> 5;
        };
        String width = Math.ceil(Math.max(title, least) * 4) / 4 + "rem";
        return switch (column) {
            case NAME -> "minmax(12rem, 2fr)";
            case REASON, NEXT_STEP -> "minmax(7rem, 1.5fr)";
            default -> column.kind() == ListColumn.Kind.TEXT ? "minmax(" + width + ", 1fr)" : width;
        };
    }

    /** Value of the aria-sort attribute, or null when the list is not sorted by the column. */
    public @Nullable String ariaSort(ListColumn column) {
        return view.sortedBy(column) ? view.descending() ? "descending" : "ascending" : null;
    }

    /** Heading of the group a row belongs to; null when the view is not grouped. */
    public @Nullable String heading(AccountRow row) {
        ListColumn group = view.group();
        if (group == null) {
            return null;
        }
        Object value = row.value(group);
        String text = value == null ? "" : value.toString();
        return group.kind() == ListColumn.Kind.DATE && text.length() >= 7 ? text.substring(0, 7) : text;
    }

    /** As a heading reads: a band in words, a month by name, "None" for nothing. */
    public static String words(@Nullable ListColumn group, String heading) {
        if (heading.isEmpty()) {
            return "None";
        }
        if (group == ListColumn.BAND) {
            return io.perennial.platform.web.Band.of(heading).word();
        }
        if (group != null && group.kind() == ListColumn.Kind.YES_NO) {
            return heading.startsWith("t") ? "Yes" : "No";
        }
        return heading;
    }

    /** Class of a column's cells, or null. */
    public static @Nullable String alignment(ListColumn column) {
        return column.kind().numeric() && column != ListColumn.SCORE ? "number" : null;
    }

    /** A plain cell as text; health, money and dates have components of their own. */
    public static String text(AccountRow row, ListColumn column) {
        BigDecimal number = row.number(column);
        return switch (column.kind()) {
            case SHARE -> number == null ? "–" : Wording.count(Math.round(number.doubleValue() * 100)) + " %";
            case PERCENT -> number == null ? "–" : Math.round(number.doubleValue()) + " %";
            case POINTS -> number == null ? "–" : signed(Math.round(number.doubleValue()));
            case NUMBER -> number == null ? "–" : Wording.count(number.longValue());
            case YES_NO -> row.value(column) == null ? "–" : Objects.equals(row.value(column), true) ? "Yes" : "No";
            default -> row.text(column);
        };
    }

    private static String signed(long points) {
        return points > 0 ? "+" + points : points < 0 ? "−" + Math.abs(points) : "0";
    }

    /** Filters people reach for first, each one click away. */
    public static List<Filter> quickFilters() {
        return List.of(
                quick("band:is:AT_RISK"),
                quick("renews_on:within:90"),
                quick("open_signals:over:0"),
                quick("last_touch_on:empty"),
                quick("band:not:LEFT"));
    }

    private static Filter quick(String text) {
        return ListView.parse(null, List.of(text), null, null, null).filters().getFirst();
    }
}
