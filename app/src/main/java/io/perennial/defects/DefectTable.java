package io.perennial.defects;

import java.util.Arrays;

/** The tables whose changes can be taken back, with the columns that people change. */
enum DefectTable {
    DEFECT(
            "defect",
            "defects.defect",
            "title, description, product, feature, cause, severity, state, workaround, planned_for, fixed_in, fixed_on,"
                    + " refusal, cost, cost_currency, cost_note, found_at"),
    CASE("defect-case", "defects.case_link", "defect_id, case_id, linked_by, linked_at"),
    ACCOUNT("defect-account", "defects.account_mark", "defect_id, account_id, affected, why, marked_by, marked_at"),
    SCOPE("defect-scope", "defects.scope", "defect_id, segment, product, made_by, made_at"),
    ASKED("defect-asked", "defects.asked", "defect_id, contact_id, account_id, case_id, asked_by, asked_at");

    private final String type;
    private final String table;
    private final String fields;

    DefectTable(String type, String table, String fields) {
        this.type = type;
        this.table = table;
        this.fields = fields;
    }

    /** As changes name it. */
    String type() {
        return type;
    }

    String table() {
        return table;
    }

    String fields() {
        return fields;
    }

    String fields(String alias) {
        return alias + "." + fields.replace(", ", ", " + alias + ".");
    }

    /** Beside the fields, where somebody else may have looked meanwhile. */
    String touch() {
        return switch (this) {
            case DEFECT -> ", updated_at = :now, version = version + 1";
            default -> "";
        };
    }

    static DefectTable of(String type) {
        return Arrays.stream(values())
                .filter(table -> table.type.equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type + " is no part of a defect"));
    }
}
