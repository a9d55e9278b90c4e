package io.perennial.events.reading;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Accounts and contacts by the names that events use for them. */
@Component
class People {

    private final JdbcClient database;

    People(JdbcClient database) {
        this.database = database;
    }

    /** @param account external id of the account that the contact belongs to */
    record Known(String contact, String account) {}

    Map<String, UUID> accounts(Collection<String> externalIds) {
        Map<String, UUID> ids = new HashMap<>();
        if (!externalIds.isEmpty()) {
            database.sql("select external_id, id from accounts.account where external_id = any(:refs)")
                    .param("refs", externalIds.stream().distinct().sorted().toArray(String[]::new))
                    .query(row -> {
                        ids.put(row.getString(1), row.getObject(2, UUID.class));
                    });
        }
        return ids;
    }

    /**
     * Contacts by user: whose external id the user's is, else whose only e-mail address it is. Two contacts with one
     * address say nothing.
     */
    Map<String, Known> contacts(Collection<String> users) {
        Map<String, Known> found = new HashMap<>();
        if (users.isEmpty()) {
            return found;
        }
        byEmail(users, found);
        database.sql("""
                select c.external_id, a.external_id as account from accounts.contact c
                join accounts.account a on a.id = c.account_id
                where c.external_id = any(:refs)
                """)
                .param("refs", users.stream().distinct().sorted().toArray(String[]::new))
                .query(row -> {
                    found.put(row.getString(1), new Known(row.getString(1), row.getString(2)));
                });
        return found;
    }

    private void byEmail(Collection<String> users, Map<String, Known> found) {
        Map<String, Known> byAddress = new HashMap<>();
        String[] addresses = users.stream()
                .filter(user -> user.indexOf('@') > 0)
                .map(user -> user.toLowerCase(Locale.ROOT))
                .distinct()
                .sorted()
                .toArray(String[]::new);
        if (addresses.length == 0) {
            return;
        }
        database.sql("""
                select lower(c.email), min(c.external_id), min(a.external_id) from accounts.contact c
                join accounts.account a on a.id = c.account_id
                where lower(c.email) = any(:addresses) group by lower(c.email) having count(*) = 1
                """).param("addresses", addresses).query(row -> {
            byAddress.put(row.getString(1), new Known(row.getString(2), row.getString(3)));
        });
        for (String user : users) {
            Known contact = byAddress.get(user.toLowerCase(Locale.ROOT));
            if (contact != null) {
                found.put(user, contact);
            }
        }
    }
}
