package io.perennial.renewals;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.renewals.RenewalPeople.Person;
import io.perennial.renewals.RenewalPeople.Side;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who at the customer may be asked about a renewal: those of the term before, and those whose role says so. */
@Component
public class Suggestions {

    private static final int MOST = 30;

    private final JdbcClient database;
    private final Accounts accounts;
    private final Clock clock;

    Suggestions(JdbcClient database, Accounts accounts, Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * Somebody known at the customer whom nobody named yet.
     *
     * @param decides whether they decided last time, or their role says that they decide
     * @param dueBefore when the term was due for which they were confirmed last; null when never
     */
    public record Suggestion(
            UUID contact,
            String name,
            @Nullable String title,
            List<String> roles,
            Side side,
            boolean decides,
            @Nullable LocalDate dueBefore) {}

    private record Before(Side side, boolean decided, LocalDate dueOn) {}

    /** Of those who are there and not named yet; who decided last time comes first, then who decides by their role. */
    public List<Suggestion> of(Renewal renewal, List<Person> named) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Map<UUID, Before> before = before(renewal);
        List<Contact> here = accounts.contacts(renewal.account()).stream()
                .filter(contact -> contact.isHereOn(today))
                .toList();
        boolean decided = here.stream()
                .map(contact -> before.get(contact.id()))
                .anyMatch(known -> known != null && known.decided());
        return here.stream()
                .filter(contact -> named.stream().noneMatch(one -> one.contact().equals(contact.id())))
                .map(contact -> suggestion(contact, before.get(contact.id()), decided))
                .sorted(Comparator.comparing((Suggestion one) -> !one.decides())
                        .thenComparing(one -> one.dueBefore() == null)
                        .thenComparing(one -> one.roles().isEmpty())
                        .thenComparing(Suggestion::name))
                .limit(MOST)
                .toList();
    }

    /** @param decided whether who decided about the term before is still there: then roles say nothing more */
    private static Suggestion suggestion(Contact contact, @Nullable Before before, boolean decided) {
        return new Suggestion(
                contact.id(),
                contact.name(),
                contact.title(),
                contact.roleNames(),
                before == null ? side(contact) : before.side(),
                before != null && before.decided() || !decided && words(contact).contains("decision_maker"),
                before == null ? null : before.dueOn());
    }

    /** Of each person the latest earlier term of the account for which they were confirmed. */
    private Map<UUID, Before> before(Renewal renewal) {
        Map<UUID, Before> before = new HashMap<>();
        database.sql("""
                select distinct on (p.contact_id) p.contact_id, p.role, r.decider_id = p.contact_id as decided, r.due_on
                from renewals.renewal r join renewals.person p on p.renewal_id = r.id
                where r.account_id = :account and r.due_on < :due and p.confirmed_on is not null
                order by p.contact_id, r.due_on desc, r.id
                """)
                .param("account", renewal.account().value())
                .param("due", renewal.dueOn())
                .query(row -> {
                    before.put(
                            row.getObject(1, UUID.class),
                            new Before(
                                    Side.find(row.getString(2)).orElseThrow(),
                                    row.getBoolean(3),
                                    row.getObject(4, LocalDate.class)));
                });
        return before;
    }

    private static Side side(Contact contact) {
        Set<String> words = words(contact);
        return Arrays.stream(Side.values())
                .filter(side -> side.isOf(words))
                .findFirst()
                .orElse(Side.BUSINESS);
    }

    private static Set<String> words(Contact contact) {
        return contact.roles().stream()
                .map(role -> role.toLowerCase(Locale.ROOT).strip().replace(' ', '_'))
                .collect(Collectors.toSet());
    }
}
