package io.perennial.accounts;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordRemarks;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.RowOutcome.Problem;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** What presupposes a contract, such as use or a case, is odd before the account was a customer. */
@Component
class CustomerYet implements RecordRemarks {

    private static final String ACCOUNT = "account";

    private final JdbcClient database;

    CustomerYet(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Map<Integer, Problem> about(RecordType type, List<RecordRow> rows) {
        Column moment = type.moment().orElse(null);
        if (moment == null
                || type.column(ACCOUNT).isEmpty()
                || type.column("contract").isEmpty()) {
            return Map.of();
        }
        Map<String, LocalDate> since = since(rows.stream()
                .map(row -> row.values().get(ACCOUNT))
                .filter(Objects::nonNull)
                .distinct()
                .toArray());
        Map<Integer, Problem> odd = new HashMap<>();
        for (int index = 0; index < rows.size() && !since.isEmpty(); index++) {
            RecordRow row = rows.get(index);
            LocalDate day = RecordRemarks.day(moment, row);
            LocalDate first = since.get(String.valueOf(row.values().get(ACCOUNT)));
            if (day != null && first != null && day.isBefore(first)) {
                odd.put(
                        index,
                        new Problem(
                                moment.name(),
                                "before_customer",
                                "Dated before the account became a customer (customer_since)",
                                day + ", customer since " + first));
            }
        }
        return odd;
    }

    private Map<String, LocalDate> since(Object[] externalIds) {
        Map<String, LocalDate> since = new HashMap<>();
        if (externalIds.length > 0) {
            database.sql("""
                    select external_id, customer_since from accounts.account
                    where external_id = any(:ids) and customer_since is not null
                    """)
                    .param("ids", new SqlArrayValue("text", externalIds))
                    .query(row -> {
                        since.put(row.getString(1), row.getObject(2, LocalDate.class));
                    });
        }
        return since;
    }
}
