package io.perennial.onboarding;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** What people change about an onboarding: tables with the columns that are theirs, so that a change can be told and taken back. */
enum Thing {
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

    /** In changes, so that no other module's things are taken for these. */
    String type() {
        return "onboarding." + table;
    }

    String table() {
        return "onboarding." + table;
    }

    String columns() {
        return columns;
    }

    /** @param columns those that are known here; others are left out */
    String assignments(Collection<String> columns) {
        return Arrays.stream(this.columns.split(", ", -1))
                .filter(columns::contains)
                .map(column -> column + " = s." + column)
                .collect(Collectors.joining(", "));
    }

    static Thing of(String type) {
        return Arrays.stream(values())
                .filter(thing -> thing.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
