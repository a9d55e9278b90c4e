package io.perennial.accounts.list;

import io.perennial.accounts.list.Filter.BadView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A view of the accounts table. Everything is in the URL, so that a view can be saved, shared and bookmarked.
 *
 * @param search part of a name, at most {@value #LONGEST_SEARCH} characters, or empty
 * @param filters all must hold
 * @param sort the first key; accounts with no value come last
 * @param group heading rows with sums, or null
 */
public record ListView(
        String search,
        List<Filter> filters,
        ListColumn sort,
        boolean descending,
        @Nullable ListColumn group,
        List<ListColumn> columns) {

    static final int LONGEST_SEARCH = 200;
    private static final int MOST_FILTERS = 20;

    /** @throws BadView when a part names what does not exist */
    public static ListView parse(
            @Nullable String search,
            @Nullable List<String> filters,
            @Nullable String sort,
            @Nullable String group,
            @Nullable String columns) {
        if (search != null && search.length() > LONGEST_SEARCH) {
            throw new BadView("Search text is limited to " + LONGEST_SEARCH + " characters.");
        }
        List<Filter> parsed = filters == null
                ? List.of()
                : filters.stream()
                        .filter(text -> !text.isBlank())
                        .map(Filter::parse)
                        .toList();
        if (parsed.size() > MOST_FILTERS) {
            throw new BadView("A view has at most " + MOST_FILTERS + " filters.");
        }
        boolean descending = sort != null && sort.startsWith("-");
        ListColumn sortColumn = sort == null || sort.isBlank()
                ? ListColumn.SCORE
                : column(descending ? sort.substring(1) : sort, "sort");
        ListColumn groupColumn = group == null || group.isBlank() ? null : column(group, "group");
        if (groupColumn != null && !groupColumn.groupable()) {
            throw new BadView("Accounts cannot be grouped by " + groupColumn.title() + ".");
        }
        return new ListView(
                search == null ? "" : search.strip().replace("\0", ""),
                parsed,
                sortColumn,
                descending,
                groupColumn,
                columns == null || columns.isBlank()
                        ? ListColumn.DEFAULTS
                        : Arrays.stream(columns.split(","))
                                .map(key -> column(key, "columns"))
                                .distinct()
                                .toList());
    }

    private static ListColumn column(String key, String part) {
        return ListColumn.byKey(key)
                .orElseThrow(() -> new BadView("There is no column \"" + key + "\" for " + part + "."));
    }

    public boolean sortedBy(ListColumn column) {
        return sort == column;
    }

    public ListView without(Filter filter) {
        return new ListView(
                search,
                filters.stream().filter(other -> !other.equals(filter)).toList(),
                sort,
                descending,
                group,
                columns);
    }

    public ListView with(Filter filter) {
        List<Filter> more = new ArrayList<>(filters);
        more.remove(filter);
        more.add(filter);
        return new ListView(search, List.copyOf(more), sort, descending, group, columns);
    }

    /** The other direction when sorted by it already, else its useful first direction. */
    public ListView sortedInTurn(ListColumn column) {
        boolean down = sort == column ? !descending : column.kind() == ListColumn.Kind.MONEY;
        return new ListView(search, filters, column, down, group, columns);
    }

    public ListView groupedBy(@Nullable ListColumn column) {
        return new ListView(search, filters, sort, descending, column, columns);
    }

    public Optional<ListColumn> grouping() {
        return Optional.ofNullable(group);
    }

    /** The query string that makes this very view, without the question mark. */
    public String query() {
        List<String> parts = new ArrayList<>();
        if (!search.isEmpty()) {
            parts.add("q=" + encoded(search));
        }
        filters.forEach(filter -> parts.add("filter=" + encoded(filter.text())));
        if (sort != ListColumn.SCORE || descending) {
            parts.add("sort=" + (descending ? "-" : "") + sort.key());
        }
        if (group != null) {
            parts.add("group=" + group.key());
        }
        if (!columns.equals(ListColumn.DEFAULTS)) {
            parts.add("columns="
                    + String.join(",", columns.stream().map(ListColumn::key).toList()));
        }
        return String.join("&", parts);
    }

    public String url() {
        String query = query();
        return query.isEmpty() ? "/accounts" : "/accounts?" + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
