package io.perennial.cases;

import io.perennial.accounts.AccountIds;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What there can be something to read about; of a span it is found out once with whom. */
enum Trouble {
    PROMISES("exists (select from cases.clock k where k.case_id = c.id)"),
    MOODS("exists (select from cases.tone t where t.case_id = c.id and coalesce(t.corrected, t.said))"),
    REPEATS("c.repeats is not null"),
    ANSWERS("c.satisfaction is not null");

    private final String sql;

    Trouble(String condition) {
        this.sql = "select distinct c.account_id from cases.support_case c where c.account_id = any(:accounts) and "
                + condition;
    }

    /** Those of these accounts who ever had any. */
    List<AccountId> among(JdbcClient database, Collection<AccountId> accounts, Span span) {
        return span.among(accounts, this, all -> AccountIds.found(database, sql, all));
    }

    /** When accounts asked for the first time; who never did is left out. */
    static Map<AccountId, Instant> firstAsked(JdbcClient database, Span span) {
        Map<AccountId, Instant> first = new HashMap<>();
        database.sql("""
                select account_id, min(opened_at) from cases.support_case where account_id = any(:accounts)
                group by account_id
                """).param("accounts", AccountIds.array(span.accounts())).query(row -> {
            first.put(
                    new AccountId(row.getObject(1, UUID.class)),
                    row.getObject(2, OffsetDateTime.class).toInstant());
        });
        return first;
    }
}
