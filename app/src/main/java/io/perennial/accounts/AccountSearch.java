package io.perennial.accounts;

import io.perennial.identity.Viewer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds accounts and contacts by name, external id or address, within a viewer's portfolio. Beginnings come first; from
 * three letters on any part of a name will do; when nothing has it, accounts that are spelled much like it.
 */
@Component
public class AccountSearch {

    /** Characters of a search text. */
    public static final int LONGEST = 200;

    private static final int ACCOUNTS = 8;
    private static final int CONTACTS = 6;
    private static final int SHORTEST = 2;

    /** Two letters stand inside nearly every name. */
    private static final int SHORTEST_PART = 3;

    /** A common syllable is not followed to its last name. */
    private static final int LOOKED_AT = 500;

    /** After every character that can follow. */
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private static final String SEEN = "(:everything or owner_id = :member)";

    private final JdbcClient database;

    AccountSearch(JdbcClient database) {
        this.database = database;
    }

    /** @param kind heading: Accounts or People */
    public record Hit(String kind, String title, String subtitle, String url) {}

    @Transactional(readOnly = true)
    public List<Hit> find(String text, Viewer viewer) {
        String wanted = text.replace("\0", "").strip();
        if (wanted.length() < SHORTEST) {
            return List.of();
        }
        Collection<Hit> accounts = accounts(wanted, viewer);
        Collection<Hit> contacts = contacts(wanted, viewer);
        if (accounts.isEmpty() && contacts.isEmpty()) {
            accounts = ask(ALIKE, wanted, viewer, AccountSearch::account);
        }
        return Stream.concat(accounts.stream(), contacts.stream()).toList();
    }

    private Collection<Hit> accounts(String wanted, Viewer viewer) {
        Map<String, Hit> hits = new LinkedHashMap<>();
        add(hits, ask(BEGINNINGS, wanted, viewer, AccountSearch::account), ACCOUNTS);
        if (hits.size() < ACCOUNTS && wanted.length() >= SHORTEST_PART) {
            add(hits, ask(PARTS, wanted, viewer, AccountSearch::account), ACCOUNTS);
        }
        return hits.values();
    }

    private Collection<Hit> contacts(String wanted, Viewer viewer) {
        Map<String, Hit> hits = new LinkedHashMap<>();
        for (String column : List.of("name", "email")) {
            if (hits.size() < CONTACTS) {
                add(hits, ask(PEOPLE_BEGINNING.formatted(column), wanted, viewer, AccountSearch::person), CONTACTS);
            }
        }
        boolean oneAddress = !hits.isEmpty() && wanted.contains("@");
        if (hits.size() < CONTACTS && wanted.length() >= SHORTEST_PART && !oneAddress) {
            add(hits, ask(PEOPLE_PARTS, wanted, viewer, AccountSearch::person), CONTACTS);
        }
        return hits.values();
    }

    private static void add(Map<String, Hit> hits, List<Hit> found, int most) {
        found.stream()
                .takeWhile(hit -> hits.size() < most)
                .forEach(hit -> hits.putIfAbsent(hit.title() + hit.url(), hit));
    }

    private interface Reading {
        Hit hit(ResultSet row) throws SQLException;
    }

    private List<Hit> ask(String sql, String wanted, Viewer viewer, Reading reading) {
        return database.sql(sql)
                .param("wanted", wanted)
                .param("from", wanted.toLowerCase(Locale.ROOT))
                .param("to", wanted.toLowerCase(Locale.ROOT) + LAST)
                .param("part", "%" + escaped(wanted) + "%")
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("accounts", ACCOUNTS)
                .param("contacts", CONTACTS)
                .param("most", LOOKED_AT)
                .query((row, number) -> reading.hit(row))
                .list();
    }

    private static Hit account(ResultSet row) throws SQLException {
        return new Hit(
                "Accounts",
                row.getString("name"),
                joined(row.getString("segment"), row.getString("owner_name")),
                "/accounts/" + row.getString("account_id"));
    }

    private static Hit person(ResultSet row) throws SQLException {
        return new Hit(
                "People",
                row.getString("name"),
                joined(row.getString("title"), row.getString("account")),
                "/accounts/" + row.getString("account_id") + "?tab=people");
    }

    private static final String BEGINNINGS = """
            select account_id, name, segment, owner_name from accounts.overview
            where (lower(name) ~>=~ :from and lower(name) ~<~ :to or external_id = :wanted) and %s
            order by external_id = :wanted desc, arr desc nulls last, name limit :accounts
            """.formatted(SEEN);

    private static final String PARTS = """
            select * from (
                select account_id, name, segment, owner_name, arr from accounts.overview
                where name ilike :part and %s limit :most) o
            order by arr desc nulls last, name limit :accounts
            """.formatted(SEEN);

    private static final String ALIKE = """
            select o.account_id, o.name, o.segment, o.owner_name
            from accounts.alike(:wanted) a join accounts.overview o on o.account_id = a.account_id
            where %s
            order by a.alike desc, o.arr desc nulls last, o.name limit :accounts
            """.formatted(SEEN);

    private static final String PEOPLE_BEGINNING = """
            select c.name, c.title, a.name as account, c.account_id
            from accounts.contact c join accounts.account a on a.id = c.account_id
            where lower(c.%1$s) ~>=~ :from and lower(c.%1$s) ~<~ :to and %2$s
            order by lower(c.%1$s) using ~<~ limit :contacts
            """.formatted("%1$s", SEEN);

    private static final String PEOPLE_PARTS = """
            select c.name, c.title, a.name as account, c.account_id from (
                select name, title, account_id from accounts.contact
                where name ilike :part or email ilike :part
                limit :most) c
            join accounts.account a on a.id = c.account_id
            where %s
            order by c.name limit :contacts
            """.formatted(SEEN);

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static String joined(@org.jspecify.annotations.Nullable String... parts) {
        return Stream.of(parts)
                .filter(Objects::nonNull)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" · "));
    }
}
