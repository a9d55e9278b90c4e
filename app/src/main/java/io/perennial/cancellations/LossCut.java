package io.perennial.cancellations;

import io.perennial.contracts.ReasonCategory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * By what losses can be cut. Each is an expression over a loss {@code l}, its account {@code a}, its use {@code u} and its
 * dearest product {@code p}.
 */
public enum LossCut {
    REASON("Reason", "l.category"),
    FAMILY("Group of reasons", families()),
    MONTH("Month", "to_char(l.lost_on, 'YYYY-MM')"),
    SEGMENT("Segment", "coalesce(a.segment, '')"),
    TENURE("Time as a customer", """
            case when coalesce(l.first_on, a.customer_since) is null then ''
                when l.lost_on - coalesce(l.first_on, a.customer_since) < 90 then '1'
                when l.lost_on - coalesce(l.first_on, a.customer_since) < 365 then '2'
                when l.lost_on - coalesce(l.first_on, a.customer_since) < 730 then '3'
                when l.lost_on - coalesce(l.first_on, a.customer_since) < 1826 then '4'
                else '5' end"""),
    USE("Use before the notice", """
            case when u.before is null and u.last is null then ''
                when coalesce(u.last, 0) = 0 then '1'
                when u.last * 2 < 0.5 * coalesce(u.before, 0) then '2'
                when u.last * 2 <= 1.2 * coalesce(u.before, u.last * 2) then '3'
                else '4' end"""),
    PRODUCT("Product", "coalesce(p.product, '')"),
    COMPETITOR("Competitor", "coalesce(l.competitor, '')");

    private final String title;
    private final String sql;

    LossCut(String title, String sql) {
        this.title = title;
        this.sql = sql;
    }

    /** Every category as its family; the names are ours. */
    private static String families() {
        StringBuilder sql = new StringBuilder("case");
        for (ReasonCategory category : ReasonCategory.values()) {
            sql.append(" when l.category = '%s' then '%s'"
                    .formatted(category.key(), category.family().name()));
        }
        return sql + " else 'NOT_SAID' end";
    }

    public String title() {
        return title;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String sql() {
        return sql;
    }

    /** Whether groups have an order of their own; others come with the most customers first. */
    boolean ordered() {
        return this == MONTH || this == TENURE || this == USE;
    }

    /** A group as people read it. */
    public String words(String group) {
        return switch (this) {
            case REASON -> ReasonCategory.titleOf(group);
            case TENURE ->
                switch (group) {
                    case "1" -> "Under 90 days";
                    case "2" -> "90 days to a year";
                    case "3" -> "1 to 2 years";
                    case "4" -> "2 to 5 years";
                    case "5" -> "5 years and more";
                    default -> "Not known";
                };
            case USE ->
                switch (group) {
                    case "1" -> "Not used in the last 28 days";
                    case "2" -> "Used less than half as before";
                    case "3" -> "Used as before, or somewhat less";
                    case "4" -> "Used more than before";
                    default -> "No use on record";
                };
            case FAMILY ->
                group.isEmpty() ? "" : ReasonCategory.Family.valueOf(group).title();
            case MONTH, SEGMENT, PRODUCT, COMPETITOR -> group.isEmpty() ? "not said" : group;
        };
    }

    public static Optional<LossCut> of(String key) {
        return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
    }
}
