package io.perennial.health.scoring;

import io.perennial.accounts.AccountIds;
import io.perennial.shared.AccountId;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps with every standing signal the revenue of its account, which is known after the overview has been refreshed. */
@Component
class Stakes {

    private final JdbcClient database;

    Stakes(JdbcClient database) {
        this.database = database;
    }

    void follow(Collection<AccountId> accounts) {
        database.sql("""
                        update health.signal s set money = o.arr, currency = o.currency
                        from accounts.overview o
                        where o.account_id = s.account_id and s.account_id = any(:ids)
                          and s.state in ('open', 'acknowledged', 'snoozed')
                          and (s.money, s.currency) is distinct from (o.arr, o.currency)
                        """).param("ids", AccountIds.array(accounts)).update();
    }
}
