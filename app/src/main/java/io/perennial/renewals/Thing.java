package io.perennial.renewals;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * What people change about a renewal: tables with the columns that are theirs, so that a change can be told and taken back.
 * Rows of all but the renewal itself come and go with the change.
 */
enum Thing {
    RENEWAL(
            "renewal",
            "owner_id, uplift, stage, decider_id, confirmed_on, noticed_on, quoted_on, call, call_reason, called_on, called_by,"
                    + " settled, settled_reason, settled_on, settled_by, fees"),
    PERSON(
            "person",
            "id, renewal_id, contact_id, role, confirmed_on, confirmed_by, confirmed_title, added_by, added_on"),
    FEE("fee", "id, renewal_id, title, amount, added_by, added_on"),
    PLAN("save_plan", "id, renewal_id, reason, goal, opened_on, opened_by, result, note, closed_on, closed_by");

    private final String table;
    private final String columns;

    Thing(String table, String columns) {
        this.table = table;
        this.columns = columns;
    }

    /** In changes, so that no other module's things are taken for these. */
    String type() {
        return "renewals." + table;
    }

    String table() {
        return "renewals." + table;
    }

    String columns() {
        return columns;
    }

    /** @param columns those that are known here; others are left out */
    String assignments(Collection<String> columns, String source) {
        return Arrays.stream(this.columns.split(", ", -1))
                .filter(columns::contains)
                .map(column -> column + " = " + source + "." + column)
                .collect(Collectors.joining(", "));
    }

    static Thing of(String type) {
        return Arrays.stream(values())
                .filter(thing -> thing.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
