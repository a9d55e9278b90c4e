package io.perennial.success;

import io.perennial.platform.audit.ChangedTable;

/**
 * What people change about a plan: tables with the columns that are theirs, so that a change can be told and taken back. When it was
 * written is none of them.
 */
enum PlanThing implements ChangedTable {
    PLAN(
            "plan",
            "id, external_id, account_id, name, state, owner_id, starts_on, ends_on, closed_on, result, features, hours,"
                    + " hour_cost, currency, blueprint, note"),
    OUTCOME(
            "outcome",
            "id, external_id, account_id, plan_id, objective, name, unit, baseline, target, actual, actual_on, direction,"
                    + " reached, weight, due_on, measure, subject, value, currency, value_basis, confirmed_at, confirmed_by,"
                    + " confirmed_contact, confirmed_words"),
    STAKEHOLDER("stakeholder", "id, plan_id, contact_id, role"),
    IMPACT("impact", "id, plan_id, account_id, impact, said_on, said_by, contact_id, words");

    private final String table;
    private final String columns;

    PlanThing(String table, String columns) {
        this.table = table;
        this.columns = columns;
    }

    @Override
    public String table() {
        return "success." + table;
    }

    @Override
    public String columns() {
        return columns;
    }

    static PlanThing of(String type) {
        return ChangedTable.of(values(), type);
    }
}
