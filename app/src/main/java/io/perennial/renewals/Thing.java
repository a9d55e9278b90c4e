package io.perennial.renewals;

import io.perennial.platform.audit.ChangedTable;

/**
 * What people change about a renewal: tables with the columns that are theirs, so that a change can be told and taken back.
 * Rows of all but the renewal itself come and go with the change.
 */
enum Thing implements ChangedTable {
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

    @Override
    public String table() {
        return "renewals." + table;
    }

    @Override
    public String columns() {
        return columns;
    }

    static Thing of(String type) {
        return ChangedTable.of(values(), type);
    }
}
