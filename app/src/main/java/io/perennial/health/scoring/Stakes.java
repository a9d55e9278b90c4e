package io.perennial.health.scoring;

import io.perennial.accounts.AccountIds;
import io.perennial.shared.AccountId;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps with every standing signal what it puts at stake: revenue is known after the overview has been refreshed. */
@Component
class Stakes {

    private final JdbcClient database;

    Stakes(JdbcClient database) {
        this.database = database;
    }

    void follow(Collection<AccountId> accounts) {
        database.sql("""
                        update health.signal s set money = o.arr, currency = o.currency, at_stake = o.at_stake
                        from (select account_id, arr, currency, health.at_stake(arr, score, band) as at_stake
                              from accounts.overview where account_id = any(:ids)) o
                        where o.account_id = s.account_id
                          and s.state in ('open', 'acknowledged', 'snoozed')
                          and (s.money, s.currency, s.at_stake) is distinct from (o.arr, o.currency, o.at_stake)
                        """).param("ids", AccountIds.array(accounts)).update();
    }
}
