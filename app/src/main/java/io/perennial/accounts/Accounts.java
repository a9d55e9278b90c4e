package io.perennial.accounts;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds accounts and their people. What lies outside a viewer's portfolio does not exist for that viewer. */
@Component
public class Accounts {

    private static final String CARD = """
            select a.*, p.name as parent_name, m.name as owner_name, m.email as owner_email
            from accounts.account a
            left join accounts.account p on p.id = a.parent_id
            left join identity.team_member m on m.id = a.owner_id
            """;

    private final JdbcClient database;

    Accounts(JdbcClient database) {
        this.database = database;
    }

    public Optional<AccountCard> find(AccountId account, Viewer viewer) {
        return database.sql(CARD + " where a.id = :id and (:everything or a.owner_id = :member)")
                .param("id", account.value())
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> card(row))
                .optional();
    }

    /** Whatever the portfolio: for the system itself. */
    public Optional<AccountCard> find(AccountId account) {
        return database.sql(CARD + " where a.id = :id")
                .param("id", account.value())
                .query((row, number) -> card(row))
                .optional();
    }

    public Optional<AccountId> byExternalId(String externalId) {
        return database.sql("select id from accounts.account where external_id = :id")
                .param("id", externalId)
                .query((row, number) -> new AccountId(row.getObject("id", UUID.class)))
                .optional();
    }

    /** The one account that somebody means by its external id or its whole name; empty when there is none or several. */
    public Optional<AccountId> named(String words, Viewer viewer) {
        List<UUID> found = database.sql("""
                select id from accounts.account
                where (external_id = :words or id in (
                        select o.account_id from accounts.overview o where lower(o.name) = lower(:words) limit 2))
                  and (:everything or owner_id = :member)
                order by (external_id = :words) desc limit 2
                """)
                .param("words", words.replace("\0", ""))
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        return found.size() == 1 ? Optional.of(new AccountId(found.getFirst())) : Optional.empty();
    }

    public boolean isVisible(AccountId account, Viewer viewer) {
        return database.sql("""
                select exists (select from accounts.account
                    where id = :id and (:everything or owner_id = :member))
                """)
                .param("id", account.value())
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query(Boolean.class)
                .single();
    }

    /** People still there first, by name; at most 1,000, more than a page can show. */
    public List<Contact> contacts(AccountId account) {
        return database.sql("""
                select * from accounts.contact where account_id = :account
                order by left_on desc nulls first, name, id limit 1000
                """)
                .param("account", account.value())
                .query((row, number) -> contact(row))
                .list();
    }

    /** The same for several parts of one page about this account. */
    public List<Contact> contacts(AccountId account, Once page) {
        return page.of(this, () -> contacts(account));
    }

    /** Accounts that belong to this one, by name. */
    public List<AccountCard> children(AccountId account) {
        return database.sql(CARD + " where a.parent_id = :id order by a.name, a.id limit 1000")
                .param("id", account.value())
                .query((row, number) -> card(row))
                .list();
    }

    private AccountCard card(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        UUID parent = row.getObject("parent_id", UUID.class);
        return new AccountCard(
                new AccountId(id),
                row.getString("external_id"),
                row.getString("name"),
                parent == null ? null : new AccountId(parent),
                row.getString("parent_name"),
                row.getString("segment"),
                row.getString("stage"),
                row.getObject("owner_id", UUID.class),
                row.getString("owner_name"),
                row.getString("owner_email"),
                row.getString("industry"),
                row.getString("country"),
                row.getString("region"),
                row.getString("website"),
                row.getString("time_zone"),
                row.getString("language"),
                row.getObject("customer_since", LocalDate.class),
                row.getString("next_step"),
                row.getObject("next_step_on", LocalDate.class),
                "{}".equals(row.getString("attributes")) ? Map.of() : attributes(id));
    }

    private Map<String, String> attributes(UUID account) {
        Map<String, String> attributes = new TreeMap<>();
        database.sql("""
                select key, value from accounts.account a, jsonb_each_text(a.attributes)
                where a.id = :id and value is not null
                """).param("id", account).query(row -> {
            attributes.put(row.getString("key"), row.getString("value"));
        });
        return attributes;
    }

    private static Contact contact(ResultSet row) throws SQLException {
        return new Contact(
                row.getObject("id", UUID.class),
                row.getString("external_id"),
                row.getString("name"),
                row.getString("email"),
                row.getString("phone"),
                row.getString("title"),
                texts(row.getArray("roles")),
                row.getString("language"),
                row.getString("time_zone"),
                row.getObject("left_on", LocalDate.class),
                row.getObject("confirmed_on", LocalDate.class));
    }

    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
