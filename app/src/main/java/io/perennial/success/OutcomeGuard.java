package io.perennial.success;

import io.perennial.platform.records.RecordGuard;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.shared.Actor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** An outcome belongs to a plan of the same customer, and is bound to measures that exist. */
@Component
class OutcomeGuard implements RecordGuard {

    private final JdbcClient database;
    private final Measured measured;

    OutcomeGuard(JdbcClient database, Measured measured) {
        this.database = database;
        this.measured = measured;
    }

    @Override
    public Map<Integer, String> refuse(RecordType type, List<RecordRow> rows, Actor actor) {
        if (!type.name().equals(SuccessRecords.OUTCOMES)) {
            return Map.of();
        }
        Map<UUID, UUID> owners = owners(rows);
        Map<Integer, String> refused = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            Map<String, ?> values = rows.get(i).values();
            if (values.get("plan") instanceof UUID plan
                    && values.get("account") instanceof UUID account
                    && owners.get(plan) != null
                    && !account.equals(owners.get(plan))) {
                refused.put(i, "The plan is another customer's. Name the customer whose plan it is.");
            } else if (values.get("measure") instanceof String measure
                    && !measure.isEmpty()
                    && measured.find(measure).isEmpty()) {
                refused.put(i, "There is no live measure of that name. Leave it empty to type the actual in.");
            } else if (values.get("value") != null
                    && values.containsKey("currency")
                    && values.get("currency") == null) {
                refused.put(i, "A worth needs its currency.");
            }
        }
        return refused;
    }

    private Map<UUID, UUID> owners(List<RecordRow> rows) {
        Set<UUID> plans = new HashSet<>();
        rows.forEach(row -> {
            if (row.values().get("plan") instanceof UUID plan) {
                plans.add(plan);
            }
        });
        Map<UUID, UUID> owners = new HashMap<>();
        if (!plans.isEmpty()) {
            database.sql("select id, account_id from success.plan where id = any(:ids)")
                    .param("ids", plans.toArray(UUID[]::new))
                    .query(row -> {
                        owners.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
                    });
        }
        return owners;
    }
}
