package io.perennial.usage;

import io.perennial.usage.Catalogue.ProductUser;
import io.perennial.usage.counting.Count;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Numbers of the logins that events name. Most of them are known, so that one look is all that a batch needs. */
@Component
class Logins {

    private static final Comparator<ProductUser> ORDER =
            Comparator.comparing(ProductUser::account).thenComparing(ProductUser::externalId);

    private final JdbcClient database;

    Logins(JdbcClient database) {
        this.database = database;
    }

    Map<ProductUser, Long> of(Collection<Count> counts) {
        Map<ProductUser, LocalDate> firstSeen = new HashMap<>();
        for (Count count : counts) {
            if (!count.user().isEmpty()) {
                firstSeen.merge(
                        new ProductUser(count.account().value(), count.user()),
                        count.day(),
                        (one, other) -> one.isBefore(other) ? one : other);
            }
        }
        Map<ProductUser, Long> ids = new HashMap<>(firstSeen.size() * 2);
        if (firstSeen.isEmpty()) {
            return ids;
        }
        List<ProductUser> all = firstSeen.keySet().stream().sorted(ORDER).toList();
        List<ProductUser> changed = look(all, firstSeen, ids);
        all.stream().filter(user -> !ids.containsKey(user)).forEach(changed::add);
        if (!changed.isEmpty()) {
            see(changed.stream().sorted(ORDER).toList(), firstSeen, ids);
        }
        return ids;
    }

    /** @return those who were known, but not for as long */
    private List<ProductUser> look(
            List<ProductUser> users, Map<ProductUser, LocalDate> firstSeen, Map<ProductUser, Long> ids) {
        List<ProductUser> earlier = new ArrayList<>();
        database.sql("""
                select u.id, n.position, u.first_seen_on
                from unnest(cast(:accounts as uuid[]), cast(:names as text[]))
                    with ordinality as n (account_id, external_id, position)
                join usage.product_user u using (account_id, external_id)
                """)
                .param("accounts", accounts(users))
                .param("names", names(users))
                .query(row -> {
                    ProductUser user = users.get(row.getInt("position") - 1);
                    ids.put(user, row.getLong("id"));
                    LocalDate day = Objects.requireNonNull(firstSeen.get(user));
                    if (day.isBefore(row.getObject("first_seen_on", LocalDate.class))) {
                        earlier.add(user);
                    }
                });
        return earlier;
    }

    private void see(List<ProductUser> users, Map<ProductUser, LocalDate> firstSeen, Map<ProductUser, Long> ids) {
        database.sql("""
                insert into usage.product_user as u (account_id, external_id, first_seen_on)
                select account_id, external_id, day
                from unnest(cast(:accounts as uuid[]), cast(:names as text[]), cast(:days as date[]))
                    as n (account_id, external_id, day)
                on conflict (account_id, external_id) do update
                set first_seen_on = least(u.first_seen_on, excluded.first_seen_on)
                returning id, account_id, external_id
                """)
                .param("accounts", accounts(users))
                .param("names", names(users))
                .param(
                        "days",
                        users.stream()
                                .map(user -> String.valueOf(firstSeen.get(user)))
                                .toArray(String[]::new))
                .query(row -> {
                    ids.put(
                            new ProductUser(row.getObject("account_id", UUID.class), row.getString("external_id")),
                            row.getLong("id"));
                });
    }

    private static String[] accounts(List<ProductUser> users) {
        return users.stream().map(user -> user.account().toString()).toArray(String[]::new);
    }

    private static String[] names(List<ProductUser> users) {
        return users.stream().map(ProductUser::externalId).toArray(String[]::new);
    }
}
