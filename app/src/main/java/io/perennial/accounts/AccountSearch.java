package io.perennial.accounts;

import io.perennial.identity.Viewer;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds accounts and contacts by a part of their name, external id or address, within a viewer's portfolio. */
@Component
public class AccountSearch {

    /** Characters of a search text. */
    public static final int LONGEST = 200;

    private static final int ACCOUNTS = 8;
    private static final int CONTACTS = 6;
    private static final int SHORTEST = 2;

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
        List<Hit> hits = new ArrayList<>(accounts(wanted, viewer));
        hits.addAll(contacts(wanted, viewer));
        return hits;
    }

    /** Names that begin with the text come first; the limit inside keeps a common syllable cheap. */
    private List<Hit> accounts(String wanted, Viewer viewer) {
        return database.sql("""
                        select account_id, name, segment, owner_name from (
                            select * from accounts.overview
                            where (name ilike :part or external_id = :exact)
                              and (:everything or owner_id = :member)
                            limit 500) o
                        order by external_id = :exact desc, name ilike :start desc, arr desc nulls last, name
                        limit :most
                        """)
                .param("part", "%" + escaped(wanted) + "%")
                .param("start", escaped(wanted) + "%")
                .param("exact", wanted)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("most", ACCOUNTS)
                .query((row, number) -> new Hit(
                        "Accounts",
                        row.getString("name"),
                        joined(row.getString("segment"), row.getString("owner_name")),
                        "/accounts/" + row.getString("account_id")))
                .list();
    }

    private List<Hit> contacts(String wanted, Viewer viewer) {
        return database.sql("""
                        select c.name, c.title, a.name as account, c.account_id from (
                            select * from accounts.contact
                            where name ilike :part or email ilike :part
                            limit 200) c
                        join accounts.account a on a.id = c.account_id
                        where :everything or a.owner_id = :member
                        order by c.name ilike :start desc, c.name
                        limit :most
                        """)
                .param("part", "%" + escaped(wanted) + "%")
                .param("start", escaped(wanted) + "%")
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("most", CONTACTS)
                .query((row, number) -> new Hit(
                        "People",
                        row.getString("name"),
                        joined(row.getString("title"), row.getString("account")),
                        "/accounts/" + row.getString("account_id") + "?tab=people"))
                .list();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static String joined(@org.jspecify.annotations.Nullable String... parts) {
        List<String> known = new ArrayList<>();
        for (String part : parts) {
            if (part != null && !part.isBlank()) {
                known.add(part);
            }
        }
        return String.join(" · ", known);
    }
}
