package io.perennial.usage;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.shared.AccountId;
import io.perennial.usage.AdoptionView.LoginUse;
import io.perennial.usage.AdoptionView.RoleUse;
import io.perennial.usage.AdoptionView.Sessions;
import io.perennial.usage.KnownDays.Window;
import io.perennial.usage.KnownMonths.Days;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who at one account uses the product, who stopped, and which of them are known contacts. */
@Component
class LoginsOfAccount {

    /** Of larger accounts the features of each login are not looked up for a page. */
    static final int MANY = 2_000;

    private final JdbcClient database;
    private final Accounts accounts;

    LoginsOfAccount(JdbcClient database, Accounts accounts) {
        this.database = database;
        this.accounts = accounts;
    }

    /**
     * @param active most active first, cut like the view's
     * @param idle latest first, cut like the view's
     */
    record Found(List<LoginUse> active, int activeLogins, List<LoginUse> idle, int idleLogins, List<RoleUse> roles) {}

    Found find(AccountId account, Map<Long, Days> logins, Window window) {
        Map<Long, String> names = names(account);
        Map<String, Contact> contacts = contacts(account);
        List<Map.Entry<Long, Days>> active = logins.entrySet().stream()
                .filter(login -> login.getValue().recent() > 0)
                .sorted(Comparator.<Map.Entry<Long, Days>>comparingInt(
                                login -> -login.getValue().recent())
                        .thenComparing(login -> name(names, login.getKey())))
                .toList();
        List<Map.Entry<Long, Days>> idle = logins.entrySet().stream()
                .filter(login -> login.getValue().recent() == 0)
                .sorted(Comparator.<Map.Entry<Long, Days>, LocalDate>comparing(
                                login -> login.getValue().last())
                        .reversed()
                        .thenComparing(login -> name(names, login.getKey())))
                .toList();
        Map<Long, Integer> features = active.size() > MANY ? Map.of() : features(account, window);
        int unknown = active.size() > MANY ? -1 : 0;
        return new Found(
                uses(active.stream().limit(AdoptionView.MOST_LOGINS), names, contacts, features, unknown),
                active.size(),
                uses(idle.stream().limit(AdoptionView.MOST_IDLE), names, contacts, Map.of(), 0),
                idle.size(),
                roles(active, names, contacts));
    }

    private static String name(Map<Long, String> names, Long login) {
        return names.getOrDefault(login, "");
    }

    private static List<LoginUse> uses(
            Stream<Map.Entry<Long, Days>> logins,
            Map<Long, String> names,
            Map<String, Contact> contacts,
            Map<Long, Integer> features,
            int unknown) {
        return logins.map(login -> {
                    String name = name(names, login.getKey());
                    Contact contact = contacts.get(key(name));
                    return new LoginUse(
                            name,
                            contact == null ? null : contact.name(),
                            contact == null ? List.of() : contact.roles(),
                            login.getValue().last(),
                            login.getValue().recent(),
                            features.getOrDefault(login.getKey(), unknown));
                })
                .toList();
    }

    /** A contact with two roles counts in both. */
    private static List<RoleUse> roles(
            List<Map.Entry<Long, Days>> active, Map<Long, String> names, Map<String, Contact> contacts) {
        Map<String, int[]> counts = new TreeMap<>();
        contacts.values().stream()
                .distinct()
                .filter(contact -> contact.leftOn() == null)
                .flatMap(contact -> rolesOf(contact).stream())
                .forEach(role -> counts.computeIfAbsent(role, none -> new int[2])[0]++);
        int strangers = 0;
        for (Map.Entry<Long, Days> login : active) {
            Contact contact = contacts.get(key(name(names, login.getKey())));
            if (contact == null) {
                strangers++;
            } else {
                rolesOf(contact).forEach(role -> counts.computeIfAbsent(role, none -> new int[2])[1]++);
            }
        }
        List<RoleUse> roles = new ArrayList<>();
        counts.forEach((role, count) -> roles.add(new RoleUse(role, count[0], count[1])));
        if (strangers > 0) {
            roles.add(new RoleUse("", 0, strangers));
        }
        return roles;
    }

    private static List<String> rolesOf(Contact contact) {
        return contact.roles().isEmpty() ? List.of("no role") : contact.roles();
    }

    private static String key(String login) {
        return login.toLowerCase(Locale.ROOT);
    }

    /** By external id and by e-mail address; an address of two contacts says nothing. */
    private Map<String, Contact> contacts(AccountId account) {
        Map<String, @Nullable Contact> byAddress = new HashMap<>();
        List<Contact> all = accounts.contacts(account);
        for (Contact contact : all) {
            if (contact.email() != null) {
                String address = key(contact.email());
                byAddress.put(address, byAddress.containsKey(address) ? null : contact);
            }
        }
        Map<String, Contact> found = new HashMap<>();
        byAddress.forEach((address, contact) -> {
            if (contact != null) {
                found.put(address, contact);
            }
        });
        all.forEach(contact -> found.put(key(contact.externalId()), contact));
        return found;
    }

    private Map<Long, String> names(AccountId account) {
        Map<Long, String> names = new HashMap<>();
        database.sql("select id, external_id from usage.product_user where account_id = :account")
                .param("account", account.value())
                .query(row -> {
                    names.put(row.getLong("id"), Objects.requireNonNull(row.getString("external_id")));
                });
        return names;
    }

    private Map<Long, Integer> features(AccountId account, Window window) {
        Map<Long, Integer> features = new HashMap<>();
        database.sql("""
                select user_id, count(distinct feature_id) as features from usage.daily
                where account_id = :account and day > :after and day <= :last
                    and user_id <> 0 and feature_id <> 0
                group by user_id
                """)
                .param("account", account.value())
                .param("after", window.after())
                .param("last", window.last())
                .query(row -> {
                    features.put(row.getLong("user_id"), row.getInt("features"));
                });
        return features;
    }

    /**
     * Half an hour without an event ends a session. A used five minutes' slot therefore reaches over the five after it;
     * what is then connected is one session, whose last five slots were only reached over.
     */
    Optional<Sessions> sessions(AccountId account, Window window) {
        return database.sql("""
                select coalesce(sum(bit_count(starts)), 0) as sessions, count(distinct user_id) as users,
                    coalesce(sum(5 * (bit_count(reach) - 5 * bit_count(starts))), 0) as minutes
                from usage.user_day u
                cross join lateral (select u.slots || B'00000' as s) padded
                cross join lateral (
                    select s | (s >> 1) | (s >> 2) | (s >> 3) | (s >> 4) | (s >> 5) as reach) reached
                cross join lateral (select reach & (~ (reach >> 1)) as starts) started
                where account_id = :account and day > :after and day <= :last
                """)
                .param("account", account.value())
                .param("after", window.after())
                .param("last", window.last())
                .query((row, number) ->
                        new Sessions(row.getInt("sessions"), row.getInt("users"), row.getInt("minutes")))
                .optional()
                .filter(some -> some.sessions() > 0);
    }
}
