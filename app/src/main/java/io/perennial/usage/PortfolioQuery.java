package io.perennial.usage;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What of the portfolio's adoption is asked for. Everything is in the address.
 *
 * @param segment empty for all
 * @param owner null for all
 * @param level basic, advanced or empty: which features the columns are
 * @param only which accounts
 * @param without a feature that none of the accounts shown uses; 0 for none
 * @param sort what the rows are sorted by
 * @param feature whose share they are sorted by, when sorted so
 * @param page from 1
 */
public record PortfolioQuery(
        String segment,
        @Nullable UUID owner,
        String level,
        Only only,
        int without,
        Sort sort,
        int feature,
        boolean descending,
        int page) {

    private static final int LAST_PAGE = 100_000;

    /** Accounts with seats, by how many of them work. */
    public enum Only {
        ALL,
        /** No active user. */
        SILENT,
        /** Less than half of the seats. */
        HALF,
        /** Any seat without an active user. */
        UNUSED
    }

    /** Columns that rows can be sorted by, with the direction that is useful first. */
    public enum Sort {
        UNUSED_ARR("a.unused_arr", true),
        UNUSED("a.unused", true),
        LICENCES("cast(a.active_users as real) / a.seats", false),
        STICKINESS("a.stickiness", false),
        BREADTH("cardinality(a.features)", false),
        NAME("lower(o.name)", false),
        FEATURE("coalesce(a.shares[array_position(a.features, :feature)], 0)", false);

        private final String sql;
        private final boolean downFirst;

        Sort(String sql, boolean downFirst) {
            this.sql = sql;
            this.downFirst = downFirst;
        }

        String sql() {
            return sql;
        }
    }

    /** Reads what stands in an address; what makes no sense is left out. */
    public static PortfolioQuery of(
            String segment, String owner, String level, String only, String without, String sort, String page) {
        boolean turned = sort.startsWith("-");
        String named = turned ? sort.substring(1) : sort;
        int feature = named.startsWith("f") ? number(named.substring(1), 0) : 0;
        Sort by = feature > 0 ? Sort.FEATURE : constant(Sort.class, named).orElse(Sort.UNUSED_ARR);
        if (by == Sort.FEATURE && feature == 0) {
            by = Sort.UNUSED_ARR;
        }
        return new PortfolioQuery(
                segment.strip().replace("\0", ""),
                uuid(owner),
                level.equals("basic") || level.equals("advanced") ? level : "",
                constant(Only.class, only).orElse(Only.ALL),
                Math.max(0, number(without, 0)),
                by,
                feature,
                by.downFirst != turned,
                Math.clamp(number(page, 1), 1, LAST_PAGE));
    }

    /** The address of this, with something else. */
    public String url() {
        List<String> parts = new ArrayList<>();
        add(parts, "segment", segment);
        add(parts, "owner", owner == null ? "" : owner.toString());
        add(parts, "level", level);
        add(parts, "only", only == Only.ALL ? "" : only.name().toLowerCase(Locale.ROOT));
        add(parts, "without", without == 0 ? "" : Integer.toString(without));
        add(parts, "sort", sortKey());
        add(parts, "page", page == 1 ? "" : Integer.toString(page));
        return parts.isEmpty() ? "/adoption" : "/adoption?" + String.join("&", parts);
    }

    private String sortKey() {
        String key = sort == Sort.FEATURE ? "f" + feature : sort.name().toLowerCase(Locale.ROOT);
        boolean turned = descending != sort.downFirst;
        return sort == Sort.UNUSED_ARR && !turned ? "" : (turned ? "-" : "") + key;
    }

    private static void add(List<String> parts, String name, String value) {
        if (!value.isEmpty()) {
            parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    public PortfolioQuery in(String other) {
        return new PortfolioQuery(other, owner, level, only, without, sort, feature, descending, 1);
    }

    public PortfolioQuery only(Only other) {
        return new PortfolioQuery(segment, owner, level, other, without, sort, feature, descending, 1);
    }

    public PortfolioQuery without(int unused) {
        return new PortfolioQuery(segment, owner, level, only, unused, sort, feature, descending, 1);
    }

    /** The other direction when sorted by it already, else the useful one. */
    public PortfolioQuery sortedBy(Sort other, int by) {
        boolean same = sort == other && feature == by;
        boolean down = same ? !descending : other.downFirst;
        return new PortfolioQuery(segment, owner, level, only, without, other, by, down, 1);
    }

    public PortfolioQuery onPage(int other) {
        return new PortfolioQuery(segment, owner, level, only, without, sort, feature, descending, other);
    }

    /** For {@code aria-sort}; null when sorted by something else. */
    public @Nullable String sorted(Sort by, int of) {
        return sort != by || feature != of ? null : descending ? "descending" : "ascending";
    }

    private static int number(String text, int otherwise) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return text.isEmpty() ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, String name) {
        try {
            return Optional.of(Enum.valueOf(type, name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
