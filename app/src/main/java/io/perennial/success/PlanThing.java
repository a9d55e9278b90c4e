package io.perennial.success;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** What people change about a plan: tables with the columns that are theirs, so that a change can be told and taken back. */
enum PlanThing {
    PLAN(
            "plan",
            "id, external_id, account_id, name, state, owner_id, starts_on, ends_on, closed_on, result, features, hours,"
                    + " hour_cost, currency, blueprint, note, created_at, updated_at"),
    OUTCOME(
            "outcome",
            "id, external_id, account_id, plan_id, objective, name, unit, baseline, target, actual, actual_on, direction,"
                    + " reached, weight, due_on, measure, subject, value, currency, value_basis, confirmed_at, confirmed_by,"
                    + " confirmed_contact, confirmed_words, created_at, updated_at"),
    STAKEHOLDER("stakeholder", "id, plan_id, contact_id, role"),
    IMPACT("impact", "id, plan_id, account_id, impact, said_on, said_by, contact_id, words");

    private final String table;
    private final String columns;

    PlanThing(String table, String columns) {
        this.table = table;
        this.columns = columns;
    }

    /** In changes, so that no other module's things are taken for these. */
    String type() {
        return "success." + table;
    }

    String table() {
        return "success." + table;
    }

    String columns() {
        return columns;
    }

    /** What is compared: everything but when it was written. */
    String compared() {
        return columns.replace(", created_at, updated_at", "");
    }

    /** @param known those that are known here; others are left out */
    String assignments(Collection<String> known, String source) {
        return Arrays.stream(columns.split(", ", -1))
                .filter(known::contains)
                .map(column -> column + " = " + source + "." + column)
                .collect(Collectors.joining(", "));
    }

    static PlanThing of(String type) {
        return Arrays.stream(values())
                .filter(thing -> thing.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
