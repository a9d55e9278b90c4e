package io.perennial.platform.records;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Records whose type demands an e-mail address, such as team members, may be referred to by it: other systems export
 * the owner of an account as an address. Where an address is optional it names nobody for certain and does not count.
 */
final class MailNames {

    private MailNames() {}

    /** Identities by address as it was written; only those that no external id answers to. */
    static Map<String, UUID> find(
            JdbcClient database, RecordType target, Collection<String> names, Map<String, UUID> known) {
        List<String> addresses = names.stream()
                .filter(name -> name.indexOf('@') > 0 && !known.containsKey(name))
                .toList();
        Column column = target.addressColumn().orElse(null);
        Map<String, UUID> found = new HashMap<>();
        if (column == null || addresses.isEmpty()) {
            return found;
        }
        Map<String, UUID> byLower = new HashMap<>();
        database.sql("select lower(%1$s), id from %2$s where lower(%1$s) = any(cast(:addresses as text[]))"
                        .formatted(column.storedIn(), target.table()))
                .param(
                        "addresses",
                        addresses.stream()
                                .map(address -> address.toLowerCase(Locale.ROOT))
                                .toArray(String[]::new))
                .query(row -> {
                    byLower.put(row.getString(1), row.getObject(2, UUID.class));
                });
        for (String address : addresses) {
            UUID id = byLower.get(address.toLowerCase(Locale.ROOT));
            if (id != null) {
                found.put(address, id);
            }
        }
        return found;
    }
}
