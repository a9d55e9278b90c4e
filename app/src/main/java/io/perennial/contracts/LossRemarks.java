package io.perennial.contracts;

import io.perennial.platform.records.RecordRemarks;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.RowOutcome.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A loss is odd when no line of the account ends with it: either the contract lines are missing or the loss is none. */
@Component
class LossRemarks implements RecordRemarks {

    private final JdbcClient database;

    LossRemarks(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Map<Integer, Problem> about(RecordType type, List<RecordRow> rows) {
        Map<Integer, Problem> odd = new HashMap<>();
        if (!type.name().equals("cancellations") || rows.isEmpty()) {
            return odd;
        }
        Map<String, Integer> positions = new HashMap<>();
        for (int index = 0; index < rows.size(); index++) {
            positions.put(rows.get(index).externalId(), index);
        }
        database.sql("""
                select c.external_id, coalesce(c.effective_on, c.cancelled_on)
                from contracts.cancellation c
                where c.external_id = any(:ids)
                    and exists (select from contracts.contract_line l where l.account_id = c.account_id)
                    and not exists (
                        select from contracts.contract_line l
                        where l.account_id = c.account_id
                            and l.ends_on = coalesce(c.effective_on, c.cancelled_on))
                """)
                .param("ids", positions.keySet().toArray(String[]::new))
                .query(row -> {
                    odd.put(
                            positions.get(row.getString(1)),
                            new Problem(
                                    "",
                                    "no_line_ends",
                                    "No contract line of the account ends on the day of the loss",
                                    row.getString(1) + ", " + row.getString(2)));
                });
        return odd;
    }
}
