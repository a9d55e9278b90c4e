package io.perennial.campaigns;

import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Customers with one person each who may or may not use the product. */
final class Harbour {

    private final JdbcClient database;
    private final Instant now;

    Harbour(JdbcClient database, Instant now) {
        this.database = database;
        this.now = now;
    }

    AccountId account(String name, String segment, UUID owner) {
        UUID id = UUID.randomUUID();
        database.sql("""
                insert into accounts.account (id, external_id, name, segment, owner_id, created_at, updated_at)
                values (:id, :name, :name, :segment, :owner, now(), now())
                """)
                .param("id", id)
                .param("name", name)
                .param("segment", segment)
                .param("owner", owner)
                .update();
        return new AccountId(id);
    }

    UUID person(AccountId account, String name, String role, String language) {
        UUID id = UUID.randomUUID();
        database.sql("""
                insert into accounts.contact (id, external_id, account_id, name, email, roles, language, created_at, updated_at)
                values (:id, :key, :account, :name, :mail, array[:role], :language, now(), now())
                """)
                .param("id", id)
                .param("key", "p-" + id)
                .param("account", account.value())
                .param("name", name)
                .param("mail", mail(name))
                .param("role", role)
                .param("language", language)
                .update();
        return id;
    }

    static String mail(String name) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@customer.example";
    }

    /** Somebody uses a feature so many days from today, under their address. */
    void uses(AccountId account, String name, String feature, int inDays, int events) {
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(inDays);
        database.sql("""
                insert into usage.product_user (account_id, external_id, first_seen_on) values (:account, :login, :day)
                on conflict do nothing
                """)
                .param("account", account.value())
                .param("login", mail(name))
                .param("day", day)
                .update();
        database.sql(
                        "insert into usage.feature (name, first_used_on, created_at) values (:name, :day, now()) on conflict do nothing")
                .param("name", feature)
                .param("day", day)
                .update();
        database.sql("""
                insert into usage.daily (day, account_id, user_id, feature_id, events)
                select :day, :account, u.id, f.id, :events from usage.product_user u, usage.feature f
                where u.account_id = :account and u.external_id = :login and f.name = :feature
                """)
                .param("day", day)
                .param("account", account.value())
                .param("login", mail(name))
                .param("feature", feature)
                .param("events", events)
                .update();
    }

    /** Many customers with a person each: "Person 7" at "Customer 7". */
    void crowd(int number) {
        database.sql("""
                insert into accounts.account (id, external_id, name, segment, created_at, updated_at)
                select gen_random_uuid(), 'crowd-' || n, 'Customer ' || n, 'Crowd', now(), now() from generate_series(1, :number) n
                """).param("number", number).update();
        database.sql("""
                insert into accounts.contact (id, external_id, account_id, name, email, roles, created_at, updated_at)
                select gen_random_uuid(), 'person-' || a.external_id, a.id, replace(a.name, 'Customer', 'Person'),
                    a.external_id || '@crowd.example', '{admin}', now(), now()
                from accounts.account a where a.segment = 'Crowd'
                """).update();
    }
}
