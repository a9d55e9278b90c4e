package io.perennial.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives features and users of the customers' product their short numbers, adding those not yet known. */
@Component
class Catalogue {

    /** Stands for the product as a whole: facts that do not say what was used. Never counts for breadth. */
    static final int ANY = 0;

    static final String ANY_NAME = "(any)";

    private final JdbcClient database;

    Catalogue(JdbcClient database) {
        this.database = database;
    }

    Map<String, Integer> features(List<Fact> facts, Instant now) {
        Map<String, Fact> named = new LinkedHashMap<>();
        Map<String, LocalDate> firstUse = new HashMap<>();
        for (Fact fact : facts) {
            if (!fact.feature().isEmpty()) {
                named.merge(fact.feature(), fact, (first, next) -> next.productArea() == null ? first : next);
                firstUse.merge(fact.feature(), fact.day(), Catalogue::earlier);
            }
        }
        if (named.size() < facts.size()) {
            database.sql("""
                    insert into usage.feature (id, name, first_used_on, created_at)
                    values (0, :name, '1970-01-01', :now) on conflict do nothing
                    """)
                    .param("name", ANY_NAME)
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .update();
        }
        if (!named.isEmpty()) {
            describe(named.values(), firstUse, now);
        }
        Map<String, Integer> ids = new HashMap<>();
        ids.put("", ANY);
        database.sql("select id, name from usage.feature where name = any(:names)")
                .param("names", named.keySet().toArray(String[]::new))
                .query(row -> {
                    ids.put(row.getString("name"), row.getInt("id"));
                });
        return ids;
    }

    private void describe(Collection<Fact> named, Map<String, LocalDate> firstUse, Instant now) {
        String[] names = named.stream().map(Fact::feature).toArray(String[]::new);
        String[] areas = named.stream().map(Fact::productArea).toArray(String[]::new);
        String[] days = named.stream()
                .map(fact -> String.valueOf(firstUse.get(fact.feature())))
                .toArray(String[]::new);
        String[] levels = named.stream().map(Fact::featureLevel).toArray(String[]::new);
        database.sql("""
                insert into usage.feature (name, product_area, level, first_used_on, created_at, reviewed_at)
                select n.name, n.area, n.level, n.day, :now, :now
                from unnest(cast(:names as text[]), cast(:areas as text[]), cast(:levels as text[]),
                    cast(:days as date[])) as n (name, area, level, day)
                where not exists (select from usage.feature f where f.name = n.name)
                on conflict (name) do nothing
                """)
                .param("names", names)
                .param("areas", areas)
                .param("levels", levels)
                .param("days", days)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        database.sql("""
                update usage.feature f
                set product_area = coalesce(n.area, f.product_area), level = coalesce(n.level, f.level),
                    first_used_on = least(n.day, f.first_used_on)
                from unnest(cast(:names as text[]), cast(:areas as text[]), cast(:levels as text[]),
                    cast(:days as date[])) as n (name, area, level, day)
                where f.name = n.name
                    and (coalesce(n.area, f.product_area), coalesce(n.level, f.level), least(n.day, f.first_used_on))
                        is distinct from (f.product_area, f.level, f.first_used_on)
                """)
                .param("names", names)
                .param("areas", areas)
                .param("levels", levels)
                .param("days", days)
                .update();
    }

    Map<ProductUser, Long> users(List<Fact> facts) {
        Map<ProductUser, LocalDate> firstSeen = new LinkedHashMap<>();
        for (Fact fact : facts) {
            if (!fact.user().isEmpty()) {
                firstSeen.merge(new ProductUser(fact.account(), fact.user()), fact.day(), Catalogue::earlier);
            }
        }
        if (firstSeen.isEmpty()) {
            return Map.of();
        }
        String[] accounts = firstSeen.keySet().stream()
                .map(user -> user.account().toString())
                .toArray(String[]::new);
        String[] names =
                firstSeen.keySet().stream().map(ProductUser::externalId).toArray(String[]::new);
        String[] days = firstSeen.values().stream().map(LocalDate::toString).toArray(String[]::new);
        database.sql("""
                insert into usage.product_user (account_id, external_id, first_seen_on)
                select n.account_id, n.external_id, n.day
                from unnest(cast(:accounts as uuid[]), cast(:names as text[]), cast(:days as date[]))
                    as n (account_id, external_id, day)
                where not exists (
                    select from usage.product_user u
                    where u.account_id = n.account_id and u.external_id = n.external_id and u.first_seen_on <= n.day)
                on conflict (account_id, external_id) do update
                set first_seen_on = least(product_user.first_seen_on, excluded.first_seen_on)
                """)
                .param("accounts", accounts)
                .param("names", names)
                .param("days", days)
                .update();
        Map<ProductUser, Long> ids = new HashMap<>();
        database.sql("""
                select u.id, u.account_id, u.external_id
                from unnest(cast(:accounts as uuid[]), cast(:names as text[])) as n (account_id, external_id)
                join usage.product_user u using (account_id, external_id)
                """).param("accounts", accounts).param("names", names).query(row -> {
            ids.put(
                    new ProductUser(row.getObject("account_id", UUID.class), row.getString("external_id")),
                    row.getLong("id"));
        });
        return ids;
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    record ProductUser(UUID account, String externalId) {}
}
