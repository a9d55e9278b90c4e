package io.perennial.cases.desk;

import io.perennial.shared.AccountId;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who writes to us, as far as an address can tell. */
@Repository
class Senders {

    private final JdbcClient database;

    Senders(JdbcClient database) {
        this.database = database;
    }

    record Sender(UUID contact, AccountId account, String name) {}

    /** People with this address who are still there; one for each customer. */
    List<Sender> of(String address) {
        return address.isBlank()
                ? List.of()
                : database.sql("""
                        select distinct on (account_id) id, account_id, name from accounts.contact
                        where lower(email) = lower(:address) and left_on is null
                        order by account_id, created_at, id limit 10
                        """)
                        .param("address", address)
                        .query((row, number) -> new Sender(
                                row.getObject("id", UUID.class),
                                new AccountId(row.getObject("account_id", UUID.class)),
                                row.getString("name")))
                        .list();
    }
}
