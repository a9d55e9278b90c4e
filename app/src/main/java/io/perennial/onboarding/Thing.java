package io.perennial.onboarding;

import io.perennial.platform.audit.ChangedTable;

/** What people change about an onboarding: tables with the columns that are theirs, so that a change can be told and taken back. */
enum Thing implements ChangedTable {
    ONBOARDING("onboarding", "owner_id, contact_id, way, told_on, stopped_on, stopped_why"),
    MILESTONE("milestone", "onboarding_id, reached_on, reached_by, begun_on, progress_on, held"),
    RESOURCE("resource", "onboarding_id, done_on, done_by"),
    ACCESS("access", "onboarding_id, verified_on, way");

    private final String table;
    private final String columns;

    Thing(String table, String columns) {
        this.table = table;
        this.columns = columns;
    }

    @Override
    public String table() {
        return "onboarding." + table;
    }

    @Override
    public String columns() {
        return columns;
    }

    static Thing of(String type) {
        return ChangedTable.of(values(), type);
    }
}
