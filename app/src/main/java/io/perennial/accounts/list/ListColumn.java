package io.perennial.accounts.list;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A column of the accounts table: what can be shown, sorted, filtered and grouped by. The allow-list of all four; text
 * from a URL never becomes SQL.
 */
public enum ListColumn {
    NAME("Account", Kind.TEXT, false),
    SCORE("Health", Kind.SCORE, false),
    BAND("Health band", Kind.BAND, true),
    SCORE_CHANGE("Change, 28 days", Kind.POINTS, false),
    REASON("Main reason", Kind.TEXT, false),
    ARR("ARR", Kind.MONEY, false),
    CURRENCY("Currency", Kind.TEXT, true),
    RENEWS_ON("Renews", Kind.DATE, true),
    AUTO_RENEW("Renews by itself", Kind.YES_NO, true),
    SEATS("Seats", Kind.NUMBER, false),
    OWNER_NAME("Owner", Kind.TEXT, true),
    SEGMENT("Segment", Kind.TEXT, true),
    STAGE("Stage", Kind.TEXT, true),
    INDUSTRY("Industry", Kind.TEXT, true),
    COUNTRY("Country", Kind.TEXT, true),
    OPEN_SIGNALS("Signals", Kind.NUMBER, false),
    MONEY_AT_RISK("Money at risk", Kind.MONEY, false),
    ACTIVE_USERS("Active users, 28 days", Kind.NUMBER, false),
    LICENCES_USED("Licences used", Kind.SHARE, false),
    EVENTS_28("Use, 28 days", Kind.NUMBER, false),
    USAGE_CHANGE("Use against before", Kind.SHARE, false),
    LAST_USED_ON("Last used", Kind.DATE, false),
    OPEN_CASES("Open cases", Kind.NUMBER, false),
    NPS("NPS answer", Kind.NUMBER, false),
    LAST_TOUCH_ON("Last contact", Kind.DATE, false),
    NEXT_STEP("Next step", Kind.TEXT, false),
    NEXT_STEP_ON("Next step due", Kind.DATE, false),
    LEFT_ON("Left on", Kind.DATE, true),
    COVERAGE("Data coverage", Kind.PERCENT, false),
    EXTERNAL_ID("External id", Kind.TEXT, false);

    /** How values are compared, written and aligned. */
    public enum Kind {
        TEXT,
        BAND,
        SCORE,
        POINTS,
        MONEY,
        NUMBER,
        /** A share of one, shown as a percentage. */
        SHARE,
        PERCENT,
        DATE,
        YES_NO;

        public boolean numeric() {
            return this == SCORE
                    || this == POINTS
                    || this == MONEY
                    || this == NUMBER
                    || this == SHARE
                    || this == PERCENT;
        }
    }

    /** What a new view shows. */
    public static final List<ListColumn> DEFAULTS =
            List.of(NAME, SCORE, SCORE_CHANGE, ARR, RENEWS_ON, OWNER_NAME, SEGMENT, OPEN_SIGNALS, NEXT_STEP);

    private final String title;
    private final Kind kind;
    private final boolean groupable;

    ListColumn(String title, Kind kind, boolean groupable) {
        this.title = title;
        this.kind = kind;
        this.groupable = groupable;
    }

    public String title() {
        return title;
    }

    public Kind kind() {
        return kind;
    }

    public boolean groupable() {
        return groupable;
    }

    /** Name in URLs and exports. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The SQL expression over {@code accounts.overview o}. */
    String sql() {
        return this == SCORE_CHANGE ? "(o.score - o.score_before)" : "o." + key();
    }

    public static Optional<ListColumn> byKey(String key) {
        return Arrays.stream(values())
                .filter(column -> column.key().equals(key))
                .findFirst();
    }
}
