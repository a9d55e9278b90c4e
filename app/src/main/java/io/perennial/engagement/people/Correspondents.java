package io.perennial.engagement.people;

import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Who an address belongs to: a colleague, somebody at a customer, nobody known, or nobody's business. */
@Repository
public class Correspondents {

    /** One person may be a contact of several customers; more than these is a mistake in the data. */
    private static final int MOST_ACCOUNTS = 20;

    private final JdbcClient database;
    private final CaptureSettings settings;
    private final Accounts accounts;

    Correspondents(JdbcClient database, CaptureSettings settings, Accounts accounts) {
        this.accounts = accounts;
        this.database = database;
        this.settings = settings;
    }

    /** A team member. */
    public record Colleague(UUID id, String externalId, String name) {}

    /** Somebody at a customer. */
    public record Person(
            UUID contact,
            String externalId,
            String name,
            String address,
            AccountId account,
            String accountExternalId) {}

    public Optional<Colleague> colleague(String address) {
        return address.isBlank()
                ? Optional.empty()
                : database.sql("""
                        select id, external_id, name from identity.team_member where active and lower(email) = lower(:address)
                        """)
                        .param("address", address)
                        .query((row, number) ->
                                new Colleague(row.getObject(1, UUID.class), row.getString(2), row.getString(3)))
                        .optional();
    }

    /** People with these addresses who are still there; one for each address and customer. */
    public List<Person> people(Collection<String> addresses) {
        return addresses.isEmpty()
                ? List.of()
                : database.sql("""
                        select distinct on (c.account_id, lower(c.email)) c.id, c.external_id, c.name, lower(c.email) as address,
                            c.account_id, a.external_id as account
                        from accounts.contact c join accounts.account a on a.id = c.account_id
                        where lower(c.email) = any(:addresses) and c.left_on is null
                        order by c.account_id, lower(c.email), c.created_at, c.id limit :most
                        """)
                        .param("addresses", new SqlArrayValue("text", addresses.toArray()))
                        .param("most", MOST_ACCOUNTS)
                        .query((row, number) -> new Person(
                                row.getObject("id", UUID.class),
                                row.getString("external_id"),
                                row.getString("name"),
                                row.getString("address"),
                                new AccountId(row.getObject("account_id", UUID.class)),
                                row.getString("account")))
                        .list();
    }

    public boolean isVisible(AccountId account, Viewer viewer) {
        return accounts.isVisible(account, viewer);
    }

    /** Domains that our own people write from. */
    public Set<String> ownDomains() {
        return new HashSet<>(database.sql("""
                select distinct lower(split_part(email, '@', 2)) from identity.team_member where active limit 1000
                """).query(String.class).list());
    }

    /** Whether a pattern says that letters with this address are left alone. */
    public Set<String> ofPrivate(Collection<String> addresses) {
        Set<String> found = new HashSet<>();
        List<Pattern> patterns = patterns();
        for (String address : addresses) {
            if (patterns.stream().anyMatch(pattern -> pattern.matcher(address).matches())) {
                found.add(address);
            }
        }
        return found;
    }

    private List<Pattern> patterns() {
        return java.util.stream.Stream.concat(
                        settings.privately().stream(),
                        database
                                .sql("select pattern from engagement.private_address limit 1000")
                                .query(String.class)
                                .list()
                                .stream())
                .map(Correspondents::pattern)
                .toList();
    }

    private static Pattern pattern(String pattern) {
        String[] parts = pattern.toLowerCase(Locale.ROOT).strip().split("\\*", -1);
        return Pattern.compile(String.join(
                "[^@]*", java.util.Arrays.stream(parts).map(Pattern::quote).toList()));
    }
}
